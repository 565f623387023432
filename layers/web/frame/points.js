/** @file Points: a symbol by kind; of those without room the first in rank stands for the rest; spread out where they share a place. */
(function () {
  "use strict";

  /** @typedef {Array<[zoom: number, value: number]>} Steps values up to a zoom */
  /** @type {Steps} */
  const RADIUS_PX = [[6.5, 3.8], [7.5, 4.4], [8.5, 5], [Infinity, 6.5]];
  /** @type {Steps} */
  const STACK_PX = [[7.5, 6], [8.5, 8], [9.5, 11], [Infinity, 14]]; // spacing of points that share a place
  /** @type {Steps} */
  const ROOM_PX = [[7, 44], [7.5, 34], [8, 24], [Infinity, 0]]; // between points; where there is room every point is drawn
  const FEW = 150; // points of a view that are all drawn, whatever the zoom
  const MOST = 3000; // points of a view that are drawn, however near
  const GOLDEN_ANGLE = 2.39996;

  // Outlines on the unit circle come with the options; a layer or kind without one is a circle.
  /** @param {string} symbol */
  const outline = (symbol) => window.atlas.options.symbols.outlines[symbol];

  /** @param {Steps} table @param {number} zoom */
  const step = (table, zoom) => (table.find(([limit]) => zoom < limit) || table[table.length - 1])[1];

  L.Canvas.include({
    /** @this {any} @param {any} layer */
    _updateSymbol(layer) {
      if (!this._drawing || layer._empty()) return;
      const { x, y } = layer._point;
      this._ctx.beginPath();
      for (const [dx, dy] of outline(layer.options.symbol)) this._ctx.lineTo(x + dx * layer._radius, y + dy * layer._radius);
      this._ctx.closePath();
      this._fillStroke(this._ctx, layer);
    },
  });

  const Sign = /** @type {any} */ (L.CircleMarker.extend({
    /** @this {any} */
    _updatePath() {
      if (outline(this.options.symbol)) this._renderer._updateSymbol(this);
      else /** @type {any} */ (L.CircleMarker.prototype)._updatePath.call(this);
    },
  }));

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    drawn_points: new Set(),

    points_of(lonlats) {
      return lonlats.map(([lon, lat]) => {
        const home = L.latLng(lat, lon);
        return { home, at: L.CRS.EPSG3857.latLngToPoint(home, 0), place: `${Math.round(lat * 1000)} ${Math.round(lon * 1000)}`, layer: null };
      });
    },

    point_style(feature) {
      const about = feature.properties;
      const color = this.color(about);
      const sure = about.precision === "exact" || about.precision === "approximate";
      return { color: sure ? "#ffffff" : color, weight: sure ? 0.8 : 1.5, fillColor: sure ? color : "#ffffff", fillOpacity: sure ? 0.95 : 0.8 };
    },

    symbol(about) {
      const { kinds, layers } = this.options.symbols;
      return kinds[about.kind] || layers[about.layer];
    },

    point_layer(point, entry) {
      if (point.layer) return point.layer;
      const { feature } = entry;
      /** @type {PointLayer} */
      const layer = new Sign(point.home, { renderer: this.canvas, symbol: this.symbol(feature.properties), ...this.point_style(feature) });
      layer.home = point.home;
      this.answer(layer, feature);
      point.layer = layer;
      return layer;
    },

    /* Draw the points of the view that have room; return how many features are left for a closer look. */
    arrange_points([west, south, east, north]) {
      /** @type {Placed[]} */
      const found = [];
      for (const entry of this.by_score) {
        if (!entry.on) continue;
        for (const point of entry.points) {
          const { lat, lng } = point.home;
          if (lng >= west && lng <= east && lat >= south && lat <= north) found.push([point, entry]);
        }
      }
      const zoom = this.map.getZoom();
      const kept = this.thin && found.length > FEW ? this.with_room(found, zoom) : found;
      const drawn = kept.slice(0, MOST);
      this.draw_points(drawn, zoom);
      const seen = new Set(drawn.map(([, entry]) => entry));
      return new Set(found.map(([, entry]) => entry)).size - seen.size;
    },

    /* Of points in their rank, those that keep their distance from the ones before them. */
    with_room(points, zoom) {
      const room = step(ROOM_PX, zoom);
      if (!room) return points;
      const scale = 2 ** zoom / room;
      const taken = new Set();
      return points.filter(([{ at }]) => {
        const [x, y] = [Math.floor(at.x * scale), Math.floor(at.y * scale)];
        for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) if (taken.has((x + dx) * 1e6 + y + dy)) return false;
        taken.add(x * 1e6 + y);
        return true;
      });
    },

    draw_points(points, zoom) {
      const radius = step(RADIUS_PX, zoom);
      /** @type {Set<PointLayer>} */
      const drawn = new Set();
      const stacks = new Map();
      for (const [point, entry] of points) {
        const layer = this.point_layer(point, entry);
        const at = this.spread(point, stacks, zoom);
        if (!at.equals(layer.getLatLng())) layer.setLatLng(at); // each move asks for a redraw
        if (layer.getRadius() !== radius) layer.setRadius(radius);
        drawn.add(layer);
      }
      for (const layer of this.drawn_points) if (!drawn.has(layer)) this.group.removeLayer(layer);
      for (const layer of drawn) if (!this.group.hasLayer(layer)) this.group.addLayer(layer);
      this.drawn_points = drawn;
    },

    /* Points that share a place are laid out in a sunflower round it, so that each can be clicked. */
    spread(point, stacks, zoom) {
      const i = stacks.get(point.place) || 0;
      stacks.set(point.place, i + 1);
      if (i === 0) return point.home;
      const away = step(STACK_PX, zoom) * Math.sqrt(i);
      const centre = this.map.latLngToLayerPoint(point.home);
      return this.map.layerPointToLatLng(centre.add([away * Math.cos(i * GOLDEN_ANGLE), away * Math.sin(i * GOLDEN_ANGLE)]));
    },

    /* A symbol for the legend, as the map draws it. */
    swatch(symbol, color, hollow) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "-1.6 -1.6 3.2 3.2");
      svg.setAttribute("class", "atlas-symbol");
      const corners = outline(symbol);
      const shape = document.createElementNS("http://www.w3.org/2000/svg", corners ? "polygon" : "circle");
      if (corners) shape.setAttribute("points", corners.join(" "));
      else shape.setAttribute("r", "1");
      shape.setAttribute("fill", hollow ? "#fff" : color);
      shape.setAttribute("stroke", color);
      shape.setAttribute("stroke-width", hollow ? "0.45" : "0");
      svg.append(shape);
      return svg;
    },
  };
  Object.assign(window.atlas, part);
})();
