#!/bin/sh
# Guess:    a tooltip shows the text that it was given, a backslash too, as drawings and lists of projects have
#           it between places: 成都\绵阳\德阳.
# Happens:  folium writes the text of tooltip= as it is into a JavaScript template literal, where a backslash
#           begins an escape: the tooltip says 成都绵阳德阳. The same text as a property under GeoJsonTooltip is
#           sent as JSON and stays whole.
# Source:   folium's user guide: a tooltip is a string to display; ECMA-262, template literals, escape sequences.
# We:       text of documents and uploads is sent as JSON and set as textContent; no template of folium carries it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q folium==0.20.0 || exit 2
npm install --silent --no-fund --no-audit jsdom@26.1.0 leaflet@1.9.3 || exit 2

env/bin/python - <<'PY'
import pathlib
import folium

TEXT = "成都\\绵阳\\德阳"
canvas = folium.Map([31, 104], tiles=None)
folium.Marker([31, 104], tooltip=TEXT).add_to(canvas)
point = {"type": "Feature", "properties": {"name": TEXT}, "geometry": {"type": "Point", "coordinates": [104, 31]}}
table = folium.GeoJsonTooltip(["name"], labels=False)
folium.GeoJson({"type": "FeatureCollection", "features": [point]}, tooltip=table).add_to(canvas)
figure = canvas.get_root()
figure.render()
pathlib.Path("map.js").write_text(figure.script.render(), encoding="utf-8")
pathlib.Path("map.html").write_text(figure.html.render(), encoding="utf-8")
pathlib.Path("text").write_text(TEXT, encoding="utf-8")
PY

node - <<'JS'
const fs = require("fs"), { JSDOM } = require("jsdom");
const read = (name) => fs.readFileSync(name, "utf8");
const { window } = new JSDOM(read("map.html"), { runScripts: "outside-only" });
window.eval(read("node_modules/leaflet/dist/leaflet.js"));
window.eval(read("map.js"));
const shown = [...window.document.querySelectorAll("img.leaflet-marker-icon")].map((icon) => {
  icon.dispatchEvent(new window.MouseEvent("mouseover", { bubbles: true, clientX: 1, clientY: 1 }));
  const text = [...window.document.querySelectorAll(".leaflet-tooltip")].at(-1).textContent.trim();
  icon.dispatchEvent(new window.MouseEvent("mouseout", { bubbles: true }));
  return text;
});
console.log("version:  folium 0.20.0, Leaflet " + window.L.version);
console.log("expected: " + read("text") + " twice");
console.log(`seen:     ${shown[0]} by tooltip=, ${shown[1]} by GeoJsonTooltip`);
process.exit(shown[0] === "成都绵阳德阳" && shown[1] === read("text") ? 0 : 1);
JS
