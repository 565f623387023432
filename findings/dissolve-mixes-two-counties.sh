#!/bin/sh
# Guess:    dissolve keeps, of the rows that it joins, the attributes of the first.
# Happens:  it keeps the first value that is not missing, column by column: 攀枝花市 without an airport and 凉山州 with one
#           become a zone called 攀枝花市 with the airport 西昌青山机场 — a row that stood in no table.
# Source:   geopandas, dissolve: aggfunc is "first" by default; its guide, Aggregation with dissolve: "first".
# We:       outlines are joined by shapely.union_all alone, and attributes of a zone are counted from its features.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q geopandas==1.2.0 pandas==3.1.1 shapely==2.2.0 || exit 2

env/bin/python - <<'PY'
import sys
import geopandas, pandas
from shapely import box

ROWS = {"zone": ["攀西", "攀西"], "prefecture": ["攀枝花市", "凉山州"], "airport": [None, "西昌青山机场"]}
zones = geopandas.GeoDataFrame(ROWS, geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)], crs="EPSG:4543")
row = zones.dissolve("zone").loc["攀西", ["prefecture", "airport"]].tolist()
print(f"version:  geopandas {geopandas.__version__}, pandas {pandas.__version__}")
print("expected: ['攀枝花市', None], the first row")
print(f"seen:     {row}")
sys.exit(row != ["攀枝花市", "西昌青山机场"])
PY
