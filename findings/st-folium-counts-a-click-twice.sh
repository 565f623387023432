#!/bin/sh
# Guess:    one click on a marker adds one to st_folium's `last_object_clicked_count`.
# Happens:  it adds one for the marker and one for every group that the marker stands in: 2 in a FeatureGroup
#           or a GeoJson layer. The component listens to all layers of the map, and Leaflet's groups pass
#           the clicks of their members on.
# Source:   pull request 319 of streamlit-folium brought the field in as the number of clicks on layers, so
#           that an app can tell a second click on the same marker; Leaflet, FeatureGroup: events propagate.
# We:       features stand in a plain L.layerGroup, which passes nothing on, and the frame tells a click itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q streamlit-folium==0.27.4 streamlit==1.67.0 folium==0.20.0 || exit 2
npm install --silent --no-fund --no-audit jsdom@26.1.0 leaflet@1.9.3 || exit 2

env/bin/python - <<'PY'
import json, logging, pathlib
logging.disable(logging.CRITICAL)  # Streamlit says that no page is open
import folium, streamlit_folium

streamlit_folium._component_func = lambda **args: args  # what st_folium would send to the browser
canvas = folium.Map([26.6, 101.7], tiles=None)
folium.Marker([26.6, 101.7]).add_to(canvas)
folium.Marker([26.7, 101.7]).add_to(folium.FeatureGroup("stations").add_to(canvas))
point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [101.7, 26.8]}}
folium.GeoJson({"type": "FeatureCollection", "features": [point]}).add_to(canvas)
args = streamlit_folium.st_folium(canvas, key="map")
args.pop("on_change")
args |= {"js_links": [], "css_links": []}  # Leaflet is put in by hand below, not from the network
pathlib.Path("args.json").write_text(json.dumps(args))
pathlib.Path("build").symlink_to(pathlib.Path(streamlit_folium.__file__).parent / "frontend" / "build")
PY

node - <<'JS'
const fs = require("fs"), { JSDOM } = require("jsdom");
const args = JSON.parse(fs.readFileSync("args.json")), js = "build/static/js/";
const page = fs.readFileSync("build/index.html", "utf8").replace(/<script[^>]*><\/script>|<link[^>]*>/g, "");
const { window } = new JSDOM(page, { runScripts: "dangerously", pretendToBeVisual: true, url: "http://localhost/" });
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
let told = {};
Object.assign(window, { TextDecoder, TextEncoder }); // browsers have them, this DOM does not
window.parent.postMessage = (message) => { if (message.type === "streamlit:setComponentValue") told = message.value; };
window.eval(fs.readFileSync("node_modules/leaflet/dist/leaflet.js", "utf8"));
window.eval(fs.readFileSync(js + fs.readdirSync(js).find((name) => /^main.*\.js$/.test(name)), "utf8"));
(async () => {
  window.dispatchEvent(new window.MessageEvent("message", { data: { type: "streamlit:render", args } }));
  await pause(1000);
  console.log("version:  streamlit-folium 0.27.4, its own script in a DOM, Leaflet " + window.L.version);
  console.log("expected: count + 1 each time");
  const icons = window.document.querySelectorAll("img.leaflet-marker-icon"), counts = [];
  for (const [at, where] of ["on the map itself", "in a FeatureGroup", "in a GeoJson layer"].entries()) {
    const before = told.last_object_clicked_count ?? 0;
    icons[at].dispatchEvent(new window.MouseEvent("click", { bubbles: true, clientX: 1, clientY: 1 }));
    await pause(600); // the component waits 250 ms before it tells
    counts.push(told.last_object_clicked_count - before);
    console.log(`seen:     one click on the marker ${where}: count + ${counts.at(-1)}`);
  }
  process.exit(counts.join() === "1,2,2" ? 0 : 1);
})();
JS
