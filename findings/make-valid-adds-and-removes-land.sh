#!/bin/sh
# Guess:    make_valid repairs the outline of a zone and leaves its land as it was.
# Happens:  the default method takes all rings for lines and keeps what lies inside an odd number of them, holes
#           or not. A hole that reaches 2 m over the edge becomes 8 m² of land outside; an island drawn inside another
#           part becomes a hole; a loop is a hole where it crosses itself. method="structure" takes shells as land
#           and holes as holes: 92, 100 and 44 m².
# Source:   shapely, make_valid: repairs a geometry without losing vertices; OGC 06-103r4, 6.1.11: an exterior
#           ring bounds the area, interior rings bound holes in it.
# We:       own layers and areas of selection are repaired with method="structure", keep_collapsed=False.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q shapely==2.2.0 geopandas==1.2.0 || exit 2

env/bin/python - <<'PY'
import sys
import geopandas, shapely
from shapely import MultiPolygon, Polygon, box

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]
ZONES = {
    "hole over the edge": Polygon(SQUARE, [[(8, 2), (12, 2), (12, 6), (8, 6)]]),
    "part inside a part": MultiPolygon([Polygon(SQUARE), box(2, 2, 4, 4)]),
    "outline with a loop": Polygon([(0, 0), (6, 0), (6, 6), (2, 6), (2, 2), (4, 2), (4, 8), (0, 8)]),
}
zones = geopandas.GeoSeries(ZONES.values(), crs="EPSG:4543")
plain, shells = zones.make_valid().area, zones.make_valid(method="structure").area
print(f"version:  geopandas {geopandas.__version__}, shapely {shapely.__version__}, GEOS {shapely.geos_version_string}")
print("expected: land inside a shell stays, land outside all shells is not made")
for name, default, structure in zip(ZONES, plain, shells):
    print(f"seen:     {name}: {default:g} m² by default, {structure:g} m² with method='structure'")
sys.exit([*plain, *shells] != [100, 96, 36, 92, 100, 44])
PY
