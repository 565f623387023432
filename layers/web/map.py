"""GeoDataFrame to map: static files that the browser loads once, and among them the page of the map.

The page asks nothing of the network: Leaflet comes from the
XStatic package and is served by this app; its files are copied, never committed.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import time
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from xstatic.pkg import leaflet

from geo.gazetteer import boundary, counties, place, prefectures
from geo.romanise import place_english
from layers.atlas import Atlas
from layers.atlas.atlas import reference_hash
from layers.atlas.cache import VERSIONS, kept
from layers.english import english
from layers.folders import STATIC, write_whole
from layers.palette import COLOURS, ZONE_COLOURS
from layers.query.area import area
from layers.symbols import LINE_KINDS, LINES, MODES, NOTICE, OUTLINES, RANKS, SYMBOLS
from layers.web.basemaps import Base
from layers.web.map_files import MapPage
from layers.web.payload import base_map, features_table, outlines, packed
from plans.documents import DATA
from plans.vocabulary import keys, label, zone_prefectures

# layers/web/frame/*.js, in the order they are read
FRAME = (
    "drawing",
    "atlas",
    "feed",
    "marks",
    "base",
    "shapes",
    "outlines",
    "points",
    "names",
    "legend",
    "tools",
    "edit",
    "habits",
    "sync",
    "overlay",
    "placing",
    "theme",
)
HOME = ((26.0, 97.3), (34.35, 108.6))  # the whole of the province: south-west, north-east
KEPT_SECONDS = 7 * 86400

RELIEF_BOUNDS = (96.0, 25.0, 111.0, 35.5)  # west, south, east, north of data/geometry/relief.jpg, web mercator
RELIEF_NOTICE = "地貌晕渲：shadedrelief.com"


def prepare(atlas: Atlas, static: Path = STATIC) -> dict[str, str]:
    """Write every file that the map of `atlas` loads into `static` and return their names.

    Names carry a hash of the content, so that a browser may keep them for good. The page of the map lies beside them,
    so that they are found under any base path.
    """
    static.mkdir(parents=True, exist_ok=True)
    library = Path(leaflet.BASE_DIR)
    for path in (library / "images").iterdir():
        _keep(static / path.relative_to(library), path.read_bytes())
    frame = Path(__file__).parent / "frame"
    scripts = (library / "leaflet.js", *(frame / f"{name}.js" for name in FRAME))
    styles = (library / "leaflet.css", frame / "atlas.css", frame / "overlay.css")
    files = {
        "script": ("atlas", "js", _in_one(*scripts)),
        "styles": ("atlas", "css", _in_one(*styles)),
        "features": ("features", "json.gz", _features(atlas)),
        "base": ("base", "json.gz", _base()),
        "features-en": ("features-en", "json.gz", _features_english(atlas)),
        "base-en": ("base-en", "json.gz", kept("base-en", reference_hash()[:12], _base_english)),
        "outlines": ("outlines", "json.gz", kept("outlines", reference_hash()[:12], lambda: _zipped(outlines()))),
        "relief": ("relief", "jpg", (DATA / "geometry" / "relief.jpg").read_bytes()),
    }
    _ground()
    return {key: _put(static, *file) for key, file in files.items()}


def _in_one(*paths: Path) -> bytes:
    """Files in one: each that is asked for alone waits behind those of the page around the map."""
    return b"\n".join(path.read_bytes() for path in paths)


def _features(atlas: Atlas) -> bytes:
    return kept("features", atlas.version, lambda: _zipped(packed(features_table(atlas.table))))


def _base() -> bytes:
    return kept("base", reference_hash()[:12], lambda: _zipped(base_map()))


def _features_english(atlas: Atlas) -> bytes:
    return kept("features-en", atlas.version, lambda: _named_in_english(atlas))


def _named_in_english(atlas: Atlas) -> bytes:
    drawn = json.loads(gzip.decompress(_features(atlas)))
    drawn["columns"]["name"] = list(english(atlas).values())
    return _zipped(drawn)


def _base_english() -> bytes:
    drawn = json.loads(gzip.decompress(_base()))
    for one in drawn["labels"]:
        one["name"] = label("zone", one["key"], "en") if one["level"] == "zone" else place_english(one["key"])
    return _zipped(drawn)


def _keep(path: Path, content: bytes) -> None:
    """Write a file unless it is there: another process may be serving it."""
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)


def _put(static: Path, stem: str, ending: str, content: bytes) -> str:
    """Write a file under the hash of its content, and drop those that no open page can still ask for."""
    name = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
    _keep(static / name, content)
    for old in static.glob(f"{stem}-*.{ending}"):
        if old.name != name and time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)
    return name


def _zipped(value: Any) -> bytes:
    """Return JSON, compressed once here and not by the server for every reader."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


# ---- the map ---------------------------------------------------------------------------------


Box = tuple[float, float, float, float]  # west, south, east, north in degrees


def options(files: dict[str, str], words: dict[str, str], language: str, tiles: Sequence[Base]) -> dict[str, Any]:
    """Return what the script of the map is given once (Options in frame/atlas.d.ts)."""
    return {
        "features": files["features" if language == "zh" else "features-en"],
        "base": files["base" if language == "zh" else "base-en"],
        "outlines": files["outlines"],
        "layer_colors": COLOURS,
        "zone_colors": ZONE_COLOURS,
        "symbols": {**SYMBOLS, "outlines": OUTLINES},
        "legend": _legend(language),
        "zone_legend": [
            {"key": key, "label": label("zone", key, language), "color": ZONE_COLOURS[key]} for key in keys("zone")
        ],
        "lines": _lines(words),
        "ranks": RANKS,
        "bases": _bases(files, words, tiles),
        "home": HOME,
        "words": {"notice": NOTICE, **words},
    }


def _legend(language: str) -> list[dict[str, str]]:
    shapes = {"zone": "area", "corridor": "line"}
    return [
        {
            "key": key,
            "label": label("layer", key, language),
            "color": COLOURS[key],
            "shape": shapes.get(key, "point"),
            "symbol": SYMBOLS["layers"].get(key, ""),
        }
        for key in keys("layer")
    ]


def _lines(words: dict[str, str]) -> dict[str, Any]:
    """How lines are drawn, and the words of those that the legend tells."""
    styles = {key: {"color": COLOURS.get(key), **style} for key, style in LINES.items()}
    return {"kinds": LINE_KINDS, "styles": styles, "legend": [{"key": key, "label": words[key]} for key in MODES]}


def _bases(files: dict[str, str], words: dict[str, str], tiles: Sequence[Base]) -> list[dict[str, Any]]:
    """The bases to choose from: embedded, embedded with relief, and the tile servers of the office."""
    west, south, east, north = RELIEF_BOUNDS
    relief = {"image": files["relief"], "bounds": [[south, west], [north, east]], "attribution": RELIEF_NOTICE}
    return [
        {"key": "plain", "label": words["base_plain"]},
        {"key": "relief", "label": words["base_relief"], **relief},
        *tiles,
    ]


def to_show(
    atlas: Atlas, rows: Iterable[int], selected: Sequence[str] = (), focus: Sequence[str] = (), **more: Any
) -> dict[str, Any]:
    """Return what a map is told: to show `rows` (numbers in the table of `atlas`), ring the features `selected`, move to `focus`.

    `more`: counts (features of each layer), layers (those switched on), scope (the GeoJSON geometry
    of the area selected by), outlined (keys of the zones and places chosen), look (how the map begins: view
    as lat, lon, zoom; color; base; legend), drawn (the area as it can be changed on the map), ground (whether
    a click on bare ground is told), overlay (layers of the planner), opens (whether a click on a feature
    of theirs is told), none (why nothing is shown), waited (whether the map tells when it is drawn), bounds (in place
    of the extent of `focus`), placing (where the thing that is placed by hand is now, and the way it is).
    """
    return {
        "bits": bits(np.asarray(rows, dtype=int), len(atlas.table)),
        "selected": list(selected),
        "focus": " ".join(focus),
        "bounds": extent(atlas, focus),
        "layers": [],
        "overlay": [],
        **more,
    }


def extent(atlas: Atlas, keys_of: Sequence[str]) -> list[list[float]] | None:
    """Return the south-west and north-east corners (lat, lon) of zones, places, features or areas by key.

    None when there are none, or when nothing of them is drawn.
    """
    boxes = [box for key in keys_of for box in _boxes(atlas, key)]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return [[min(south), min(west)], [max(north), max(east)]]


def _boxes(atlas: Atlas, key: str) -> list[Box]:
    """The box of what a key means on the map; [] where nothing of it is drawn."""
    if key in _ground():
        return [_ground()[key]]
    if "~" in key or ";" in key:
        shape: BaseGeometry | None = area(atlas, key)
    elif key.startswith("f-"):
        shape = atlas.table.loc[atlas.table["id"] == key, "geometry"].iloc[0]
    else:
        shape = boundary(key)
    return [shape.bounds] if shape is not None else []


@cache
def _ground() -> dict[str, Box]:
    """The boxes of the zones and places of Sichuan. Kept: to read the outlines for them would take most of a first filter."""
    found: dict[str, Box] = json.loads(kept("boxes", reference_hash()[:12], _boxes_of_ground))
    return found


def _boxes_of_ground() -> bytes:
    places = {one.adcode: boundary(one.adcode) for one in (*prefectures(), *counties())}
    zones = {
        key: shapely.GeometryCollection([boundary(place(name).adcode) for name in zone_prefectures(key)])
        for key in keys("zone")
    }
    return json.dumps({key: shape.bounds for key, shape in (places | zones).items() if shape is not None}).encode()


def bits(rows: np.ndarray[Any, Any], total: int) -> str:
    """Return which of `total` rows are shown, a bit each from the lowest, as base64."""
    flags = np.zeros(total, dtype=bool)
    flags[rows] = True
    return base64.b64encode(np.packbits(flags, bitorder="little").tobytes()).decode()


@lru_cache(VERSIONS)
def served(atlas: Atlas) -> dict[str, str]:
    """Return the names of the files of the map of `atlas`, written once a process."""
    return prepare(atlas)


def map_page(
    atlas: Atlas, words: dict[str, str], language: str = "zh", tiles: Sequence[Base] = (), static: Path = STATIC
) -> MapPage:
    """Write the page of the map of `atlas`, with `words` for its tools and signs and `tiles` to choose from."""
    files = served(atlas)
    given = options(files, words, language, tiles)
    asked = (files["script"], files["styles"], given["features"], given["base"])
    version = hashlib.sha256(json.dumps([asked, given]).encode()).hexdigest()[:12]
    # Folium takes a while to import: where the page is kept, a start goes without.
    content = kept(f"map-{language}", version, lambda: import_module("layers.web.page").page(asked, given))
    return MapPage(_put(static, f"map-{language}", "html", content), asked)
