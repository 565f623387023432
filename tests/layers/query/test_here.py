"""What the plans say of a spot: where it is, what lies near, how far and how sure, and every quote."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from pyproj import Geod

from layers.atlas import bundled
from layers.errors import LayerError
from layers.paper.here import paper
from layers.query.centre import centre
from layers.query.here import SITE, as_table, here

ATLAS = bundled()
GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize(
    ("asked", "key", "where", "zones"),
    [
        ("盐源", "513423", "四川省凉山彝族自治州盐源县", ("panxi",)),
        ("Yanyuan County", "513423", "四川省凉山彝族自治州盐源县", ("panxi",)),
        ("攀盐高速", "f-01736", "四川省攀枝花市、四川省凉山彝族自治州", ("panxi",)),
        ("104.06,30.66", "104.06,30.66", "四川省成都市青羊区", ("chengdu-plain",)),
        ("30.66,104.06", "104.06,30.66", "四川省成都市青羊区", ("chengdu-plain",)),
        ("攀枝花", "510400", "四川省攀枝花市", ("panxi",)),
        ("100,20", "100,20", "四川省以外", ()),
        ("万州", "500101", "四川省以外", ()),
    ],
)
def test_a_spot_is_found_and_placed(asked: str, key: str, where: str, zones: tuple[str, ...]):
    found = here(ATLAS, asked)
    assert (found.key, found.where, found.zones) == (key, where, zones)


@pytest.mark.parametrize(("asked", "words"), [("白鹤滩", "ambiguous"), ("火星", "unknown place"), ("300,400", "lon/lat"), ("市中区", "ambiguous"), ("1,2;3", "bad area")])  # fmt: skip
def test_what_cannot_be_settled_is_told(asked: str, words: str):
    with pytest.raises(LayerError, match=words):
        here(ATLAS, asked)


def test_a_reach_that_is_none_is_refused():
    with pytest.raises(LayerError, match="invalid distance"):
        here(ATLAS, "盐源", -1)


def test_distances_of_points_are_geodesic_with_both_errors():
    found = here(ATLAS, "104.06,30.66", 20)
    points = found.told[found.told.geometry.geom_type == "Point"]
    assert len(points) > 10
    for row in points.itertuples():
        km = GEOD.inv(104.06, 30.66, row.geometry.x, row.geometry.y)[2] / 1000
        assert row.km == pytest.approx(km, abs=0.005)
        assert row.apart_error_km == row.error_km
        assert row.km <= 20
        assert (row.verdict == "sure") == (row.km + row.apart_error_km <= 20)
    assert list(found.told["km"]) == sorted(found.told["km"])


def test_a_spot_that_is_itself_unsure_looks_farther():
    road = here(ATLAS, "攀盐高速")
    assert road.error_km == 11 and road.reach_km == 20
    assert (road.told["apart_error_km"] >= 11).all()
    assert "f-01736" not in set(road.told["id"])


def test_a_drawn_site_lies_in_its_county_and_names_what_the_county_has():
    site = here(ATLAS, "101.5,27.4;101.7,27.4;101.7,27.6")
    assert (site.name, site.county.name) == (SITE, "盐源县")
    assert all("513423" in codes for codes in site.named["places"])
    assert not set(site.named["id"]) & set(site.told["id"])


def test_every_quote_is_there_once_a_document_in_order():
    found = here(ATLAS, "攀盐高速")
    assert [one.slug for one, _ in found.sayings] == [
        "panxi-2021",
        "revitalization-opinion-2023",
        "vanadium-titanium-action-2023",
    ]
    own = [one for issued, said in found.sayings for row, one in said if row["id"] == "f-01736"]
    assert [one["document"] for one in own] == ["panxi-2021", "revitalization-opinion-2023"]
    table = as_table(found)
    assert len(table) == sum(len(said) for _, said in found.sayings)
    assert set(table[table["编号"] == "f-01736"]["判断"]) == {""}


def test_targets_are_those_of_its_city_and_zone():
    found = here(ATLAS, "攀枝花")
    assert found.targets and all(one.kind == "target" for one in found.targets)
    assert {one.zone for one in found.targets} == {"panxi"}


@pytest.mark.parametrize("asked", ["盐源", "104.06,30.66", "成自宜高铁", "100,20"])
def test_the_paper_tells_place_distances_targets_and_quotes(asked: str):
    found = here(ATLAS, asked)
    word = Document(io.BytesIO(paper(found)))
    text = "\n".join(one.text for one in word.paragraphs)
    assert word.paragraphs[0].text == f"关于{found.name}及周边规划情况的说明"
    assert [line for line in text.split("\n") if line[1:2] == "、" and line[0] in "一二三四五"] == [
        "一、位置",
        "二、周边规划要素",
        "三、所在市州和经济区的目标",
        "四、规划原文",
        "五、说明",
    ]
    if len(found.told):
        first = found.told.iloc[0]
        assert word.tables[0].rows[1].cells[1].text == first["name"]
        assert word.tables[0].rows[1].cells[3].text.startswith(f"{first['km']:.1f} ± {first['apart_error_km']:.0f}")


@pytest.mark.parametrize(("text", "name"), [("攀盐高速", "攀枝花至盐源高速公路"), ("Panzhihua–Yanyuan Expressway", "攀枝花至盐源高速公路"), ("双流机场", "成都双流国际机场"), ("成自宜高铁", "成都至自贡至宜宾高铁"), ("ngawa", "阿坝藏族羌族自治州"), ("长宁", "长宁县")])  # fmt: skip
def test_a_name_means_one_thing(text: str, name: str):
    assert centre(ATLAS, text).name == name


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_the_office_paper_has_two_pages(tmp_path: Path):
    spots = {"county": "盐源", "city": "成都", "point": "104.06,30.66", "line": "攀盐高速", "outside": "万州"}
    for name, asked in spots.items():
        (tmp_path / f"{name}.docx").write_bytes(paper(here(ATLAS, asked)))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *tmp_path.glob("*.docx")]
    subprocess.run(command, check=True, capture_output=True)
    pages = {name: len(pypdfium2.PdfDocument(tmp_path / f"{name}.pdf")) for name in spots}
    assert max(pages.values()) <= 2, pages
