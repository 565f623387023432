"""What is asked of a collection: read from the address as a whole, before anything is answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import cql2
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, shape

from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.selection import Selection, select
from serve.ogc.shelf import KINDS, Item, Shelf, shelf
from serve.ogc.systems import CRS84, box, known, located

PAGING = ("limit", "offset", "sortby", "resulttype", "properties", "skipGeometry", "crs", "f", "lang", "version")
FILTERS = (
    "bbox",
    "bbox-crs",
    "filter",
    "filter-lang",
    "filter-crs",
)  # read here; pygeoapi only repeats them in its links
SELECTS = ("zone", "layer", "kind", "status", "document", "place", "within", "q")


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A collection and the positions in it of the items that are asked for."""

    shelf: Shelf
    asked: NDArray[np.intp]

    def __deepcopy__(self, _: Any) -> Question:
        """Never copied: pygeoapi copies its configuration, where this stands."""
        return self


def whole(atlas: Atlas, key: str) -> Question:
    """Return the question for every item of a collection."""
    found = shelf(atlas, key)
    return Question(found, np.arange(len(found.items)))


def question(atlas: Atlas, key: str, params: Mapping[str, str], body: bytes = b"") -> Question:
    """Read what `params` (and CQL2 as JSON in `body`) ask of the collection `key`.

    What is not understood is refused: LayerError, PlanError or GeoError say what, and what there is.
    """
    found = shelf(atlas, key)
    _refuse_unknown(found, key, params)
    keep = np.ones(len(found.items), dtype=bool)
    chosen = {part: several(part, params[part]) for part in SELECTS if params.get(part)}
    if chosen:
        keep &= _selected(atlas, key, found, chosen)
    for name in found.fields.keys() & params.keys() - {*SELECTS}:
        keep &= [_says(one["properties"][name], params[name]) for one in found.items]
    if params.get("bbox"):
        area = box(numbers(params["bbox"]), known(params.get("bbox-crs", CRS84), "bbox-crs"))
        keep &= shapely.intersects(found.shapes, area)
    if params.get("filter") or body:
        keep[keep] = _holding(found, np.flatnonzero(keep), _filter(found, params, body))
    return Question(found, np.flatnonzero(keep))


def several(part: str, text: str) -> list[str]:
    """The values of a parameter: those of lists are parted by commas."""
    return [text] if part in ("within", "q") else text.split(",")


def _refuse_unknown(found: Shelf, key: str, params: Mapping[str, str]) -> None:
    """OGC 17-069r4, /req/core/query-param-unknown: a parameter that is not of the API is refused."""
    parts = KINDS[key].parts if key in KINDS else SELECTS
    known_names = [*parts, *FILTERS, *PAGING, *(name for name in found.fields if name not in SELECTS)]
    for name, value in params.items():
        if name not in known_names:
            raise LayerError(f"没有“{name}”这个参数 (unknown parameter)。可用：{', '.join(known_names)}")
        if "\x00" in value:
            raise LayerError(f"参数 {name} 含有空字符 (NUL in a parameter)；请去掉。")
    refuse_unknown_names(found.fields, params)
    if params.get("filter-lang", "cql2-text") not in ("cql2-text", "cql2-json"):
        raise LayerError("filter-lang 只有 cql2-text 与 cql2-json (unknown filter-lang)。")
    if params.get("bbox-crs") and not params.get("bbox"):
        raise LayerError("有 bbox-crs 而没有 bbox (bbox-crs without bbox)；请一并给出。")


def refuse_unknown_names(fields: Collection[str], params: Mapping[str, str]) -> None:
    """LayerError where items are to be sorted by, or reduced to, what they have not. pygeoapi fails at an empty name."""
    for part in ("sortby", "properties"):
        for name in params[part].split(",") if part in params else ():
            if name.removeprefix("-").removeprefix("+") not in fields:
                raise LayerError(f"{part} 没有“{name}”这个属性 (unknown property)。可用：{', '.join(fields)}")


def numbers(text: str) -> list[float]:
    """Four finite numbers, or six of which the heights do not count."""
    try:
        numbers = [float(one) for one in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not np.isfinite(numbers).all() or numbers[0] > numbers[2] or numbers[1] > numbers[3]:
        raise LayerError(
            f"bbox“{text}”应写作 四个数：下角两个坐标在前，上角两个在后，以逗号分开，次序依 bbox-crs (bad bbox)；"
            "例如 bbox=101,26,102,27。"
        )
    return numbers


def _says(value: Any, wanted: str) -> bool:
    """Whether a property equals the text of a parameter; a list, whether it holds it."""
    if isinstance(value, list):
        return wanted in value
    if isinstance(value, bool | int | float):
        try:
            return float(wanted) == value
        except ValueError:
            return False
    return str(value) == wanted


# ---- by the parts of a selection --------------------------------------------------------------


def _selected(atlas: Atlas, key: str, found: Shelf, chosen: dict[str, list[str]]) -> NDArray[np.bool_]:
    """Which items match; records that are no features by their own words and by the features that they belong to."""
    selection = Selection.parse(atlas, chosen)
    if key not in KINDS:
        ids = set(select(atlas, selection)["id"])
        return np.array([one["id"] in ids for one in found.items], dtype=bool)
    words = selection.q.casefold().split()
    own = [name for name in ("zone", "document", "status") if name in found.fields or f"{name}s" in found.fields]
    keep = [_matches(one["properties"], selection, own, words) for one in found.items]
    rest = {part: getattr(selection, part) for part in SELECTS if part not in (*own, "q")}
    if any(rest.values()):
        ids = set(select(atlas, Selection(**rest))["id"])
        keep = [all_of and not ids.isdisjoint(_features(one)) for all_of, one in zip(keep, found.items, strict=True)]
    return np.array(keep, dtype=bool)


def _matches(properties: Mapping[str, Any], selection: Selection, own: list[str], words: list[str]) -> bool:
    for name in own:
        wanted = getattr(selection, name)
        values = [properties[name]] if name in properties else properties[f"{name}s"]
        if wanted and not set(wanted).intersection(values):
            return False
    text = "\n".join(one for one in properties.values() if isinstance(one, str)).casefold() if words else ""
    return all(word in text for word in words)


def _features(item: Item) -> list[str]:
    properties = item["properties"]
    return properties["features"] if "features" in properties else [properties["feature"]]


# ---- by CQL2 ----------------------------------------------------------------------------------


def _filter(found: Shelf, params: Mapping[str, str], body: bytes) -> tuple[cql2.Expr, frozenset[str]]:
    """The filter (OGC 21-065r2) with its positions in lon/lat degrees, and the properties that it asks for."""
    text = body.decode("utf-8", "replace") if body else params["filter"]
    as_json = bool(body) or params.get("filter-lang") == "cql2-json"
    try:
        said = (cql2.parse_json if as_json else cql2.parse_text)(text).to_json()
    except Exception as error:  # its errors share no other class
        raise LayerError(f"filter 不是 CQL2：{error} (not CQL2)。例如 filter=layer='park' AND error_km<5") from None
    uri = known(params.get("filter-crs") or CRS84, "filter-crs")
    wanted: set[str] = set()
    said = _settled(said, uri, wanted)
    lost = wanted - found.fields.keys() - {"geometry"}
    if lost:
        raise LayerError(
            f"filter 里没有这个属性 (no such property)：{'、'.join(sorted(lost))}。可用：{', '.join(found.fields)}"
        )
    return cql2.Expr(said), frozenset(wanted)


def _settled(said: Any, uri: str, wanted: set[str]) -> Any:
    """The filter with its shapes in lon/lat degrees; the names of its properties go into `wanted`."""
    if isinstance(said, list):
        return [_settled(one, uri, wanted) for one in said]
    if not isinstance(said, dict):
        return said
    if "property" in said:
        wanted.add(said["property"])
    if "bbox" in said:
        return dict(mapping(box(numbers(",".join(map(str, said["bbox"]))), uri)))
    if "coordinates" in said or "geometries" in said:
        return dict(mapping(located(shape(said), uri)))
    return {name: _settled(one, uri, wanted) for name, one in said.items()}


def _holding(found: Shelf, at: NDArray[np.intp], asked: tuple[cql2.Expr, frozenset[str]]) -> list[bool]:
    expression, wanted = asked
    return [_holds(expression, _lean(found.items[one], wanted)) for one in at]


def _lean(item: Item, wanted: frozenset[str]) -> Item:
    """An item with nothing but what the filter asks for: the whole would be carried over a border each time."""
    properties = {name: value for name, value in item["properties"].items() if name in wanted}
    return {"type": "Feature", "geometry": item["geometry"] if "geometry" in wanted else None, "properties": properties}


def _holds(expression: cql2.Expr, item: Item) -> bool:
    """Whether the filter is true; a comparison with what is not known is neither true nor false, and selects nothing."""
    try:
        return bool(expression.matches(item))
    except Exception:  # cql2 raises where a comparison has no answer
        return False
