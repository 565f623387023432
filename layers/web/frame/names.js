/** @file Names on the map, none over another: zones with their counts, cities, what is drawn, counties. */
(function () {
  "use strict";

  const ZONES_BELOW = 7.5; // zones are named, with counts, where the whole of them is seen
  const COUNTS_BELOW = 8; // cities carry their counts while points have no room
  const COUNTIES_FROM = 9;
  /** @type {Array<[zoom: number, most: number]>} */
  const MOST = [[8, 14], [Infinity, 40]]; // features named in one view, up to a zoom
  /** @type {Array<[x: number, y: number]>} */
  const ASIDE_PX = [[0, 0], [0, -28], [0, 28], [60, 0], [-60, 0], [60, -28], [60, 28]]; // where the name of a zone may stand
  const GAP_PX = 8;
  const LINE_PX = 16;
  const PAD_PX = 3;
  const TOOLS_PX = 48; // from the left edge
  const SMALL_PX = 80; // what tools and edges leave no name of what is selected, as the style sheet has it
  const FEW_SIGNS = 150; // in a view: names of places stand beside them, not on them
  const SIGN_PX = 7;
  const BESIDE_PX = [0, -17, 17]; // above or below its place
  const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif';
  /** @type {Record<string, [font: string, height: number]>} */
  const LOOKS = { zone: [`600 14px ${FONT}`, 36], prefecture: [`600 13px ${FONT}`, LINE_PX], county: [`11px ${FONT}`, LINE_PX], name: [`12px ${FONT}`, LINE_PX] };

  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  /** @type {Map<string, number>} */
  const widths = new Map();

  /** @param {string} text @param {string} font */
  function width(text, font) {
    const key = font + text;
    let found = widths.get(key);
    if (found === undefined) {
      pen.font = font;
      found = pen.measureText(text).width;
      widths.set(key, found);
    }
    return found;
  }

  /** Half the width of the name of what is selected, with its edges; on a small map it is written in several lines. @param {string} name @param {number} most */
  const half = (name, most) => Math.min(320, most - SMALL_PX, width(name, `600 13px ${FONT}`)) / 2 + 12;

  /** @param {Box} a @param {Box} b */
  const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    taken: [],
    sign_boxes: [],

    /* Name everything anew, in the order of what must be read first. */
    name_all() {
      if (this.all_names) this.all_names.remove();
      this.all_names = L.layerGroup().addTo(this.map);
      this.taken = [...this.taken_by_selection(), ...this.taken_by_controls()];
      this.sign_boxes = this.drawn_points.size > FEW_SIGNS ? [] : [...this.drawn_points].map((layer) => {
        const { x, y } = this.map.latLngToContainerPoint(layer.getLatLng());
        return [x - SIGN_PX, y - SIGN_PX, x + SIGN_PX, y + SIGN_PX];
      });
      const zoom = this.map.getZoom();
      const numbers = zoom < COUNTS_BELOW ? this.numbers() : null;
      if (numbers && zoom < ZONES_BELOW) this.name_zones(numbers);
      this.name_places("prefecture", numbers);
      this.name_features(zoom);
      if (zoom >= COUNTIES_FROM) this.name_places("county", null);
    },

    /* How many of the features shown lie in each prefecture and each zone. */
    numbers() {
      const found = new Map();
      const zones = new Map(this.labels.filter(({ level }) => level === "prefecture").map(({ key, zone }) => [key, zone]));
      for (const { on, cities } of this.entries) {
        if (!on) continue;
        for (const key of new Set([...cities, ...cities.map((city) => zones.get(city))])) found.set(key, (found.get(key) || 0) + 1);
      }
      return found;
    },

    name_zones(numbers) {
      for (const { key, lat, lon } of this.labels.filter(({ level }) => level === "zone")) {
        const entry = this.options.zone_legend.find((one) => one.key === key);
        const home = this.map.latLngToContainerPoint([lat, lon]);
        const places = ASIDE_PX.map((aside) => this.map.containerPointToLatLng(home.add(aside)));
        if (entry) places.some((at) => this.put("zone", at, entry.label, numbers.get(key)));
      }
    },

    name_places(level, numbers) {
      for (const place of this.labels.filter((one) => one.level === level)) {
        this.put_place(level, L.latLng(place.lat, place.lon), place.name, numbers?.get(place.key));
      }
    },

    /* The name of a place: beside the signs of what is drawn there, on them where there is no other room. */
    put_place(level, home, name, number) {
      const [font, height] = LOOKS[level];
      const wide = width(name + (number === undefined ? "" : ` ${number}`), font) / 2 + PAD_PX;
      const at = this.map.latLngToContainerPoint(home);
      const clear = BESIDE_PX.find((away) => {
        const y = at.y + away;
        const box = /** @type {Box} */ ([at.x - wide, y - height / 2, at.x + wide, y + height / 2]);
        return !this.sign_boxes.some((sign) => touch(box, sign)) && !this.taken.some((other) => touch(box, other));
      });
      this.put(level, clear ? this.map.containerPointToLatLng([at.x, at.y + clear]) : home, name, number);
    },

    /* What is drawn, from the first in rank, as many as fit. */
    name_features(zoom) {
      const [, most] = MOST.find(([limit]) => zoom < limit) || MOST[1];
      let named = 0;
      for (const entry of this.by_score) {
        if (named === most) break;
        const chosen = this.selected[0] === entry.feature.id; // named by mark_name()
        const at = entry.on && !chosen && this.anchor(entry);
        if (at && this.put("name", at, entry.feature.properties.name)) named += 1;
      }
    },

    /* Write `text` at a place unless it would lie over another or beyond the edge; tell whether it stands. */
    put(look, at, text, number) {
      const [font, height] = LOOKS[look];
      const { x, y } = this.map.latLngToContainerPoint(at);
      const counted = number === undefined ? "" : ` ${number}`;
      const wide = look === "zone" ? width(text, font) : width(text + counted, font);
      const lefts = look === "name" ? [x + GAP_PX, x - GAP_PX - wide] : [x - wide / 2]; // a feature has its name on the right, or else on the left
      const left = lefts.find((one) => this.take([one - PAD_PX, y - height / 2, one + wide + PAD_PX, y + height / 2]));
      if (left === undefined) return false;
      const label = document.createElement("span");
      if (left < x - wide) label.className = "atlas-before";
      label.textContent = text;
      if (counted) L.DomUtil.create("em", "", label).textContent = counted;
      const icon = L.divIcon({ className: `atlas-label atlas-${look}`, html: label, iconSize: /** @type {any} */ (null) });
      this.all_names?.addLayer(L.marker(at, { icon, pane: look === "name" ? "names" : "labels", interactive: false, keyboard: false }));
      return true;
    },

    /* Take a box of the map for a name; false where it passes the edge or touches what is written. */
    take(box) {
      const { x, y } = this.map.getSize();
      if (box[0] < 0 || box[1] < 0 || box[2] > x || box[3] > y || this.taken.some((other) => touch(box, other))) return false;
      this.taken.push(box);
      return true;
    },

    /* Nothing is written under the tools, the legend and the attribution. */
    taken_by_controls() {
      const ground = this.map.getContainer();
      const { left, top } = ground.getBoundingClientRect();
      return [...ground.querySelectorAll(".leaflet-control")].map((control) => {
        const box = control.getBoundingClientRect();
        return /** @type {Box} */ ([box.left - left, box.top - top, box.right - left, box.bottom - top]);
      });
    },

    /* The name of what is selected stands above it; nothing is written there. */
    taken_by_selection() {
      const entry = this.byId?.get(this.selected[0]);
      const at = entry && this.mark_at(entry);
      if (!entry || !at) return [];
      const { name } = entry.feature.properties;
      const { x, y } = this.map.latLngToContainerPoint(at).add([this.aside(at, name), 0]);
      const wide = half(name, this.map.getSize().x);
      return [[x - wide, y - 46, x + wide, y - 8]];
    },

    /* How far the name of what is selected stands aside of its place, so that it lies in the map and beside the tools. */
    aside(at, name) {
      const { x } = this.map.latLngToContainerPoint(at);
      const most = this.map.getSize().x;
      if (x < 0 || x > most) return 0;
      const left = TOOLS_PX + half(name, most);
      const right = most - half(name, most);
      return Math.round(Math.max(left, Math.min(right, x)) - x);
    },

    /* Where a name stands: beside a drawn point, or at the middle vertex of a drawn line; areas go without. */
    anchor(entry) {
      const [point] = entry.points;
      if (point) return point.layer && this.group.hasLayer(point.layer) ? point.layer.getLatLng() : null;
      const { layer } = entry;
      if (entry.feature.properties.shape !== "line" || !layer || !this.group.hasLayer(layer)) return null;
      return this.middle_vertex(layer);
    },

    middle_vertex(layer) {
      const line = /** @type {L.LatLng[]} */ (/** @type {any} */ (layer.getLatLngs()).flat(2));
      return line[line.length >> 1];
    },
  };
  Object.assign(window.atlas, part);
})();
