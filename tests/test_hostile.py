"""Text of others is shown as text: nothing in it runs, nothing is formatted, nothing stands on its head."""

from __future__ import annotations

import ast
import csv as csv_module
import io
import json
import re
import tomllib
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point
from streamlit.testing.v1 import AppTest

from layers import export
from layers.atlas import bundled
from layers.own.upload import read
from layers.own.words import LEFT_OUT, SOURCES
from layers.text import visible
from layers.web.map import map_page, to_show
from layers.web.overlay import drawn
from layers.web.payload import features_table, packed
from tests.hostile import HOSTILE, SHOWN
from ui.components.facts import facts
from ui.messages import WORD_JOINER, plain

ATLAS = bundled()

ROOT = Path(__file__).resolve().parent.parent
FILLED = pytest.mark.parametrize("kind", HOSTILE)


def geojson_with(text: str) -> bytes:
    properties = {"name": text, text[:50]: 1, "deep": {"x": [text]}}
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [104, 30]}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def renamed(text: str) -> gpd.GeoDataFrame:
    """Three features of the atlas, the first under another name."""
    rows = ATLAS.table[ATLAS.table["aliases"].map(len) > 0].head(3).copy()
    for column, value in (("name", text), ("aliases", (text,)), ("status_text", text), ("placement_source", text)):
        rows[column] = rows[column].astype(object)
        rows.at[rows.index[0], column] = value
    return rows


@FILLED
def test_uploaded_text_is_kept_but_for_what_cannot_be_shown(kind):
    found = read("a.geojson", geojson_with(HOSTILE[kind]))
    assert found.frame["name"][0] == SHOWN[kind]
    json.dumps(drawn(found.name, found.frame).content()).encode()


@FILLED
def test_a_file_may_be_called_anything(kind):
    found = read(HOSTILE[kind][:40].replace("/", "") + ".geojson", geojson_with("甲"))
    assert "\u202e" not in found.name
    found.name.encode()


@FILLED
def test_what_the_map_is_sent_is_data(kind):
    """It goes as JSON by two ways, and is set as text."""
    content = drawn("a", read("a.geojson", geojson_with(HOSTILE[kind])).frame).content()
    told = to_show(ATLAS, [0], overlay=[{"id": 1, "key": "k", "content": content}])
    sent = json.loads(json.dumps(told, ensure_ascii=False).encode())
    assert sent == told
    assert sent["overlay"][0]["content"]["features"][0][2][0][:100] == SHOWN[kind][:100]


@FILLED
def test_words_stay_inside_the_script_of_the_map_page(kind, tmp_path):
    words = defaultdict(lambda: HOSTILE[kind], only=HOSTILE[kind])
    page = (tmp_path / map_page(ATLAS, words, static=tmp_path).name).read_text("utf-8")
    script = page.rpartition("window.atlas.start(")[2]
    options, end = json.JSONDecoder().raw_decode(script.partition(", ")[2])
    assert options["words"]["only"] == HOSTILE[kind]
    assert not re.search(r"[<>&'\u2028\u2029]", script.partition(", ")[2][:end])


@FILLED
def test_labels_hold_no_markup(kind):
    said = plain(HOSTILE[kind], most=200)
    bare = re.sub(r"\\([!-/:-@\[-`{-~])", "", said)
    assert not re.search(r"[!-/:-@\[-`{-~]", bare), "every mark is escaped"
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", said).replace(WORD_JOINER, "")
    assert shown == " ".join(SHOWN[kind].split())[:199] + ("…" if len(HOSTILE[kind]) > 200 else "")
    assert "\n" not in said


class Text(HTMLParser):
    """What a browser would make of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not [name for name, value in attrs if name.startswith("on") or "script:" in (value or "")]

    def handle_data(self, data):
        self.text += data


@FILLED
def test_a_hostile_name_in_the_panel_is_text(kind):
    page = Text()
    page.feed(facts(renamed(SHOWN[kind]).iloc[0]))
    assert page.tags <= {"table", "tr", "th", "td", "span", "div", "i", "a"}
    assert page.text.count(SHOWN[kind]) == 3


@FILLED
def test_a_hostile_name_in_the_exports_is_text(kind):
    rows = renamed(SHOWN[kind])
    features = json.loads(export.geojson(rows))["features"]
    assert features[0]["properties"]["name"] == SHOWN[kind]
    csv_module.field_size_limit(1_000_000)
    head, first, *_ = csv_module.reader(io.StringIO(export.csv(rows).removeprefix("\ufeff"), newline=""))
    cell = dict(zip(head, first, strict=True))["名称"]
    assert cell.removeprefix("'") == SHOWN[kind]
    assert cell[:1] not in tuple("=+-@\t\r")


@FILLED
def test_a_hostile_name_goes_to_the_map_as_it_is(kind):
    assert packed(features_table(renamed(SHOWN[kind])))["columns"]["name"][0] == SHOWN[kind]


@pytest.mark.parametrize("text", ["好", "川南规划 f-00123", "A–B", "line\nend\ttab", "é ü ༄", ""])
def test_good_text_is_left_alone(text):
    assert visible(text) == text


def test_the_frame_of_the_map_sets_no_html():
    for path in (ROOT / "layers" / "web" / "frame").glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", path.read_text(encoding="utf-8")
        ), path.name


def test_only_fixed_html_and_escaped_text_reach_the_page():
    """Raw HTML goes through st.html in functions that escape; Markdown is never told to let it pass."""
    for path in (ROOT / "ui").rglob("*.py"):
        assert "unsafe_allow_html" not in path.read_text(encoding="utf-8"), path.name


# What of Streamlit reads its first argument as Markdown.
MARKDOWN = {
    "markdown", "caption", "subheader", "header", "title", "info", "warning", "error", "success", "button", "checkbox",
    "toggle", "metric", "expander", "popover", "tabs", "link_button", "page_link", "download_button", "text_input", "selectbox",
    "multiselect", "radio", "number_input", "file_uploader", "write", "toast", "segmented_control", "pills", "badge",
}  # fmt: skip
WORDS = {
    "plain",
    "len",
    "term",
    "label",
    "precision_words",
    "basis_words",
}  # their results hold no text of data, or none as Markdown


def data_in(node: ast.AST) -> list[str]:
    """What an expression takes from a record or an error without plain()."""
    if isinstance(node, ast.Call):
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called in WORDS:
            return []
        inner = [one for part in (*node.args, *node.keywords) for one in data_in(part)]
        return [ast.unparse(node), *inner] if called == "str" else inner
    if isinstance(node, ast.GeneratorExp):
        return data_in(node.elt)
    if isinstance(node, ast.Subscript | ast.Attribute):
        return [ast.unparse(node)]
    return [one for part in ast.iter_child_nodes(node) for one in data_in(part)]


def test_markdown_is_given_data_through_plain_alone():
    checked = 0
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in MARKDOWN and node.args:
                checked += 1
                assert data_in(node.args[0]) == [], f"{path.name}:{node.lineno}"
    assert checked > 60


ADDRESSES = {
    "zone": "[click](javascript:alert(1)) <b>x</b> $$x$$ `y` :red[z]",
    "feature": "**f** ![i](http://evil.example/x.png)",
    "view": "nan,nan,nan",
    "q": "<script>alert(1)</script> $x$",
}


@pytest.mark.parametrize("key", ADDRESSES)
def test_hostile_addresses_are_shown_as_text(key):
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    app.query_params[key] = ADDRESSES[key]
    app.run()
    assert not app.exception
    for said in app.warning:
        bare = re.sub(r"\\.", "", said.value)
        assert not re.search(r"[\[\]`*$<>!]", bare), said.value
    assert bool(app.warning) == (key != "q")


def test_notes_and_reasons_are_in_the_catalogue():
    catalogue = tomllib.loads((ROOT / "ui" / "messages.toml").read_text(encoding="utf-8"))
    known = {key for table_ in catalogue.values() for key in table_}
    said = {*LEFT_OUT.values(), *SOURCES.values()}
    for path in [*(ROOT / "layers").rglob("*.py"), *(ROOT / "ui" / "components").glob("own_*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("note", "say"):
                said |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    assert said - known == set()
    assert len(said) > 40


def test_pandas_is_given_text_it_can_hold():
    found = read("a.geojson", geojson_with(HOSTILE["surrogate"]))
    assert isinstance(pd.DataFrame(found.frame.drop(columns="geometry")).to_json(), str)
    assert found.frame.geometry[0] == Point(104, 30)
