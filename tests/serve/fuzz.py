"""Inputs that nobody means, for every address and every reader of files, and what must hold for each of them."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from pathlib import Path
from urllib.parse import quote, urlencode

from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Message

from geo.errors import GeoError
from layers.atlas import bundled
from layers.errors import LayerError
from layers.match.answers import answered
from layers.match.draft import checked, paragraphs
from layers.match.listing import read_list
from layers.own.formats import ENDINGS
from layers.own.upload import read
from layers.query.selection import Selection
from plans.errors import PlanError
from plans.vocabulary import keys
from serve.downloads import downloads
from serve.editions import Editions
from serve.ogc import ogc
from serve.ogc.shelf import collections
from serve.ogc.systems import SYSTEMS
from serve.tiles import tiles

EDITIONS = Editions(bundled)
APP = Starlette(
    routes=[
        Mount("/ogc", ogc(EDITIONS, "/ogc")),
        Mount("/tiles", tiles(EDITIONS, "/tiles")),
        Mount("/download", downloads(EDITIONS)),
    ]
)

TEXT = st.text(max_size=30)
NUMBERS = st.one_of(st.floats(), st.integers(), st.sampled_from(["", "nan", "1e999", "-0", "0x10", "１", "٣"])).map(str)
BOXES = st.lists(NUMBERS, max_size=7).map(",".join)
FILTERS = st.one_of(
    TEXT,
    st.sampled_from(["layer='park'", "NOT", "error_km<", "((((", "name LIKE '%'", "S_INTERSECTS(geometry,POINT(1 2))", "A_CONTAINS(zones,('x'))",
                     "error_km+1/0>2", "CASEI(name)=casei('A')", "id=id", "geometry=1", "length_km BETWEEN 9 AND 1", "1=1", "T_AFTER(id,DATE('x'))"]),
    st.recursive(st.sampled_from(["layer='park'", "error_km<5"]), lambda of: st.tuples(of, st.sampled_from([" AND ", " OR "]), of).map(lambda one: f"({''.join(one)})"), max_leaves=12),
)  # fmt: skip
WORDS = st.one_of(
    TEXT,
    NUMBERS,
    BOXES,
    FILTERS,
    st.sampled_from(
        [*keys("zone"), *keys("layer"), *SYSTEMS, "攀枝花", "市中区", "f-00001~5", "101,26;102,27;101,27", "101,26~30"]
    ),
)
NAMES = st.one_of(
    st.sampled_from(["zone", "layer", "kind", "status", "document", "place", "within", "q", "bbox", "bbox-crs", "crs", "filter", "filter-lang",
                     "filter-crs", "limit", "offset", "sortby", "properties", "skipGeometry", "resulttype", "f", "lang", "version", "format", "name"]),
    TEXT,
)  # fmt: skip
QUERIES = st.lists(st.tuples(NAMES, WORDS), max_size=4).map(urlencode)
PATHS = st.one_of(
    st.sampled_from(["/ogc/", "/ogc/openapi", "/ogc/conformance", "/ogc/collections", "/download/features", "/tiles/tiles.json"]),
    st.tuples(st.sampled_from(collections()), st.sampled_from(["", "/schema", "/queryables", "/items", "/items", "/items/f-00001"])).map(lambda of: f"/ogc/collections/{of[0]}{of[1]}"),
    st.tuples(*[st.one_of(st.integers(-2, 40), TEXT.map(quote))] * 3).map(lambda of: "/tiles/{}/{}/{}.mvt".format(*of)),
    st.tuples(st.sampled_from(["/ogc/collections/", "/download/", "/tiles/", "/ogc/collections/park/items/"]), TEXT.map(quote)).map("".join),
)  # fmt: skip
FILES = st.tuples(
    st.sampled_from([*ENDINGS, ".exe", ""]),
    st.one_of(
        st.binary(max_size=300),
        TEXT.map(str.encode),
        st.tuples(st.sampled_from([b"PK\x03\x04", b"SQLite format 3\x00", b"\x00\x00'\n", b"<?xml", b"PAR1", b"fgb\x03fgb", b"  0\nSECTION\n", "名称,经度,纬度\n".encode()]), st.binary(max_size=300)).map(b"".join),
        st.recursive(st.one_of(st.none(), st.floats(), TEXT, st.sampled_from(["FeatureCollection", "Point", "Polygon"])),
                     lambda of: st.one_of(st.lists(of, max_size=4), st.dictionaries(st.sampled_from(["type", "features", "geometry", "coordinates", "properties", "crs"]), of, max_size=5)),
                     max_leaves=20).map(lambda value: json.dumps(value).encode()),
    ),
)  # fmt: skip

CASES = sorted(
    one for one in (Path(__file__).parents[1] / "layers" / "own" / "cases").iterdir() if one.suffix in ENDINGS
)
WOUNDS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=8)), min_size=1, max_size=4)
DAMAGED = st.tuples(st.sampled_from(CASES), WOUNDS).map(lambda of: (of[0].suffix, _damaged(of[0].read_bytes(), of[1])))
SAID = st.sampled_from(
    [
        "攀枝花至盐源高速公路",
        "成都天府国际机场",
        "已建成",
        "开工建设",
        "力争",
        "在盐边县",
        "长约100公里",
        "项目",
        "。",
        "，",
        "\n",
        "第一章",
        "2031年",
        "（一期）",
    ]
)
DRAFTS = st.lists(st.one_of(SAID, TEXT), max_size=25).map("".join)
HEADS = st.lists(
    st.sampled_from(["项目名称", "名称", "序号", "建设地点", "建设性质", "总投资", "起止年限", "责任单位", "", "备注"]),
    min_size=1,
    max_size=6,
)
ROWS = st.lists(st.lists(st.one_of(SAID, NUMBERS, TEXT), max_size=7), max_size=6)
LISTS = st.tuples(HEADS, ROWS).map(lambda of: _comma_separated([of[0], *of[1]]))


def _damaged(content: bytes, wounds: list[tuple[float, int, bytes]]) -> bytes:
    """A real file with pieces of it cut out and others put in."""
    for share, length, instead in wounds:
        at = int(share * len(content))
        content = content[:at] + instead + content[at + length :]
    return content


def _comma_separated(rows: list[list[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8", "replace")


def answer(path: str, query: str) -> tuple[int, bytes]:
    """Return status and body of what the application answers."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "",
        "query_string": query.encode(), "headers": [(b"host", b"atlas.example.cn")], "server": ("atlas.example.cn", 80), "client": ("10.0.0.1", 1),
    }  # fmt: skip
    asyncio.run(APP(scope, receive, send))
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def check_address(path: str, query: str) -> int:
    """Every address is answered: with what was asked for, or with a sentence that says whose fault it is."""
    status, body = answer(path, query)
    assert status in (200, 204, 304, 307, 400, 404, 410), (path, query, status, body[:300])
    assert b"Traceback" not in body
    if status in (400, 410):
        assert len(body.decode()) > 10, (path, query)
    return status


def check_selection(values: dict[str, list[str]]) -> int:
    """A selection is read, or refused with a sentence."""
    try:
        Selection.parse(bundled(), values)
    except (LayerError, PlanError, GeoError) as error:
        assert len(str(error)) > 10
        return 400
    return 200


def check_file(ending: str, content: bytes) -> int:
    """A file is read, or refused with a sentence."""
    try:
        read(f"文件{ending}", content)
    except (LayerError, GeoError) as error:
        assert len(str(error)) > 5
        return 400
    return 200


def check_draft(text: str) -> int:
    """A draft is held against the plans; what is told of it stands in one of its paragraphs."""
    found = checked(bundled(), text)
    told = paragraphs(text)
    assert all(0 <= one.start < one.end <= len(told[one.paragraph]) for one in found)
    return 200 if found else 204


def check_list(content: bytes) -> int:
    """A list is matched row by row, or refused with a sentence."""
    try:
        rows = read_list("台账.csv", content)
    except LayerError as error:
        assert len(str(error)) > 5
        return 400
    assert len(answered(bundled(), rows)) == len(rows)
    return 200
