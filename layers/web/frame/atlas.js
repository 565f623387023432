/* The map frame of the atlas: what is loaded, what is shown, what was clicked.
 *
 * All features are fetched once; a filter sends only which of them to show (a bit each, in file
 * order). Text from documents is data: it reaches the page through textContent alone.
 * The other files of this folder add to window.atlas: base.js, shapes.js, points.js, names.js, legend.js, tools.js, sync.js, overlay.js, theme.js.
 * Tests and benchmarks read window.atlas.ready and window.atlas.shown.
 */
(function () {
  "use strict";

  const SELECTED = "#111827";
  const AROUND = 0.2; // of the view, drawn beyond its edges
  const PROPERTIES = ["name", "layer", "kind", "zone", "status", "precision", "error_km", "shape", "size", "weight"];
  const STILL = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const PANES = [["relief", 205], ["base", 210], ["areas", 390], ["labels", 610], ["names", 620]];

  L.Map.mergeOptions({ zoomAnimation: !STILL, inertia: !STILL });

  window.atlas = {
    ready: false,
    shown: 0,
    pending: null,
    entries: [],
    color_by: "layer",
    selected: [],

    start(map, options) {
      this.map = map;
      this.options = options;
      this.words = options.words;
      this.canvas = L.canvas({ padding: AROUND, tolerance: 4 });
      for (const [name, z] of PANES) {
        map.createPane(name).style.zIndex = z;
        map.getPane(name).style.pointerEvents = name === "areas" ? "auto" : "none";
      }
      this.areas = L.canvas({ pane: "areas", padding: AROUND });
      this.group = L.layerGroup().addTo(map); // groups of features pass clicks on, and st_folium would tell each a second time
      this.scope = L.layerGroup().addTo(map);
      this.marks = L.layerGroup().addTo(map);
      this.halo = L.layerGroup().addTo(map);
      map.on("moveend", () => this.arrange());
      this.notice();
      this.follow_theme();
      this.legend();
      this.tools();
      this.more = this.corner("bottomright", "atlas-more");
      this.more.hidden = true;
      const get = async (url) => {
        const answer = await fetch(url);
        if (!answer.ok) throw new Error(url + " " + answer.status);
        return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json();
      };
      get(options.features).then((table) => this.load(table)).catch((error) => this.fail(error));
      get(options.base).then((base) => this.draw_base(base)).catch((error) => this.fail(error));
    },

    fail(error) {
      const box = L.DomUtil.create("div", "atlas-fail", this.map.getContainer());
      box.textContent = this.words.fail + " " + error.message;
    },

    /* Sources and the note that every map must carry stand where maps carry their attribution. */
    notice() {
      this.map.attributionControl.setPrefix(false).addAttribution(this.words.notice);
    },

    load(table) {
      const column = (name) => (table.words[name] ? table.columns[name].map((number) => table.words[name][number]) : table.columns[name]);
      const [names, layers, kinds, zones, statuses, precisions, errors, forms, sizes, weights] = PROPERTIES.map(column);
      this.entries = table.columns.id.map((id, i) => {
        const properties = {
          name: names[i], layer: layers[i], kind: kinds[i], zone: zones[i], status: statuses[i], precision: precisions[i],
          error_km: errors[i], shape: forms[i], size: sizes[i], weight: weights[i],
        };
        const at = table.columns.geometry[i];
        const geometry = at === null ? null : table.geometries[at];
        const points = forms[i] === "point" ? this.points_of(geometry) : [];
        return { index: i, feature: { type: "Feature", id, properties, geometry }, layer: null, points, on: false };
      });
      this.byId = new Map(this.entries.map((entry) => [entry.feature.id, entry]));
      this.sort_shapes();
      this.loaded = true;
      if (this.pending) this.show(this.pending);
    },

    color(about) {
      const { layer_colors, zone_colors } = this.options;
      return this.color_by === "zone" ? zone_colors[about.zone] || zone_colors[""] : layer_colors[about.layer];
    },

    /* A layer that is a feature: it opens on a click and tells its name under the pointer. */
    answer(layer, feature) {
      layer.feature = feature;
      layer.on("click", (event) => {
        if (this.drawing) return;
        L.DomEvent.stop(event);
        this.tell({ id: feature.id });
      });
      layer.on("mouseover", () => this.hint(layer, feature));
      layer.on("mouseout", () => this.halo.clearLayers());
    },

    hint(layer, feature) {
      if (!layer.getTooltip()) {
        const text = document.createElement("span");
        text.textContent = feature.properties.name;
        layer.bindTooltip(text, { sticky: true, className: "atlas-tip" }).openTooltip();
      }
      const { error_km: error } = feature.properties;
      if (layer.getLatLng && error) this.halo.addLayer(this.error_circle(layer.home || layer.getLatLng(), error));
    },

    error_circle(latlng, error_km) {
      return L.circle(latlng, { renderer: this.canvas, interactive: false, radius: error_km * 1000, color: SELECTED, weight: 1, dashArray: "2 4", fillOpacity: 0.05 });
    },

    /* Answer the app at once: what was done on the map, with a stamp that makes it new. */
    tell(act) {
      const value = { last_active_drawing: { type: "Feature", stamp: Date.now(), ...act } };
      window.__GLOBAL_DATA__.last_active_drawing = value.last_active_drawing;
      window.__GLOBAL_DATA__.previous_data = value;
      window.Streamlit.setComponentValue(value);
    },

    /* Show the features whose bit is set; keep the view unless `focus` is new. */
    show(filter) {
      this.pending = filter;
      this.overlay(filter.overlay);
      if (!this.loaded) return;
      if (filter.page) this.settle(filter.page);
      const bits = atob(filter.bits);
      this.shown = 0;
      for (const entry of this.entries) {
        entry.on = Boolean((bits.charCodeAt(entry.index >> 3) >> (entry.index & 7)) & 1);
        if (entry.on) this.shown += 1;
      }
      this.selected = filter.selected;
      const goes = filter.bounds && filter.focus !== this.focus;
      this.focus = filter.focus;
      if (this.ready) {
        this.arrange();
        if (goes) requestAnimationFrame(() => this.go_to(filter.bounds)); // once the filter itself is seen
      } else this.begin_at(filter.view, goes && filter.bounds);
      this.draw_scope(filter.scope);
      this.count(filter.counts, filter.layers);
      this.ready = true;
    },

    /* Draw what lies in the view: after every move of it, and whenever what to show has changed. */
    arrange() {
      if (!this.loaded) return;
      const around = this.map.getBounds().pad(AROUND);
      const view = [around.getWest(), around.getSouth(), around.getEast(), around.getNorth()];
      this.arrange_shapes(view);
      this.arrange_points(view);
      this.name_features();
      this.mark();
    },

    /* A new map starts where the address says, else at what the filter is about; every move of it arranges. */
    begin_at(view, bounds) {
      if (view) this.map.setView([view[0], view[1]], view[2], { animate: false });
      else if (bounds) this.go_to(bounds, { animate: false });
      else this.arrange();
    },

    go_to(bounds, how) {
      this.map.fitBounds(bounds, { maxZoom: 10, padding: [30, 30], ...(STILL && { animate: false }), ...how });
    },

    /* The area that the features were selected by. */
    draw_scope(geometry) {
      this.scope.clearLayers();
      if (!geometry) return;
      const style = { color: "#b3262e", weight: 2, dashArray: "6 4", fillOpacity: 0.04 };
      this.scope.addLayer(L.geoJSON(geometry, { interactive: false, renderer: this.canvas, style: () => style }));
    },

    restyle() {
      for (const entry of this.entries) {
        if (entry.layer) entry.layer.setStyle(this.style(entry.feature));
        for (const point of entry.points) if (point.layer) point.layer.setStyle(this.point_style(entry.feature));
      }
    },

    /* Ring the selected features and name the first; draw how far they may be off. */
    mark() {
      this.marks.clearLayers();
      this.selected.forEach((id, i) => {
        const entry = this.byId.get(id);
        if (!entry) return;
        this.mark_points(entry);
        if (entry.box) this.mark_shape(this.shape_layer(entry));
        if (i === 0) this.mark_name(entry);
      });
    },

    mark_points(entry) {
      const error = entry.feature.properties.error_km;
      for (const point of entry.points) {
        if (error) this.marks.addLayer(this.error_circle(point.home, error));
        const at = point.layer ? point.layer.getLatLng() : point.home;
        this.marks.addLayer(L.circleMarker(at, { renderer: this.canvas, interactive: false, radius: 10, color: SELECTED, weight: 2.5, fill: false }));
      }
    },

    mark_shape(layer) {
      const options = { renderer: this.canvas, interactive: false, color: SELECTED, weight: 2, opacity: 0.9, fill: layer instanceof L.Polygon, fillOpacity: 0.12 };
      const latlngs = layer.getLatLngs();
      this.marks.addLayer(layer instanceof L.Polygon ? L.polygon(latlngs, options) : L.polyline(latlngs, options));
    },

    mark_name(entry) {
      const area = entry.feature.properties.shape === "area";
      const at = area ? entry.layer.getBounds().getCenter() : this.anchor(entry) || (entry.points[0] && entry.points[0].home);
      if (!at) return;
      const text = document.createElement("span");
      text.textContent = entry.feature.properties.name;
      const tip = L.tooltip({ permanent: true, direction: "top", offset: [0, -8], className: "atlas-tip atlas-selected" });
      this.marks.addLayer(tip.setLatLng(at).setContent(text));
    },
  };
})();
