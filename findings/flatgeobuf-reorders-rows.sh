#!/bin/sh
# Guess:    a layer comes back from a file in the order in which it was written, as from GeoPackage, GeoJSON or
#           Shapefile: a list of projects keeps its numbering.
# Happens:  FlatGeobuf as GDAL writes it by default is sorted along a Hilbert curve for its index: 一 二 三 四 comes back
#           as 一 三 四 二, so that a column that lies beside it (numbers, a second table) fits other rows.
#           SPATIAL_INDEX=NO keeps the order.
# Source:   GDAL, FlatGeobuf driver: SPATIAL_INDEX is described as whether an index is made, not as an order;
#           geopandas, to_file: writes the GeoDataFrame.
# We:       the FlatGeobuf export is written with SPATIAL_INDEX=NO and keeps the order of the selection.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q geopandas==1.2.0 pyogrio==0.13.0 || exit 2

env/bin/python - <<'PY'
import sys
import geopandas, pyogrio

places = geopandas.points_from_xy([108.0, 98.0, 103.0, 101.0], [32.0, 26.0, 30.0, 33.0])
projects = geopandas.GeoDataFrame({"number": list("一二三四")}, geometry=places, crs=4326)


def order(path, **options):
    projects.to_file(path, **options)
    return "".join(geopandas.read_file(path)["number"])


others = {order("list.gpkg"), order("list.geojson"), order("list.shp", encoding="UTF-8")}
sorted_, plain = order("list.fgb"), order("plain.fgb", SPATIAL_INDEX="NO")
print(f"version:  geopandas {geopandas.__version__}, GDAL {pyogrio.__gdal_version_string__}")
print(f"expected: 一二三四, as from GeoPackage, GeoJSON and Shapefile: {others}")
print(f"seen:     {sorted_} from FlatGeobuf, {plain} with SPATIAL_INDEX=NO")
sys.exit(not (others == {"一二三四"} == {plain} and sorted_ == "一三四二"))
PY
