/**
 * @file The map frame of the atlas: what is loaded, what is shown, what was done.
 *
 * All features are fetched once; a filter sends only which of them to show (a bit each, in file
 * order). Text from documents is data: it reaches the page through textContent alone.
 * Makes window.atlas, to which the other files add their parts; types in atlas.d.ts.
 * Tests and benchmarks read window.atlas.ready and window.atlas.shown.
 */
(function () {
  "use strict";

  const AROUND = 0.2; // of the view, drawn beyond its edges
  /** @type {Array<keyof About>} */
  const PROPERTIES = ["name", "layer", "kind", "zone", "status", "precision", "error_km", "shape", "size", "weight"];
  const EDGE_PX = 30; // round what the map goes to
  const STILL = matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** @type {Array<[name: string, z: number]>} */
  const PANES = [["relief", 205], ["base", 210], ["areas", 390], ["labels", 610], ["names", 620]];

  L.Map.mergeOptions({ zoomAnimation: !STILL, inertia: !STILL });

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    ready: false,
    shown: 0,
    pending: null,
    entries: [],
    color_by: "layer",
    selected: [],
    acts: [],

    start(map, options) {
      this.map = map;
      this.options = options;
      this.words = options.words;
      this.canvas = L.canvas({ padding: AROUND, tolerance: 4 }).addTo(map);
      for (const [name, z] of PANES) {
        const pane = map.createPane(name);
        pane.style.zIndex = String(z);
        pane.style.pointerEvents = name === "areas" ? "auto" : "none";
      }
      this.areas = L.canvas({ pane: "areas", padding: AROUND }).addTo(map);
      this.group = L.layerGroup().addTo(map);
      this.scope = L.layerGroup().addTo(map);
      this.outlines = L.layerGroup().addTo(map);
      this.grips = L.layerGroup().addTo(map);
      this.marks = L.layerGroup().addTo(map);
      this.halo = L.layerGroup().addTo(map);
      map.on("moveend", () => this.arrange());
      map.on("resize", () => this.fitted?.());
      this.notice();
      this.follow_theme();
      this.legend();
      this.tools();
      this.habits();
      this.more = this.corner("bottomright", "atlas-more");
      this.more.hidden = true;
      const features = this.get(options.features).then((table) => this.load(table)).catch((error) => this.fail(error));
      const base = this.get(options.base).then((base) => this.draw_base(base)).catch((error) => this.fail(error));
      this.begin();
      Promise.all([features, base]).then(() => /** @type {Frame | null} */ (window.frameElement)?.drawn?.());
    },

    /* The app may have hung this frame up before it had anything to tell: then all is shown, or what was told since. */
    begin() {
      const { told, dataset } = /** @type {Frame} */ (window.frameElement ?? document.body);
      if (told) this.hear(told);
      else if ("first" in dataset) this.first = true;
    },

    /* Before the app has told anything, all there is: most visits begin with it. */
    show_all() {
      const counts = Object.fromEntries(this.options.legend.map(({ key }) => [key, 0]));
      for (const { feature } of this.entries) counts[feature.properties.layer] += 1;
      const bits = btoa("\xff".repeat(Math.ceil(this.entries.length / 8)));
      this.show({ bits, selected: [], focus: "", bounds: null, layers: [], overlay: [], counts, feed: "", number: 0 });
    },

    async get(url) {
      const answer = await fetch(url);
      if (!answer.ok || !answer.body) throw new Error(`${url} ${answer.status}`);
      return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json();
    },

    /* What this browser remembers of the map from one visit to the next; some keep nothing. */
    kept(name) {
      try {
        return window.localStorage.getItem(name);
      } catch {
        return null;
      }
    },

    keep(name, value) {
      try {
        window.localStorage.setItem(name, value);
      } catch { /* it keeps nothing */ }
    },

    fail(error) {
      const box = L.DomUtil.create("div", "atlas-fail", this.map.getContainer());
      box.textContent = `${this.words.fail} ${error.message}`;
      this.tell({ drawn: true }); // what stands below is there without the map
    },

    /* Sources and the note that every map must carry stand where maps carry their attribution. */
    notice() {
      this.map.attributionControl.setPrefix(false).addAttribution(this.words.notice);
    },

    load(table) {
      /** @param {string} name */
      const column = (name) => (table.words[name] ? table.columns[name].map((number) => table.words[name][number]) : table.columns[name]);
      const columns = PROPERTIES.map(column);
      const cities = column("cities");
      this.entries = table.columns.id.map((id, index) => {
        const properties = /** @type {About} */ (Object.fromEntries(PROPERTIES.map((name, at) => [name, columns[at][index]])));
        const at = table.columns.geometry[index];
        const geometry = at === null ? null : table.geometries[at];
        const points = properties.shape === "point" ? this.points_of(/** @type {LonLat[]} */ (geometry)) : [];
        const score = this.score(properties);
        return { index, feature: { type: "Feature", id, properties, geometry }, cities: cities[index].split(" "), points, score, layer: null, on: false };
      });
      this.byId = new Map(this.entries.map((entry) => [entry.feature.id, entry]));
      this.by_score = [...this.entries].sort((a, b) => b.score - a.score);
      this.sort_shapes();
      this.loaded = true;
      if (this.pending) this.show(this.pending);
      else if (this.first) this.show_all();
    },

    /* How early a feature is drawn and named: what the plans speak of most, and of that the layers of the mission first. */
    score({ layer, kind, weight }) {
      const { layers, kinds } = this.options.ranks;
      return (kinds[kind] ?? layers[layer] ?? 1) * (1 + Math.log2(weight));
    },

    color(about) {
      const { layer_colors, zone_colors } = this.options;
      return this.color_by === "zone" ? zone_colors[about.zone] || zone_colors[""] : layer_colors[about.layer];
    },

    /* Answer the app at once: what was done on the map, with a stamp that makes it new.
     *
     * Acts are told again with the next one until the app has answered them: what is clicked while
     * the server is busy is not lost when a later word takes the place of an earlier one. */
    tell(act) {
      const stamp = Math.max(Date.now(), (this.acts.at(-1)?.stamp ?? 0) + 1);
      this.acts.push({ stamp, ...act });
      this.answer_app();
    },

    /* A frame that no page has taken yet keeps its acts. */
    answer_app() {
      /** @type {Frame | null} */ (window.frameElement)?.tell?.([...this.acts]);
    },

    /* Show the features whose bit is set; keep the view unless `focus` is new. */
    show(filter) {
      this.pending = filter;
      this.acts = this.acts.filter(({ stamp }) => stamp > (filter.answered || 0));
      this.overlay(filter.overlay);
      if (!this.loaded) return;
      if (filter.page) this.settle(filter.page);
      this.place(filter.placing);
      const bits = atob(filter.bits);
      this.shown = 0;
      for (const entry of this.entries) {
        entry.on = Boolean((bits.charCodeAt(entry.index >> 3) >> (entry.index & 7)) & 1);
        if (entry.on) this.shown += 1;
      }
      this.restate(filter.statuses || {});
      this.selected = filter.selected;
      const goes = filter.focus !== this.focus && filter.bounds;
      this.focus = filter.focus;
      this.draw_scope(filter.scope);
      this.outline(filter.outlined || []);
      this.offer_grips(filter.drawn);
      if (!this.ready) this.begin_at(filter, goes);
      else {
        this.arrange();
        if (goes) requestAnimationFrame(() => setTimeout(() => this.go_to(goes))); // once the filter itself is seen
      }
      this.count(filter.counts, filter.layers);
      this.tell_none(filter.none);
      if (filter.waited && !this.waited) requestAnimationFrame(() => this.tell({ drawn: true })); // the app sends what stands below
      this.waited ||= filter.waited;
      this.ready = true;
    },

    /* Draw what lies in the view: after every move of it, and whenever what to show has changed. */
    arrange() {
      if (!this.loaded) return;
      const around = this.map.getBounds().pad(AROUND);
      /** @type {Box} */
      const view = [around.getWest(), around.getSouth(), around.getEast(), around.getNorth()];
      const left = this.arrange_shapes(view) + this.arrange_points(view);
      this.more.textContent = this.words.more.replace("{n}", left.toLocaleString("en"));
      this.more.hidden = left === 0;
      this.name_all();
      this.mark();
    },

    /* A new map starts where the address says, else at what the filter is about; every move of it arranges. */
    begin_at({ look }, bounds) {
      if (look?.color) this.recolor(look.color);
      if (look?.base) this.choose_base(look.base);
      if (look?.legend) this.legend_box.open = look.legend === "open";
      if (look?.view) this.map.setView([look.view[0], look.view[1]], look.view[2], { animate: false });
      else if (bounds) this.go_to(bounds, { animate: false });
      else this.go_to(this.options.home, { animate: false, padding: [0, 0] });
    },

    /* A frame that changes its size is fitted again, until the planner looks elsewhere: a slow machine lays it out late. */
    go_to(bounds, how) {
      this.fitted = () => this.go_to(bounds, { ...how, animate: false });
      const { x, y } = this.map.getSize();
      if (Math.min(x, y) <= 2 * EDGE_PX) return; // a view fitted into nothing would be the nearest one
      this.map.fitBounds(bounds, { maxZoom: 10, padding: [EDGE_PX, EDGE_PX], ...(STILL && { animate: false }), ...how });
    },

    /* The area that the features were selected by. */
    draw_scope(geometry) {
      this.scope.clearLayers();
      const style = () => ({ color: "#b3262e", weight: 2, dashArray: "6 4", fillOpacity: 0.04 });
      const options = { interactive: false, renderer: this.canvas, style };
      if (geometry) this.scope.addLayer(L.geoJSON(geometry, /** @type {any} */ (options)));
    },

    /* Draw the features of `statuses` as they stood on the day that is shown, all others as they stand. */
    restate(statuses) {
      let moved = false;
      for (const entry of this.entries) {
        const about = entry.feature.properties;
        entry.stated ??= about.status;
        const status = statuses[entry.feature.id] || entry.stated;
        moved ||= status !== about.status;
        about.status = status;
      }
      if (moved) this.restyle();
    },

    restyle() {
      for (const entry of this.entries) {
        if (entry.layer) entry.layer.setStyle(this.style(entry.feature));
        for (const point of entry.points) if (point.layer) point.layer.setStyle(this.point_style(entry.feature));
      }
    },

    /* Where nothing is left, the map says so, and which filter leaves nothing. */
    tell_none(none) {
      this.none ??= L.DomUtil.create("div", "atlas-none", this.map.getContainer());
      this.none.textContent = none || "";
      this.none.hidden = !none;
    },
  };
  window.atlas = /** @type {Atlas} */ (part); // the rest comes with the other files
})();
