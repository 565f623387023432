"""The flat columns that every format but GeoJSON carries: lists joined, citations written out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.gazetteer import called, places
from geo.systems import GCJ02, WGS84, CoordinateSystem
from layers.english import name_english
from layers.text import bracketed, visible
from plans.vocabulary import label


@dataclass(frozen=True, slots=True)
class Column:
    """One column under its names: in databases, in what people read, in DBF (ten ASCII characters)."""

    key: str
    head: str
    field: str
    words: str


COLUMNS = (
    Column("id", "编号", "ID", "永久编号，不复用"),
    Column("name", "名称", "NAME", "项目或区域的名称"),
    Column("aliases", "别名", "ALIASES", "各文件中的其他名称"),
    Column("name_en", "英文名", "NAME_EN", "名称的英文，由本图按规则译出"),
    Column("layer", "图层", "LAYER", "十六个图层之一"),
    Column("kind", "类型", "KIND", "图层之下的类型"),
    Column("zones", "经济区", "ZONES", "所属经济区，可有多个"),
    Column("places", "指明地点", "PLACES", "原文或公开资料指明的地点，线路沿线排列"),
    Column("prefectures", "市州", "CITIES", "所在市州；线路另含图上经过 5 公里以上的市州"),
    Column("counties", "县区", "COUNTIES", "指明的县（市、区）；线路另含图上经过 5 公里以上的县（市、区）"),
    Column("status", "状态", "STATUS", "最新文件的表述归入的状态类"),
    Column("status_text", "状态原文", "STATUS_TXT", "最新文件的动词原文"),
    Column("documents", "文件", "DOCUMENTS", "写明该要素的文件"),
    Column("part_of", "所属", "PART_OF", "所属整体的编号"),
    Column("precision", "精度", "PRECISION", "位置的精度等级"),
    Column("basis", "位置依据", "BASIS", "所在由原文写明、据公开资料，还是本图推断"),
    Column("error_km", "误差_km", "ERROR_KM", "以大概率包住真实位置的半径，公里"),
    Column("placement_method", "定位方法", "METHOD", "位置由何种方法得到"),
    Column("placement_source", "定位来源", "SOURCE", "位置从何得来"),
    Column("length_km", "长度_km", "LENGTH_KM", "图上线位的大地线长度，公里"),
    Column("x", "经度", "X", "要素上一点的横坐标"),
    Column("y", "纬度", "Y", "要素上一点的纵坐标"),
    Column("crs", "坐标系", "CRS", "坐标所用的坐标系"),
    Column("citations", "引文", "CITATIONS", "全部引文：文件、章节、页码、原文、动词、条款编号"),
)


def heads(system: CoordinateSystem = WGS84) -> list[str]:
    """Return the heads of COLUMNS for people; those of the coordinates say what they are."""
    axes = {True: ("经度", "纬度"), False: ("东坐标_m", "北坐标_m")}[system.in_degrees]
    named = dict(zip("xy", (f"{axis}_GCJ02" if system == GCJ02 else axis for axis in axes), strict=True))
    return [named.get(one.key, one.head) for one in COLUMNS]


def flat(selected: gpd.GeoDataFrame, system: CoordinateSystem = WGS84) -> pd.DataFrame:
    """Return the features as a table of COLUMNS under their heads, a row a feature, for people to read.

    Numbers are floats (NaN when not known), all else is text that any format can hold; the
    coordinates are those of a point on the feature, in `system`. No features: no rows.
    """
    frame = keyed(selected, system)
    frame.columns = pd.Index(heads(system))
    return frame


def keyed(selected: gpd.GeoDataFrame, system: CoordinateSystem = WGS84) -> pd.DataFrame:
    """Return the table of `flat` under the English keys of COLUMNS, with the index of `selected`."""
    names = places()
    points = system.project(shapely.point_on_surface(selected.geometry.to_numpy()))
    columns: dict[str, Any] = {
        "id": selected["id"],
        "name": selected["name"],
        "aliases": _joined(selected["aliases"]),
        "name_en": selected["name"].map(name_english),
        "layer": _labels("layer", selected["layer"]),
        "kind": _labels("kind", selected["layer"] + "/" + selected["kind"]),
        "zones": _joined(_labels("zone", keys) for keys in selected["zones"]),
        "places": _joined([called(names[code]) for code in codes] for codes in selected["places"]),
        "prefectures": _joined([names[code].name for code in codes] for codes in selected["prefectures"]),
        "counties": _joined([names[code].name for code in codes] for codes in selected["counties"]),
        "status": _labels("status", selected["status"]),
        "status_text": selected["status_text"],
        "documents": _joined(dict.fromkeys(one["title"] for one in cited) for cited in selected["citations"]),
        "part_of": selected["part_of"],
        "precision": _labels("precision", selected["precision"]),
        "basis": _labels("basis", selected["basis"]),
        "error_km": selected["error_km"],
        "placement_method": selected["placement_method"],
        "placement_source": selected["placement_source"],
        "length_km": selected["length_km"],
        "x": shapely.get_x(points).round(system.decimals),
        "y": shapely.get_y(points).round(system.decimals),
        "crs": system.title,
        "citations": ["\n".join(map(cite, cited)) for cited in selected["citations"]],
    }
    frame = pd.DataFrame(columns, index=selected.index)
    return frame.astype({one.key: float if one.key in _NUMBERS else str for one in COLUMNS}).map(plain)


_NUMBERS = ("error_km", "length_km", "x", "y")


def located(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> gpd.GeoSeries:
    """Return the geometry of `selected` in `system`, x before y; None where nothing is drawn."""
    return gpd.GeoSeries(system.project(selected.geometry.to_numpy()), index=selected.index, crs=system.crs)


def _joined(lists: Iterable[Iterable[str]]) -> list[str]:
    return ["；".join(texts) for texts in lists]


def _labels(group: str, keys: Iterable[str]) -> list[str]:
    return [label(group, key) for key in keys]


def cite(citation: dict[str, Any]) -> str:
    """Return a citation as a planner writes it: 《title》(date)path，第N页：“quote”."""
    page = f"，第{citation['page']}页" if citation["page"] else ""
    said = f"（{citation['status_text']}）" if citation["status_text"] else ""
    return f"《{citation['title']}》{bracketed(citation['date'])}{citation['path']}{page}：“{citation['quote']}”{said}[{citation['clause']}]"


def plain(value: Any) -> Any:
    """Return a text as any format can hold it and any reader shows it; what is no text is returned as it is.

    Line ends become newlines, what cannot be shown U+FFFD (layers.text).
    """
    return visible(value.replace("\r\n", "\n").replace("\r", "\n")) if isinstance(value, str) else value


def safe_cell(text: str) -> str:
    """Return `text` so that a spreadsheet does not read it as a formula (OWASP CSV injection)."""
    return "'" + text if text[:1] in tuple("=+-@\t\r\n＝＋－＠") else text


def safe_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with every text in it made safe for a spreadsheet."""
    return frame.map(lambda value: safe_cell(value) if isinstance(value, str) else value)
