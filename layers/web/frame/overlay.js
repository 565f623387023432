/**
 * @file A planner's own layers over the atlas.
 *
 * The app sends the content of a layer once and its key from then on, with other colours where they change; a frame that does not hold the
 * content (the page was left and opened again) asks for it. All text is data of others: it reaches the
 * page through textContent alone. Tests read atlas.own, the layers that stand on the map.
 */
(function () {
  "use strict";

  const { atlas } = window;
  const INK = "#111827";
  /** @type {Map<string, Content>} */
  const held = new Map();
  /** @type {Set<number>} */
  const seen = new Set(); // ids of the layers that the view was once moved to
  let drawn = "[]"; // what stands on the map
  let asked = "";
  /** @type {L.Control | null} */
  let legend = null;

  /** @param {string} tag @param {string} text @param {Element} [parent] */
  const element = (tag, text, parent) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };

  /* Draw exactly `layers`, a list of {id, key, words, content?}, the first on top. */
  /** @this {Atlas} @param {Sent[]} layers */
  atlas.overlay = function (layers) {
    for (const { key, content } of layers) if (content) held.set(key, content);
    for (const key of held.keys()) if (!layers.some((layer) => layer.key === key)) held.delete(key);
    const missing = layers.map(({ key }) => key).filter((key) => !held.has(key)).join(" ");
    if (missing && missing !== asked) this.tell({ need: missing });
    asked = missing;
    const there = layers.filter(({ key }) => held.has(key));
    const wanted = JSON.stringify(there.map(({ key, words, coloured }) => [key, words, coloured]));
    if (wanted === drawn) return;
    drawn = wanted;
    if (this.own) this.own.remove();
    if (legend) legend.remove();
    this.own = L.layerGroup(there.map(layer_of).reverse()).addTo(this.map);
    legend = there.length ? legend_of(there).addTo(this.map) : null;
    move_to_new(there);
  };

  /** @param {Sent} sent @returns {Content} what it is made of, in the colours of now */
  function content_of({ key, coloured }) {
    const content = /** @type {Content} */ (held.get(key));
    if (!coloured) return content;
    const { colors, labels, classes } = coloured;
    return { ...content, colors, labels, features: content.features.map(([, shape, row], at) => [classes[at], shape, row]) };
  }

  /** @param {Sent} sent @returns {OwnLayer} */
  function layer_of(sent) {
    const { key } = sent;
    const content = content_of(sent);
    /** @type {OwnLayer} */
    const made = L.layerGroup(content.features.flatMap((feature, at) => shapes(content, feature, at)));
    made.on("add", () => made.eachLayer((layer) => { if (layer instanceof L.Polygon) layer.bringToBack(); }));
    made.key = key;
    return made;
  }

  /** @param {Sent[]} there */
  function move_to_new(there) {
    const fresh = there.filter(({ id }) => !seen.has(id));
    if (!fresh.length) return;
    for (const { id } of fresh) seen.add(id);
    const bounds = L.latLngBounds([]);
    for (const made of /** @type {OwnLayer[]} */ (atlas.own?.getLayers() ?? [])) {
      if (!fresh.some(({ key }) => key === made.key)) continue;
      made.eachLayer((layer) => bounds.extend(layer instanceof L.CircleMarker ? layer.getLatLng() : /** @type {L.Polyline} */ (layer).getBounds()));
    }
    atlas.map.fitBounds(bounds, { maxZoom: 11, padding: [30, 30], animate: false });
  }

  /** @param {Content} content @param {Content["features"][number]} feature @param {number} at its number in the content */
  function shapes(content, [cls, geometry, row], at) {
    const color = content.colors[cls];
    const options = {
      style: (/** @type {any} */ { geometry: { type } }) => (type.endsWith("Point") ? {} : { color, weight: 2.5, fillColor: color, fillOpacity: 0.2 }),
      renderer: atlas.canvas,
      pointToLayer: (/** @type {any} */ _, /** @type {L.LatLng} */ at) => L.circleMarker(at, { renderer: atlas.canvas, radius: 6, color: INK, weight: 1.5, fillColor: color, fillOpacity: 0.95 }),
    };
    const made = L.geoJSON(geometry, /** @type {any} */ (options)).getLayers();
    for (const layer of made) {
      layer.on("click", (event) => {
        if (atlas.drawing || atlas.way) return;
        L.DomEvent.stop(event);
        if (atlas.pending?.opens) atlas.tell({ own: at });
        else L.popup({ className: "atlas-own", maxWidth: 340 }).setLatLng(event.latlng).setContent(card(content, row)).openOn(atlas.map);
      });
      layer.on("mouseover", () => {
        if (!layer.getTooltip()) layer.bindTooltip(element("bdi", row.find(Boolean) || content.name), { sticky: true, className: "atlas-tip" }).openTooltip();
      });
    }
    return made;
  }

  /**
   * The properties of a feature, a row each.
   * @param {Content} content @param {string[]} row
   */
  function card(content, row) {
    const box = document.createElement("div");
    element("b", content.name, box);
    const table = box.appendChild(document.createElement("table"));
    content.keys.forEach((key, i) => {
      if (!row[i]) return;
      const line = table.insertRow();
      element("th", key, line);
      element("td", row[i], line);
    });
    return box;
  }

  /** @param {Sent[]} there */
  function legend_of(there) {
    const control = new L.Control({ position: "topright" });
    control.onAdd = () => {
      const box = L.DomUtil.create("div", "atlas-legend atlas-own-legend");
      for (const sent of there) {
        const { name, colors, labels } = content_of(sent);
        element("b", name, box);
        labels.forEach((label, i) => {
          const row = L.DomUtil.create("div", "atlas-legend-row", box);
          row.append(atlas.swatch("", colors[i]));
          element("span", label || (labels.length > 1 ? sent.words.other : sent.words.all), row);
        });
      }
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    return control;
  }
})();
