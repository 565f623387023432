/* A planner's own layers over the atlas.
 *
 * The server sends the content of a layer once and its key from then on; a frame that does not hold
 * the content (the page was left and opened again) asks for it. All text is data of others: it
 * reaches the page through textContent alone.
 */
(function () {
  "use strict";

  const atlas = window.atlas;
  const held = new Map(); // key -> content
  let drawn = ""; // keys that stand on the map, in order
  let group = null;
  let control = null;
  let asked = "";

  const element = (tag, text, parent) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };

  /* Draw `layers`, a list of {key, words, content?}: exactly these, the first on top. */
  atlas.overlay = function (layers) {
    for (const { key, content } of layers) if (content) held.set(key, content);
    for (const key of [...held.keys()]) if (!layers.some((layer) => layer.key === key)) held.delete(key);
    const missing = layers.map((layer) => layer.key).filter((key) => !held.has(key)).join(" ");
    if (missing && missing !== asked) ask(missing);
    asked = missing;
    const wanted = JSON.stringify(layers.filter((layer) => held.has(layer.key)).map(({ key, words }) => [key, words]));
    if (wanted === drawn || !atlas.map) return;
    drawn = wanted;
    if (group) group.remove();
    if (control) control.remove();
    group = control = null;
    if (wanted === "[]") return;
    const shown = layers.filter((layer) => held.has(layer.key));
    group = L.featureGroup([...shown].reverse().flatMap((layer) => shapes(held.get(layer.key)))).addTo(atlas.map);
    [...group.getLayers()].reverse().forEach((layer) => !layer.getRadius && layer.bringToBack());
    control = legend(shown);
  };

  function ask(keys) {
    const value = { last_active_drawing: { type: "Feature", id: "", need: keys, picked: Date.now() } };
    window.__GLOBAL_DATA__.last_active_drawing = value.last_active_drawing;
    window.__GLOBAL_DATA__.previous_data = value;
    window.Streamlit.setComponentValue(value);
  }

  function shapes(content) {
    return content.features.flatMap(([cls, geometry, row]) => {
      const color = content.colors[cls];
      const made = L.geoJSON(geometry, {
        style: { renderer: atlas.canvas, color, weight: 2.5, fillColor: color, fillOpacity: 0.18 },
        pointToLayer: (_, at) =>
          L.circleMarker(at, { renderer: atlas.canvas, radius: 6, color: "#111827", weight: 1.5, fillColor: color, fillOpacity: 0.95 }),
      }).getLayers();
      for (const layer of made) {
        layer.on("click", (event) => {
          L.DomEvent.stop(event);
          L.popup({ className: "atlas-own", maxWidth: 340 }).setLatLng(event.latlng).setContent(card(content, row)).openOn(atlas.map);
        });
        layer.on("mouseover", () => {
          if (!layer.getTooltip()) layer.bindTooltip(element("bdi", row.find(Boolean) || content.name), { sticky: true, className: "atlas-tip atlas-own-tip" }).openTooltip();
        });
      }
      return made;
    });
  }

  /* The properties of a feature, a row each. */
  function card(content, row) {
    const box = element("div");
    element("b", content.name, box);
    const table = element("table", undefined, box);
    content.keys.forEach((key, i) => {
      if (!row[i]) return;
      const line = element("tr", undefined, table);
      element("th", key, line);
      element("td", row[i], line);
    });
    return box;
  }

  function legend(shown) {
    const made = L.control({ position: "topright" });
    made.onAdd = () => {
      const box = L.DomUtil.create("div", "atlas-legend atlas-own-legend");
      for (const { key, words } of shown) {
        const { name, colors, labels } = held.get(key);
        element("b", name, box);
        labels.forEach((label, i) => {
          const line = L.DomUtil.create("div", "atlas-legend-row", box);
          L.DomUtil.create("i", "atlas-swatch atlas-swatch-point", line).style.color = colors[i];
          element("span", label || (labels.length > 1 ? words.other : words.all), line);
        });
      }
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    return made.addTo(atlas.map);
  }
})();
