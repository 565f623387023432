#!/bin/sh
# Guess:    a server of OGC API - Features answers 400 to a parameter that it does not know or cannot obey.
# Happens:  pygeoapi over a GeoJSON file filters by layer=park, but a slip in the name (leyer=park), a CQL filter and a
#           text search are passed over: status 200, all features, and numberMatched says that all of them match.
#           sortby is passed over too. A client that filters so works on the wrong list and cannot know.
# Source:   OGC 17-069r4, /req/core/query-param-unknown: a parameter outside the API's definition gets status 400;
#           pygeoapi is the reference implementation, and its documentation tells per provider what is supported.
# We:       a rule for the API: what it does not know is refused, and a test asks with a slip.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q pygeoapi==0.21.0 || exit 2

cat > config.yml <<'YAML'
server: {bind: {host: 127.0.0.1, port: 5000}, url: "http://localhost:5000", mimetype: application/json, encoding: utf-8,
  languages: [en-US], limits: {default_items: 10, max_items: 10}, map: {url: "http://localhost/{z}/{x}/{y}", attribution: none}}
logging: {level: ERROR}
metadata:
  identification: {title: t, description: d, keywords: [k], keywords_type: theme, terms_of_service: none, url: "http://localhost"}
  license: {name: none, url: "http://localhost"}
  provider: {name: none, url: "http://localhost"}
  contact: {name: none, email: none@example.org, url: "http://localhost"}
resources:
  plans: {type: collection, title: t, description: d, keywords: [k], links: [], extents: {spatial: {bbox: [97, 26, 109, 35]}},
    providers: [{type: feature, name: GeoJSON, data: plans.geojson, id_field: id}]}
YAML
export PYGEOAPI_CONFIG=config.yml PYGEOAPI_OPENAPI=openapi.yml
env/bin/python - <<'PY'
import importlib.metadata, json, subprocess, sys

ROWS = [("攀枝花站", "transport", [101.7, 26.6]), ("成都高新区", "park", [104.1, 30.6]), ("广元站", "transport", [105.8, 32.4])]
made = [{"type": "Feature", "id": f"f-{at}", "properties": {"name": name, "layer": layer},
         "geometry": {"type": "Point", "coordinates": place}} for at, (name, layer, place) in enumerate(ROWS)]
with open("plans.geojson", "w", encoding="utf-8") as file:
    json.dump({"type": "FeatureCollection", "features": made}, file)
subprocess.check_call(["env/bin/pygeoapi", "openapi", "generate", "config.yml", "--output-file", "openapi.yml"],
                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
from pygeoapi.flask_app import APP

print("version:  pygeoapi", importlib.metadata.version("pygeoapi"))
print("expected: 1 of 1 to the first, 400 to the next three; names in order to the last")
seen = []
for query in ("layer=park", "leyer=park", "filter=layer='park'", "q=高新区", "sortby=-name"):
    answer = APP.test_client().get("/collections/plans/items", query_string=query)
    found = answer.get_json()
    seen.append((answer.status_code, found["numberReturned"], found["numberMatched"]))
    names = " ".join(one["properties"]["name"] for one in found["features"])
    print(f"seen:     {query}: {seen[-1][0]}, {seen[-1][1]} of {seen[-1][2]}: {names}")
first_names = names == "攀枝花站 成都高新区 广元站"
sys.exit(seen != [(200, 1, 1)] + [(200, 3, 3)] * 4 or not first_names)
PY
