#!/bin/sh
# Guess:    a tile that cannot hold the id or a property of a feature refuses it, or turns it into text.
# Happens:  mapbox-vector-tile leaves out an id that is text, and properties that are a list or nothing, without a
#           word; read again, every feature has the id 0. Features with ids like f-00123 can then be neither told
#           apart nor joined to their sources. The same call refuses a geometry that it does not know.
# Source:   RFC 7946, 3.2: ids may be text; Mapbox Vector Tile 2.1, 4.2: an id is optional and should be unique
#           in its layer; mapbox-vector-tile, README: `id` and `properties` are given as they are.
# We:       a rule for tiles: the id travels as a property, and lists as text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q mapbox-vector-tile==2.2.0 || exit 2

env/bin/python - <<'PY'
import importlib.metadata, sys
import mapbox_vector_tile

PROPERTIES = {"name": "攀枝花站", "zones": ["panxi"], "status": None}
given = [{"geometry": "POINT(10 20)", "properties": PROPERTIES, "id": key} for key in (7, "f-00123", "f-00124")]
tile = mapbox_vector_tile.encode([{"name": "hubs", "features": given}])
read = mapbox_vector_tile.decode(tile)["hubs"]["features"]
print("version:  mapbox-vector-tile", importlib.metadata.version("mapbox-vector-tile"))
print(f"expected: ids {[one['id'] for one in given]} or an error; properties {list(PROPERTIES)}")
print(f"seen:     ids {[one['id'] for one in read]}; properties {list(read[0]['properties'])}")
sys.exit([one["id"] for one in read] != [7, 0, 0] or read[0]["properties"] != {"name": "攀枝花站"})
PY
