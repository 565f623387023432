/* The map frame of the atlas.
 *
 * All features are fetched once; a filter sends only which of them to show (a bit each, in file
 * order). Text from documents is data: it reaches the page through textContent alone.
 * Tests and benchmarks read window.atlas.ready and window.atlas.shown.
 */
(function () {
  "use strict";

  const SELECTED = "#111827";
  // Only what follows real track or a real river is drawn solid; a schematic line is dashed, by its status.
  const DASH = { operating: "14 4", completing: "14 4", under_construction: "14 4", starting: "8 5" };
  const PLANNED = "2 5"; // every status before the start of works
  const POINT_PX = [[6.5, 2.6], [7.5, 3.4], [8.5, 4.5], [Infinity, 6]]; // radius up to a zoom
  const STACK_PX = [[6, 2], [6.5, 2.4], [7.5, 3.6], [8.5, 6], [9.5, 9], [Infinity, 12]]; // spacing of points that share a place

  const step = (table, zoom) => table.find(([limit]) => zoom <= limit)[1];

  const atlas = {
    ready: false,
    shown: 0,
    pending: null,
    entries: [],
    names: {},

    start(map, options) {
      this.map = map;
      this.options = options;
      this.canvas = L.canvas({ padding: 0.3, tolerance: 4 });
      for (const [name, z] of [["base", 210], ["areas", 390], ["labels", 450]]) {
        map.createPane(name).style.zIndex = z;
        map.getPane(name).style.pointerEvents = name === "areas" ? "auto" : "none";
      }
      this.areas = L.canvas({ pane: "areas", padding: 0.3 });
      this.group = L.featureGroup().addTo(map);
      this.marks = L.featureGroup().addTo(map);
      map.on("zoomend", () => this.restack());
      L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
      this.notice();
      this.legend();
      const get = (url) => fetch(url).then((answer) => {
        if (!answer.ok) throw new Error(url + " " + answer.status);
        return answer.json();
      });
      get(options.features).then((table) => this.load(table)).catch((error) => this.fail(error));
      get(options.base).then((base) => this.draw_base(base)).catch((error) => this.fail(error));
    },

    fail(error) {
      const box = L.DomUtil.create("div", "atlas-fail", this.map.getContainer());
      box.textContent = this.options.words.fail + " " + error.message;
    },

    /* ---- base map ---------------------------------------------------------------------- */

    draw_base(base) {
      const renderer = L.canvas({ pane: "base", padding: 0.3 });
      const add = (data, style) =>
        L.geoJSON(data, { renderer, interactive: false, pane: "base", style: () => style }).addTo(this.map);
      add(base.provinces, { color: "#b9b4a7", weight: 1, fillColor: "#efede6", fillOpacity: 1 });
      add(base.sichuan, { stroke: false, fillColor: "#fdfcf9", fillOpacity: 1 });
      add(base.rivers, { color: "#a9cfe8", weight: 1.3 });
      add(base.counties, { color: "#dcd8cd", weight: 0.5, fill: false });
      add(base.prefectures, { color: "#b5ae9e", weight: 1, fill: false });
      add(base.zones, { color: "#6f6a5e", weight: 2, fill: false });
      this.labels = base.labels;
      this.map.on("zoomend", () => this.label());
      this.label();
    },

    /* Names appear with the zoom that has room for them; counties are many, and made only then. */
    label() {
      const zoom = this.map.getZoom();
      for (const [level, least] of [["prefecture", 6], ["county", 9]]) {
        this.names[level] = this.names[level] || (zoom >= least ? this.name_layer(level) : null);
        if (!this.names[level]) continue;
        if (zoom >= least) this.names[level].addTo(this.map);
        else this.names[level].remove();
      }
    },

    name_layer(level) {
      return L.layerGroup(this.labels.filter((place) => place.level === level).map((place) => {
        const text = document.createElement("span");
        text.textContent = place.name;
        const icon = L.divIcon({ className: "atlas-label atlas-" + level, html: text, iconSize: null });
        return L.marker([place.lat, place.lon], { icon, pane: "labels", interactive: false, keyboard: false });
      }));
    },

    /* Sources and the note that every map must carry stand where maps carry their attribution. */
    notice() {
      this.map.attributionControl.setPrefix(false).addAttribution(this.options.words.notice);
    },

    legend() {
      const control = L.control({ position: "bottomleft" });
      control.onAdd = () => {
        const box = L.DomUtil.create("details", "atlas-legend");
        box.open = this.map.getSize().x > 900;
        L.DomUtil.create("summary", "", box).textContent = this.options.words.legend;
        for (const entry of this.options.legend) {
          const row = L.DomUtil.create("div", "atlas-legend-row", box);
          const swatch = L.DomUtil.create("i", "atlas-swatch atlas-swatch-" + entry.shape, row);
          swatch.style.color = entry.color;
          L.DomUtil.create("span", "", row).textContent = entry.label;
        }
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      };
      control.addTo(this.map);
    },

    /* ---- features ---------------------------------------------------------------------- */

    load(table) {
      this.entries = table.features.map(({ id, geometry, ...properties }, index) => ({
        index,
        feature: { type: "Feature", id, properties, geometry: geometry === null ? null : table.geometries[geometry] },
        layers: null,
        points: [],
        on: false,
      }));
      this.order = [...this.entries].sort((a, b) => b.feature.properties.size - a.feature.properties.size);
      this.byId = new Map(this.entries.map((entry) => [entry.feature.id, entry]));
      this.loaded = true;
      if (this.pending) this.show(this.pending);
    },

    style(feature) {
      const about = feature.properties;
      const color = this.options.colors[about.layer];
      const area = about.shape === "area";
      const dash = about.precision === "network" ? null : DASH[about.status] || PLANNED;
      if (area) return { color, weight: 1, opacity: about.precision === "area" ? 0.5 : 0.3, dashArray: about.precision === "area" ? null : "4 4", fillColor: color, fillOpacity: 0 };
      const corridor = about.layer === "corridor";
      return { color, weight: corridor ? 5 : 2, opacity: corridor ? 0.3 : 0.8, dashArray: dash, lineJoin: "round" };
    },

    point(latlng, feature) {
      const about = feature.properties;
      const color = this.options.colors[about.layer];
      const sure = about.precision === "exact" || about.precision === "approximate";
      return L.circleMarker(latlng, {
        renderer: this.canvas,
        radius: step(POINT_PX, this.map.getZoom()),
        color: sure ? "#ffffff" : color,
        weight: sure ? 1 : 1.6,
        fillColor: sure ? color : "#ffffff",
        fillOpacity: sure ? 0.95 : 0.75,
      });
    },

    build(entry) {
      const { feature } = entry;
      entry.points = [];
      entry.layers = [];
      if (!feature.geometry) return;
      const area = feature.properties.shape === "area";
      entry.layers = this.shapes(feature, area ? this.areas : this.canvas, area ? "areas" : "overlayPane");
      for (const layer of entry.layers) {
        layer.feature = feature;
        layer.on("click", (event) => {
          L.DomEvent.stop(event);
          this.pick(feature);
        });
        layer.on("mouseover", () => this.hint(layer, feature));
        if (layer.getLatLng) entry.points.push({ layer, home: layer.getLatLng() });
      }
    },

    /* The layers of a feature: a circle a point, one line or polygon for all its parts. */
    shapes(feature, renderer, pane) {
      const { type, coordinates } = feature.geometry;
      const latlngs = (depth) => L.GeoJSON.coordsToLatLngs(coordinates, depth);
      const options = () => ({ ...this.style(feature), renderer, pane });
      switch (type) {
        case "Point": return [this.point(L.GeoJSON.coordsToLatLng(coordinates), feature)];
        case "MultiPoint": return latlngs(0).map((latlng) => this.point(latlng, feature));
        case "LineString": return [L.polyline(latlngs(0), options())];
        case "MultiLineString": return [L.polyline(latlngs(1), options())];
        case "Polygon": return [L.polygon(latlngs(1), options())];
        default: return [L.polygon(latlngs(2), options())];
      }
    },

    hint(layer, feature) {
      if (layer.getTooltip()) return;
      const text = document.createElement("span");
      text.textContent = feature.properties.name;
      layer.bindTooltip(text, { sticky: true, className: "atlas-tip" }).openTooltip();
    },

    pick(feature) {
      const value = { last_active_drawing: { type: "Feature", id: feature.id, picked: Date.now() } };
      window.__GLOBAL_DATA__.last_active_drawing = value.last_active_drawing;
      window.__GLOBAL_DATA__.previous_data = value;
      window.Streamlit.setComponentValue(value);
    },

    /* Show the features whose bit is set; keep the view unless `bounds` asks for another. */
    show(filter) {
      this.pending = filter;
      if (!this.loaded) return;
      const bits = atob(filter.bits);
      this.shown = 0;
      for (const entry of this.order) {
        const on = (bits.charCodeAt(entry.index >> 3) >> (entry.index & 7)) & 1;
        if (on) this.shown += 1;
        if (Boolean(on) === entry.on) continue;
        entry.on = Boolean(on);
        if (!entry.layers) this.build(entry);
        for (const layer of entry.layers) on ? this.group.addLayer(layer) : this.group.removeLayer(layer);
      }
      this.layer_areas();
      this.restack();
      this.mark(filter.selected);
      if (filter.bounds && filter.focus !== this.focus) this.map.fitBounds(filter.bounds, { maxZoom: 11, padding: [30, 30] });
      this.focus = filter.focus;
      this.ready = true;
    },

    /* What is small lies on top of what is large, so that each can be clicked. */
    layer_areas() {
      for (const entry of this.order) {
        if (entry.on && entry.feature.properties.shape === "area") entry.layers.forEach((layer) => layer.bringToFront());
      }
    },

    /* Points that share a place are laid out in a sunflower round it, so that each can be clicked. */
    restack() {
      const zoom = this.map.getZoom();
      const spacing = step(STACK_PX, zoom);
      const radius = step(POINT_PX, zoom);
      const stacks = new Map();
      for (const entry of this.entries) {
        if (!entry.on) continue;
        for (const point of entry.points) {
          const key = point.home.lat.toFixed(3) + " " + point.home.lng.toFixed(3);
          if (!stacks.has(key)) stacks.set(key, []);
          stacks.get(key).push(point);
        }
      }
      for (const stack of stacks.values()) {
        const centre = this.map.latLngToLayerPoint(stack[0].home);
        stack.forEach((point, i) => {
          const angle = i * 2.39996; // golden angle
          const away = spacing * Math.sqrt(i);
          const at = L.point(centre.x + away * Math.cos(angle), centre.y + away * Math.sin(angle));
          const place = i ? this.map.layerPointToLatLng(at) : point.home;
          if (!place.equals(point.layer.getLatLng())) point.layer.setLatLng(place); // each move asks for a redraw
          if (point.layer.getRadius() !== radius) point.layer.setRadius(radius);
        });
      }
    },

    /* Ring the selected feature, and draw how far it may be off. */
    mark(id) {
      this.marks.clearLayers();
      const entry = this.byId.get(id);
      if (!entry) return;
      if (!entry.layers) this.build(entry);
      const about = entry.feature.properties;
      for (const point of entry.points) {
        if (about.error_km) {
          this.marks.addLayer(L.circle(point.home, { renderer: this.canvas, interactive: false, radius: about.error_km * 1000, color: SELECTED, weight: 1, dashArray: "2 4", fillOpacity: 0.04 }));
        }
        this.marks.addLayer(L.circleMarker(point.layer.getLatLng(), { renderer: this.canvas, interactive: false, radius: 9, color: SELECTED, weight: 2.5, fill: false }));
      }
      for (const layer of entry.layers) {
        if (layer.getLatLng) continue;
        const options = { renderer: this.canvas, interactive: false, color: SELECTED, weight: 2, opacity: 0.9, fill: layer instanceof L.Polygon, fillOpacity: 0.12 };
        const copy = layer instanceof L.Polygon ? L.polygon(layer.getLatLngs(), options) : L.polyline(layer.getLatLngs(), options);
        this.marks.addLayer(copy);
      }
      const anchor = entry.layers[0];
      if (anchor) {
        const text = document.createElement("span");
        text.textContent = about.name;
        const at = anchor.getLatLng ? anchor.getLatLng() : anchor.getCenter();
        this.marks.addLayer(L.tooltip({ permanent: true, direction: "top", offset: [0, -8], className: "atlas-tip atlas-selected" }).setLatLng(at).setContent(text));
      }
    },
  };

  window.atlas = atlas;
})();
