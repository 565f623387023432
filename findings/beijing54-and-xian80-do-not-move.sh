#!/bin/sh
# Guess:    to_crs from an old Chinese datum to CGCS2000 either shifts the coordinates or says that it cannot.
# Happens:  there is no public operation, so PROJ takes a "ballpark" one that moves nothing: Xian 1980 and Beijing
#           1954 data are merely called CGCS2000, tens to more than a hundred metres off, without a warning.
#           To WGS 84 one layer gets several answers, place by place: a point in Ordos is moved by some 50 m,
#           one in Sichuan by nothing, so lines that cross the edge of an area of use tear.
# Source:   geopandas, to_crs: transforms all geometries to a new system; pyproj: the best operation is taken.
#           With allow_ballpark=False pyproj says that there is none.
# We:       geo/recognise.py knows the old datums by name, and the report of an upload says that positions are
#           converted only roughly, to tens of metres or more than a hundred, and how to get them right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q geopandas==1.2.0 pyproj==3.7.2 || exit 2

env/bin/python - <<'PY'
import sys, warnings
import geopandas, pyproj
from pyproj.exceptions import ProjError

warnings.simplefilter("error")
PLACES = {"Sichuan": (102.0, 29.0), "Ordos": (109.0, 38.5)}


def moved_m(source, target):
    """How far to_crs moves each place, in whole metres."""
    before = geopandas.GeoSeries(geopandas.points_from_xy(*zip(*PLACES.values())), crs=source)
    after = before.to_crs(target)
    metres = pyproj.Geod(ellps="WGS84").inv(before.x, before.y, after.x, after.y)[2]
    return dict(zip(PLACES, (round(one) for one in metres)))


xian, beijing = moved_m("EPSG:4610", "EPSG:4490"), moved_m("EPSG:4214", "EPSG:4490")
torn = moved_m("EPSG:4214", "EPSG:4326")
transform = pyproj.Transformer.from_crs("EPSG:4610", "EPSG:4490")
try:
    refused = ""
    pyproj.Transformer.from_crs("EPSG:4610", "EPSG:4490", allow_ballpark=False)
except ProjError as error:
    refused = str(error)
print(f"version:  geopandas {geopandas.__version__}, pyproj {pyproj.__version__}, PROJ {pyproj.proj_version_str}")
print("expected: a shift of tens of metres, or an error; the same for the whole layer")
print(f"seen:     metres moved, Xian 1980 to CGCS2000 {xian}, Beijing 1954 to CGCS2000 {beijing}, to WGS 84 {torn}")
print(f"          pyproj's own words, when asked: {transform.description}, accuracy {transform.accuracy}")
print(f"          with allow_ballpark=False: {refused}")
still = {"Sichuan": 0, "Ordos": 0}
sys.exit(not (xian == beijing == still and torn["Sichuan"] == 0 and torn["Ordos"] > 10 and refused))
PY
