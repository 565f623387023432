#!/bin/sh
# Guess:    one leap of a map, setView without animation, projects each vertex of a canvas layer once and empties each
#           canvas once; Leaflet's own `moveend` is where a page adds what belongs to the new view.
# Happens:  each vertex is projected twice (on `zoomend` and on `viewreset`) and the canvas is emptied twice; what a page
#           adds on `moveend` is drawn with all the rest on `viewreset`, and its surroundings once more in the next frame.
# Source:   Leaflet's reference: `moveend` fires when the center of the map stops changing, `viewreset` when the map needs
#           to redraw its content; neither tells that the first comes before the second.
# We:       layers/web/frame/drawing.js: one projection, one emptying and one drawing a leap; with 32,000 vertices of
#           boundaries the page was held up for a tenth of a second at every filter.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
npm install --silent --no-fund --no-audit leaflet@1.9.4 jsdom@24.1.3 || exit 2

cat > seen.cjs <<'JS'
const { JSDOM } = require("jsdom");
const dom = new JSDOM('<div id="map"></div>', { pretendToBeVisual: true });
for (const name of ["window", "document"]) global[name] = name === "window" ? dom.window : dom.window.document;
Object.defineProperty(global, "navigator", { value: dom.window.navigator, configurable: true });

// jsdom has no canvas: a pen that draws nothing, and a canvas that counts how often it is emptied
const counts = { projected: 0, emptied: 0, drawn: 0 };
const pen = new Proxy({}, { get: (_, name) => () => { if (name === "stroke") counts.drawn += 1; }, set: () => true });
dom.window.HTMLCanvasElement.prototype.getContext = () => pen;
Object.defineProperty(dom.window.HTMLCanvasElement.prototype, "width", { set() { counts.emptied += 1; }, get: () => 300 });
const div = document.getElementById("map");
for (const [name, px] of [["clientWidth", 800], ["clientHeight", 600]]) Object.defineProperty(div, name, { value: px });

const L = require("leaflet");
const crs = Object.create(L.CRS.EPSG3857);
const line = [[30, 103], [30.1, 104], [30.2, 105]];
const inLine = new Set(line.map(String));
crs.latLngToPoint = (at, zoom) => {
  if (inLine.has(`${at.lat},${at.lng}`)) counts.projected += 1;
  return L.CRS.EPSG3857.latLngToPoint(at, zoom);
};
const map = L.map(div, { crs, renderer: L.canvas(), zoomAnimation: false }).setView([30, 104], 6);
L.polyline(line).addTo(map);
map.on("moveend", () => L.polyline([[30, 103.5], [30.3, 104.5]]).addTo(map));
setTimeout(() => {
  Object.assign(counts, { projected: 0, emptied: 0, drawn: 0 });
  map.setView([30.1, 104.1], 8, { animate: false });
  setTimeout(() => {
    console.log(`version:  leaflet ${L.version}`);
    console.log("expected: 3 vertices projected, 1 canvas emptied once, 2 lines drawn");
    console.log(`seen:     ${counts.projected} vertices projected, emptied ${counts.emptied} times, ${counts.drawn} lines drawn`);
    process.exit(counts.projected > 3 && counts.emptied > 1 && counts.drawn > 2 ? 0 : 1);
  }, 200);
}, 200);
JS
node seen.cjs
