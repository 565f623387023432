"""Shapefiles: their table in whatever encoding it is, an index that is missing, a .prj with a Chinese name."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.spoken import offset, spoken
from layers.errors import LayerError
from layers.notes import note
from layers.own.encoding import LATIN, decode, encoding_of, text
from layers.own.gdal import known, layer, stored
from layers.own.raw import Raw

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".cst")
_MAGIC = b"\x00\x00\x27\x0a"
MOST_FIELDS = 2_048  # of dBASE, and more than the length of a head allows
_SAMPLE = 4_000  # records, spread over the table, that tell its encoding


def shapefiles(files: dict[str, bytes]) -> list[Raw]:
    """Read every Shapefile of files by their path; none when there is no .shp among them."""
    stems: dict[str, dict[str, bytes]] = {}
    names: dict[str, str] = {}
    for name, content in files.items():
        path = PurePosixPath(name)
        if path.suffix.lower() in PARTS:
            stem = str(path.with_suffix(""))
            stems.setdefault(stem.lower(), {})[path.suffix.lower()] = content
            if path.suffix.lower() == ".shp":
                names[stem.lower()] = path.stem
    return [_shapefile(name, stems[stem]) for stem, name in names.items()]


def _shapefile(name: str, parts: dict[str, bytes]) -> Raw:
    if parts[".shp"][:4] != _MAGIC:
        raise LayerError(f"“{name}.shp”的内容不是 Shapefile (not a shapefile)。")
    if ".dbf" not in parts:
        raise LayerError(f"“{name}”缺少 .dbf (incomplete shapefile)；请把同名文件一起打包。")
    strings = _strings(parts[".dbf"])
    encoding = encoding_of(strings, _said(parts))
    index = parts[".shx"] if _indexes(parts) else _index(parts[".shp"])
    files = {".shp": parts[".shp"], ".dbf": parts[".dbf"], ".shx": index}

    def _read(folder: Path) -> list[Raw]:
        # Latin-1 keeps every byte as it is: what the bytes mean is known here alone.
        return [
            layer(folder / "data.shp", name, encoding="ISO-8859-1", text=lambda one: text(one.encode(LATIN), encoding))
        ]

    (raw,) = stored({f"data{ending}": content for ending, content in files.items()}, _read)
    return _with_crs(raw, parts.get(".prj", b""))


def _with_crs(raw: Raw, prj: bytes) -> Raw:
    if not prj.strip():
        return raw
    written = decode(prj)[0].strip()
    crs = _crs(written)
    name = _name(written)
    if crs is None:
        said = note("文件的 .prj 所写的坐标系“{name}”无法识别，已忽略。", name=name)
        return replace(raw, notes=(*raw.notes, said), offset=offset(name))
    return replace(raw, crs=crs, offset=offset(name))


def _crs(written: str) -> CRS | None:
    try:
        found = CRS.from_user_input(written)
    except CRSError:
        return spoken(_name(written))
    code = found.to_epsg(min_confidence=70)  # the names of Esri are those of EPSG in other words
    return known(CRS.from_epsg(code) if code else found)


def _name(written: str) -> str:
    """The name in `PROJCS["…"`, or the beginning of what is no WKT."""
    named = re.match(r'[A-Za-z_]{3,20}\s*\[\s*"([^"]{1,200})"', written)
    return (named[1] if named else written)[:60]


def _indexes(parts: dict[str, bytes]) -> bool:
    """Whether there is an index, and of as many records as the table has."""
    records = int(struct.unpack_from("<I", parts[".dbf"].ljust(8, b"\0"), 4)[0])
    return len(parts.get(".shx", b"")) == 100 + 8 * records


def _index(shp: bytes) -> bytes:
    """The index of shapes that lie one after another: it says nothing that they do not (ESRI Shapefile, 1998).

    GDAL would make it too, but only by a setting that holds for the whole process.
    """
    entries, at = bytearray(), 100
    while at + 8 <= len(shp):
        words = struct.unpack_from(">I", shp, at + 4)[0]
        entries += struct.pack(">II", at // 2, words)
        at += 8 + 2 * words
    return shp[:24] + struct.pack(">I", (100 + len(entries)) // 2) + shp[28:100] + bytes(entries)


def _said(parts: dict[str, bytes]) -> str:
    """The encoding that the .cpg names, or the language byte of the table."""
    cpg = parts.get(".cpg", parts.get(".cst", b"")).decode("ascii", "ignore").strip()
    return cpg or {b"\x4d": "936", b"\x7a": "936", b"\x4e": "950"}.get(parts[".dbf"][29:30], "")


def _strings(table: bytes) -> list[bytes]:
    """Names of fields and the texts of some records, as they are written."""
    if len(table) < 32:
        raise LayerError("Shapefile 的 .dbf 不完整 (broken table)；请重新导出。")
    records, head, width = struct.unpack_from("<IHH", table, 4)
    fields = [table[at : at + 32] for at in range(32, min(head, len(table)) - 31, 32) if table[at] != 0x0D]
    names = [field[:11].partition(b"\0")[0] for field in fields]
    found, at = [*names], 1
    for field in fields:
        if field[11:12] == b"C":
            size = field[16] + (field[17] << 8)
            starts = range(head + at, len(table), max(1, width) * (records // _SAMPLE + 1))
            found += [table[start : start + size].rstrip(b" \0") for start in starts[:_SAMPLE]]
            at += size
        else:
            at += field[16]
    return found
