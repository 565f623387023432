#!/bin/sh
# Guess:    a column name too long for a Shapefile's ten bytes is cut, at worst after a whole character, as a
#           value too long for its field is.
# Happens:  GDAL cuts the UTF-8 name 建设状态 after ten bytes, inside its fourth character, and writes the piece: no
#           reader can decode the name. The value beside it is cut between characters. pyshp cuts the name
#           between characters too, but gives two columns of the table the same name.
# Source:   GDAL, ESRI Shapefile driver: names are limited to ten characters and made unique, ENCODING says the
#           character set of what is written.
# We:       fields of the Shapefile export have ASCII names of at most ten letters; 字段说明.txt says them in Chinese.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q geopandas==1.2.0 pyogrio==0.13.0 pyshp==3.1.6 || exit 2

env/bin/python - <<'PY'
import sys, warnings
import geopandas, pyogrio, shapefile

warnings.simplefilter("ignore")  # that names are cut is warned of
NAMES, VALUE = ("建设状态原文", "建设状态归类"), "攀" * 100


def parts(path):
    """The names in the head of a .dbf and the first value, as bytes."""
    table = open(path, "rb").read()
    start, first = int.from_bytes(table[8:10], "little"), table[32 + 16]
    names = [table[at : at + 11].rstrip(b"\0") for at in range(32, start - 1, 32)]
    return names, table[start + 1 : start + 1 + first].rstrip(b" \0")


def said(raw):
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        return f"{raw[: error.start].decode()} and {raw[error.start :]}"


frame = geopandas.GeoDataFrame({name: [VALUE] for name in NAMES}, geometry=geopandas.points_from_xy([101.7], [26.6]), crs=4326)
frame.to_file("gdal.shp", encoding="UTF-8")
with shapefile.Writer("pyshp.shp") as writer:
    for name in NAMES:
        writer.field(name, "C", size=254)
    writer.point(101.7, 26.6)
    writer.record(VALUE, VALUE)
names, value = parts("gdal.dbf")
others, _ = parts("pyshp.dbf")
print(f"version:  pyogrio {pyogrio.__version__}, GDAL {pyogrio.__gdal_version_string__}, pyshp {shapefile.__version__}")
print(f"expected: two names that differ, in whole characters; a value of {254 // 3} characters")
print(f"seen:     GDAL: names {[said(name) for name in names]}, value of {len(value.decode())} characters")
print(f"          pyshp: names {[said(name) for name in others]}")
sys.exit(not (names[0] == "建设状态".encode()[:10] and set(value.decode()) == {"攀"} and others == ["建设状".encode()] * 2))
PY
