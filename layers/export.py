"""Features to files. Every format carries the citations."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.gazetteer import places
from layers.errors import LayerError
from plans.vocabulary import label

DECIMALS = 6  # RFC 7946 §11.2: a decimetre, finer than any placement


def geojson(selected: gpd.GeoDataFrame) -> str:
    """Return `selected` as an RFC 7946 feature collection, one feature a line, keys in fixed order.

    Lists stay lists; what is not known is null. An empty selection is an empty collection.
    """
    lines = ",\n".join(json.dumps(_feature(row), ensure_ascii=False) for row in selected.to_dict("records"))
    return '{"type": "FeatureCollection", "features": [\n' + lines + "\n]}\n"


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    properties = {key: _plain(value) for key, value in row.items() if key not in ("id", "geometry")}
    return {"type": "Feature", "id": row["id"], "geometry": _geometry(row["geometry"]), "properties": properties}


def _geometry(geometry: Any) -> dict[str, Any] | None:
    """RFC 7946 §3.1.6: exterior rings run counterclockwise."""
    if geometry is None:
        return None
    rounded = shapely.set_precision(geometry, 10**-DECIMALS, mode="pointwise")
    return dict(shapely.geometry.mapping(shapely.orient_polygons(rounded)))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return None if isinstance(value, float) and pd.isna(value) else value


def csv(selected: gpd.GeoDataFrame) -> str:
    """Return `selected` as a flat table with lon/lat of a point on each feature, UTF-8 with BOM."""
    return "\ufeff" + str(flat(selected).to_csv(index=False, lineterminator="\r\n"))


def flat(selected: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the features as flat, readable columns; lists are joined, citations written out."""
    points = [None if shape is None else shape.representative_point() for shape in selected.geometry]
    frame = pd.DataFrame(
        {
            "编号": selected["id"].to_numpy(),
            "名称": selected["name"].to_numpy(),
            "别名": ["；".join(names) for names in selected["aliases"]],
            "图层": [label("layer", key) for key in selected["layer"]],
            "类型": [label("kind", f"{row.layer}/{row.kind}") for row in selected.itertuples()],
            "经济区": ["；".join(label("zone", key) for key in keys) for keys in selected["zones"]],
            "市州": ["；".join(places()[code].name for code in codes) for codes in selected["prefectures"]],
            "县区": ["；".join(places()[code].name for code in codes) for codes in selected["counties"]],
            "状态": [label("status", key) for key in selected["status"]],
            "状态原文": selected["status_text"].to_numpy(),
            "文件": ["；".join(dict.fromkeys(one["title"] for one in cited)) for cited in selected["citations"]],
            "所属": selected["part_of"].to_numpy(),
            "精度": [label("precision", key) for key in selected["precision"]],
            "误差_km": selected["error_km"].to_numpy(),
            "定位方法": selected["placement_method"].to_numpy(),
            "定位依据": selected["placement_source"].to_numpy(),
            "长度_km": selected["length_km"].to_numpy(),
            "经度": [None if point is None else round(point.x, DECIMALS) for point in points],
            "纬度": [None if point is None else round(point.y, DECIMALS) for point in points],
            "引文": ["\n".join(map(cite, citations)) for citations in selected["citations"]],
        }
    )
    return safe_cells(frame)


def cite(citation: dict[str, Any]) -> str:
    """Return a citation as a planner writes it: 《title》(date)path，第N页：“quote”."""
    page = f"，第{citation['page']}页" if citation["page"] else ""
    said = f"（{citation['status_text']}）" if citation["status_text"] else ""
    return f"《{citation['title']}》（{citation['date']}）{citation['path']}{page}：“{citation['quote']}”{said}[{citation['clause']}]"


def safe_cell(text: str) -> str:
    """Return `text` so that a spreadsheet does not read it as a formula (OWASP CSV injection)."""
    return "'" + text if text[:1] in tuple("=+-@\t\r") else text


def safe_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with every text in it made safe for a spreadsheet."""
    return frame.map(lambda value: safe_cell(value) if isinstance(value, str) else value)


FORMATS: dict[str, Callable[[gpd.GeoDataFrame], str]] = {"geojson": geojson, "csv": csv}


def write(selected: gpd.GeoDataFrame, path: Path, form: str = "") -> None:
    """Write `selected` to `path` in `form` (default: by the file's ending).

    LayerError names the known formats, or says why the path cannot be written.
    """
    form = form or path.suffix.lstrip(".").lower()
    if form not in FORMATS:
        raise LayerError(f"不认识的格式“{form}” (unknown format)。可用：{', '.join(FORMATS)}")
    try:
        path.write_text(FORMATS[form](selected), encoding="utf-8", newline="")
    except OSError as error:
        raise LayerError(f"无法写入 {path}：{error.strerror} (cannot write)。请换一个可写的位置。") from None
