"""JSON with geometries: GeoJSON, alone or a feature a line, and the other kinds that come under the same endings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pyproj import CRS

from geo.errors import GeoError
from geo.recognise import named
from geo.spoken import offset, spoken
from layers.errors import LayerError
from layers.notes import Note, note
from layers.own.echarts import decoded
from layers.own.encoding import decode
from layers.own.gdal import layer, layer_names, stored
from layers.own.ovital import ovjsn
from layers.own.raw import LONGEST_NAME, Raw, limit, records
from layers.own.shapes import KINDS, from_geojson
from layers.own.tables import layers_of
from layers.text import shortened, visible

_SEQUENCE_MARK = "\x1e"  # RFC 8142


def geojson(data: bytes) -> list[Raw]:
    """Read JSON by what it holds: GeoJSON, TopoJSON, Esri JSON, maps of ECharts, Ovital's, or records with positions."""
    text, _ = decode(data)
    try:
        values = _values(text)
    except json.JSONDecodeError as error:
        raise LayerError(f"GeoJSON 第 {error.lineno} 行不是合法的 JSON (invalid JSON)；文件可能不完整。") from None
    except RecursionError:
        raise LayerError("GeoJSON 的嵌套过深 (nested too deeply)；请检查文件。") from None
    return _layers(values[0] if len(values) == 1 else _collected(values))


def _values(text: str) -> list[Any]:
    """The values of a text: one, or one after another (a feature a line)."""
    try:
        return [json.loads(text)]
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" and not text.startswith(_SEQUENCE_MARK):
            raise
    decoder, at, found = json.JSONDecoder(), 0, []
    plain = text.replace(_SEQUENCE_MARK, "\n")
    while at < len(plain):
        while at < len(plain) and plain[at] in " \t\r\n,":
            at += 1
        if at < len(plain):
            value, at = decoder.raw_decode(plain, at)
            found.append(value)
    return found


def _collected(values: Sequence[Any]) -> Any:
    """The features of a sequence as one collection; what else is written so are records."""
    if all(isinstance(one, dict) and _kind(one) in ("Feature", "FeatureCollection", *KINDS) for one in values):
        return {"type": "FeatureCollection", "features": [feature for one in values for feature in _features(one)]}
    return list(values)


def _kind(value: Any) -> str:
    return str(value.get("type")) if isinstance(value, dict) else ""


def _layers(value: Any) -> list[Raw]:
    if _kind(value) in ("FeatureCollection", "Feature", *KINDS):
        return [_collection(value)]
    if isinstance(value, list) and value and all(_kind(one) in ("Feature", *KINDS) for one in value):
        return [_collection(_collected(value))]
    if _kind(value) == "Topology":
        return _by_gdal(value, "TopoJSON")
    if isinstance(value, dict) and isinstance(value.get("features"), list) and _is_esri(value):
        return _by_gdal(value, "Esri JSON")
    if isinstance(value, dict) and isinstance(value.get("ObjItems"), list):
        return ovjsn(value)
    found = _records(value)
    if found:
        return found
    raise LayerError("文件不是 GeoJSON：缺少 FeatureCollection、Feature 或几何类型，也没有带坐标的记录 (not GeoJSON)。")


def _is_esri(value: Mapping[str, Any]) -> bool:
    return (
        "geometryType" in value
        or "spatialReference" in value
        or any("attributes" in one for one in value["features"][:1])
    )


def _by_gdal(value: Any, form: str) -> list[Raw]:
    """TopoJSON and Esri JSON; written anew, so that GDAL sees the kind that was recognised here."""
    try:
        found = stored(
            {"data.json": json.dumps(value).encode()},
            lambda folder: _named_layers(folder / "data.json"),
        )
    except (ValueError, RuntimeError):
        raise LayerError(f"{form} 无法读取 (cannot read {form})；请转为 GeoJSON 后上传。") from None
    if not found:
        raise LayerError(f"{form} 里没有图形 (nothing in it)。")
    return found


def _named_layers(path: Path) -> list[Raw]:
    """The layers of a file; one that is called after the file has no name of its own."""
    return [layer(path, "" if name == path.stem else name, name) for name in layer_names(path)]


# ---- GeoJSON ---------------------------------------------------------------------------------


def _features(value: Mapping[str, Any]) -> list[Any]:
    if _kind(value) == "FeatureCollection":
        features = value.get("features")
        return list(features) if isinstance(features, list) else []
    return [value] if _kind(value) == "Feature" else [{"geometry": value, "properties": {}}]


def _collection(value: Mapping[str, Any]) -> Raw:
    if _kind(value) == "FeatureCollection" and not isinstance(value.get("features"), list):
        raise LayerError("文件不是 GeoJSON：FeatureCollection 没有 features (not GeoJSON)。")
    features = _features(value)
    limit(len(features))
    packed = bool(value.get("UTF8Encoding"))
    scale = value.get("UTF8Scale")
    geometries = [one.get("geometry") if isinstance(one, dict) else None for one in features]
    read = [from_geojson(decoded(one, scale) if packed else one) for one in geometries]
    table, notes = records([_attributes(one) for one in features])
    crs, system, said = _system(value)
    shapes, reasons = [shape for shape, _, _ in read], tuple(why for _, why, _ in read)
    return Raw("", table, shapes, crs, reasons, (*notes, *said), system, sum(mended for _, _, mended in read))


def _attributes(feature: Any) -> dict[str, Any]:
    """The properties of a feature, and its id (RFC 7946 §3.2) before them, where they do not say it themselves."""
    if not isinstance(feature, dict):
        return {}
    said = feature.get("properties")
    properties = said if isinstance(said, dict) else {}
    key = feature.get("id")
    return properties if key is None or "id" in properties else {"id": key, **properties}


def _system(value: Mapping[str, Any]) -> tuple[CRS | None, str, tuple[Note, ...]]:
    """The `crs` member of GeoJSON 2008, a link of which is never followed, or the member that our own exports have."""
    said = value.get("coordinate_system")
    if isinstance(said, str) and (offset(said) or spoken(said)):
        return spoken(said), offset(said), ()
    member = value.get("crs")
    if not isinstance(member, dict):
        return None, "", ()
    properties = member.get("properties")
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if offset(name):
        return None, offset(name), ()
    try:
        return named("EPSG:4326" if name.endswith("CRS84") else name), "", ()
    except GeoError:
        name = shortened(visible(name), LONGEST_NAME)
        return None, "", (note("文件的 crs 成员“{name}”无法识别，已忽略。", name=name),)


# ---- records ---------------------------------------------------------------------------------


def _records(value: Any) -> list[Raw]:
    """A list of objects with positions among their members, as map services answer; also within one or two objects."""
    waiting, seen = [value], 0
    while waiting and seen < 20:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, list) and one and all(isinstance(row, dict) for row in one):
            limit(len(one))
            keys = list(dict.fromkeys(key for row in one for key in row))[:1_000]
            found = layers_of("", [keys, *([_cell(row.get(key)) for key in keys] for row in one)])
            if found:
                return found
        elif isinstance(one, dict):
            waiting += [member for member in one.values() if isinstance(member, (dict, list))][:20]
    return []


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
