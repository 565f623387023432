#!/bin/sh
# Guess:    the id of a GeoJSON feature is read into the table, or is not, whether it is "f-00123" or 123.
# Happens:  GDAL makes text ids a column `id` and drops numbers without a word: a file with "id": 7 comes in without
#           ids. Where some features have a property of that name too, one column holds both kinds: the property
#           where there is one, the feature's id elsewhere.
# Source:   RFC 7946, 3.2: the id of a feature is a string or a number, and either identifies it.
# We:       ids are text (f-00123) and stand twice, as the feature's id and as a property; uploads are read as JSON.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q geopandas==1.2.0 pyogrio==0.13.0 || exit 2

env/bin/python - <<'PY'
import json, sys
import geopandas, pyogrio


def read(*features):
    """The table, without its points, of features given as (id, properties)."""
    point = {"type": "Point", "coordinates": [101.7, 26.6]}
    made = [{"type": "Feature", "id": key, "properties": row, "geometry": point} for key, row in features]
    with open("ids.geojson", "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": made}, file)
    return geopandas.read_file("ids.geojson").drop(columns="geometry").to_dict("records")


name = {"name": "攀枝花站"}
text = read(("f-7", name), ("f-8", name))
number = read((7, name), (8, name))
mixed = read(("f-7", name | {"id": "本地编号 1"}), ("f-8", name))
print(f"version:  geopandas {geopandas.__version__}, GDAL {pyogrio.__gdal_version_string__}")
print("expected: a column `id` for both kinds, or for neither; properties kept apart from it")
print(f"seen:     text {text}\n          numbers {number}\n          text beside a property {mixed}")
ids = [[row.get("id") for row in rows] for rows in (text, number, mixed)]
sys.exit(ids != [["f-7", "f-8"], [None, None], ["本地编号 1", "f-8"]])
PY
