"""A zip of ESRI Shapefiles: one per type of geometry, and beside them what DBF cannot hold."""

from __future__ import annotations

import datetime
import io
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from geo.systems import GCJ02, WGS84, CoordinateSystem
from layers.export.columns import COLUMNS, heads, keyed, located
from layers.export.metadata import about, in_words
from layers.export.text import csv

WIDTH_BYTES = 254  # the longest text of a DBF field (dBASE III)
# A Shapefile holds one type of shape; lines and areas may have parts, points may not.
SHAPES = {
    "点": ("Point",),
    "多点": ("MultiPoint",),
    "线": ("LineString", "MultiLineString"),
    "面": ("Polygon", "MultiPolygon"),
}
UNPLACED = "未落图"
WHOLE = "完整属性与引文.csv"


def shapefile(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return a zip of Shapefiles in UTF-8, a table of what is not drawn, all texts as CSV, and the fields explained.

    A text longer than a field ends with …; it stands in full, as every citation does, in the CSV
    under the same number. No features: one empty Shapefile.
    """
    frame = keyed(selected, system).map(lambda value: cut(value) if isinstance(value, str) else value)
    frame.columns = pd.Index([one.field for one in COLUMNS])
    features = gpd.GeoDataFrame(frame, geometry=located(selected, system))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, types in SHAPES.items():
            part = features[features.geom_type.isin(types)]
            if len(part) or (features.empty and name == "点"):
                _write(part, folder / f"{_named(name, system)}.shp", types[0])
        unplaced = frame[selected.geometry.isna().to_numpy()]
        if len(unplaced):
            _write(unplaced, folder / f"{UNPLACED}.dbf", None)
        (folder / WHOLE).write_bytes(csv(selected, system).encode())
        (folder / "字段说明.txt").write_bytes(_explained(selected, system).encode("utf-8-sig"))
        return _zip(folder, about(selected).made)


def _named(shape: str, system: CoordinateSystem) -> str:
    return shape if system == WGS84 else f"{shape}-{system.slug}"


def _write(frame: pd.DataFrame, path: Path, geometry_type: str | None) -> None:
    pyogrio.write_dataframe(
        frame, path, driver="ESRI Shapefile", geometry_type=geometry_type, layer_options={"ENCODING": "UTF-8"}
    )


def cut(text: str, width: int = WIDTH_BYTES) -> str:
    """Return `text` in at most `width` bytes of UTF-8; one that is longer ends with …."""
    whole = text.encode()
    return text if len(whole) <= width else whole[: width - len("…".encode())].decode(errors="ignore") + "…"


def _explained(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> str:
    warning = ["本数据坐标经过偏移，不可用于测绘和规划成果。"] if system == GCJ02 else []
    names = zip(COLUMNS, heads(system), strict=True)
    lines = [
        "川规图 Plan Atlas 要素（Shapefile，UTF-8 编码）",
        *(f"{head}：{text}" for head, text in in_words(selected, system)),
        *warning,
        "",
        f"点、多点、线、面各一个 .shp；文中未给出可落图位置的要素在“{UNPLACED}.dbf”。",
        f"字段最多 {WIDTH_BYTES} 字节，超出的以“…”结尾；全文与全部引文在“{WHOLE}”，按编号（ID）对应。",
        "",
        "字段\t含义\t说明",
        *(f"{column.field}\t{head}\t{column.words}" for column, head in names),
        "",
        "示意图，不作为划界依据。",
    ]
    return "\r\n".join(lines) + "\r\n"


def _zip(folder: Path, day: datetime.datetime) -> bytes:
    """The files of a folder, all of one day."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(path.name, day.timetuple()[:6]), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
