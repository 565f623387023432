"""Formats that GDAL knows, read through it: one file of a known kind, under a name of our own, in a folder that goes.

GeoPackage, Shapefile, FlatGeobuf, DXF, GPX, TopoJSON and Esri JSON; no well-kept library knows them better.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyogrio
from pyogrio.raw import read as raw_read
from pyproj import CRS

from geo.spoken import offset
from layers.own.raw import MOST_FEATURES, Raw, columns_read, layer_name, limit, limit_layers, table
from layers.own.shapes import from_wkbs

Text = Callable[[str], str]


def stored(files: Mapping[str, bytes], read: Callable[[Path], list[Raw]]) -> list[Raw]:
    """Return what `read` makes of a folder with these files; the folder is gone when it returns."""
    with tempfile.TemporaryDirectory(prefix="plan-atlas-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return read(Path(folder))


def layer_names(path: Path) -> list[str]:
    """Return the names of the layers of a file that have geometries; LayerError for more than are read."""
    names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    limit_layers(len(names))
    return names


def layer(path: Path, name: str, inside: str | None = None, *, encoding: str | None = None, text: Text = str) -> Raw:
    """Return a layer of a file; `text` makes what is shown of the texts and names of columns in it."""
    about = pyogrio.read_info(path, layer=inside, encoding=encoding)
    limit(about["features"])
    fields = list(about["fields"])
    most, notes = columns_read(len(fields), max(about["features"], 0))
    meta, _, wkbs, values = raw_read(
        path, layer=inside, encoding=encoding, columns=fields[:most], force_2d=True, max_features=MOST_FEATURES + 1
    )
    rows = len(wkbs) if wkbs is not None else len(values[0]) if values else 0
    limit(rows)
    shapes, reasons, mended = from_wkbs(wkbs if wkbs is not None else [None] * rows)
    attributes = table([text(key) for key in meta["fields"]], (map(_of(text), column) for column in values), rows)
    crs = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    return Raw(
        layer_name(name), attributes, shapes, known(crs), reasons, notes, offset(crs.name if crs else ""), mended
    )


def _of(text: Text) -> Callable[[Any], Any]:
    return lambda value: text(value) if isinstance(value, str) else value


def known(crs: CRS | None) -> CRS | None:
    """Return a system that says where on earth it is, None for what only says that it is none.

    A projection over a datum is one, whatever it calls itself; an engineering system and the undefined
    ones of GeoPackage are not.
    """
    if crs is None or crs.geodetic_crs is None or crs.name.lower().startswith("undefined"):
        return None
    return crs
