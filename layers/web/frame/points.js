/* Points: a symbol by kind, gathered into counts where there is no room, spread out where they share a place. */
(function () {
  "use strict";

  const RADIUS_PX = [[6.5, 3.4], [7.5, 4.2], [8.5, 5], [Infinity, 6.5]]; // up to a zoom
  const STACK_PX = [[7.5, 6], [8.5, 8], [9.5, 11], [Infinity, 14]]; // spacing of points that share a place
  const CLUSTER_ZOOM = 8; // from here on every point is drawn
  const CELL_PX = 46;
  const CELL_MOST = 4; // points of a cell that are still drawn one by one
  const APART_PX = 34; // counts closer than this become one
  const MOST = 3000; // points of a view that are drawn one by one, however near
  const GOLDEN_ANGLE = 2.39996;

  // Outlines on the unit circle come with the options; a layer or kind without one is a circle.
  const outline = (symbol) => window.atlas.options.symbols.outlines[symbol];

  const step = (table, zoom) => table.find(([limit]) => zoom <= limit)[1];

  L.Canvas.include({
    _updateSymbol(layer) {
      if (!this._drawing || layer._empty()) return;
      const { x, y } = layer._point;
      this._ctx.beginPath();
      for (const [dx, dy] of outline(layer.options.symbol)) this._ctx.lineTo(x + dx * layer._radius, y + dy * layer._radius);
      this._ctx.closePath();
      this._fillStroke(this._ctx, layer);
    },
  });

  const Symbol = L.CircleMarker.extend({
    _updatePath() {
      if (outline(this.options.symbol)) this._renderer._updateSymbol(this);
      else L.CircleMarker.prototype._updatePath.call(this);
    },
  });

  Object.assign(window.atlas, {
    clustered: true,
    bubbles: null,
    drawn_points: new Set(),

    points_of(lonlats) {
      return lonlats.map(([lon, lat]) => {
        const home = L.latLng(lat, lon);
        return { home, at: L.CRS.EPSG3857.latLngToPoint(home, 0), place: Math.round(lat * 1000) + " " + Math.round(lon * 1000), layer: null };
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
      point.layer = new Symbol(point.home, { renderer: this.canvas, symbol: this.symbol(feature.properties), ...this.point_style(feature) });
      point.layer.home = point.home;
      this.answer(point.layer, feature);
      return point.layer;
    },

    /* Draw the points of the view: as counts of a grid where there is no room, else one by one. */
    arrange_points([west, south, east, north]) {
      const zoom = this.map.getZoom();
      const found = [];
      for (const entry of this.entries) {
        if (!entry.on) continue;
        for (const point of entry.points) {
          const { lat, lng } = point.home;
          if (lng >= west && lng <= east && lat >= south && lat <= north) found.push([point, entry]);
        }
      }
      const gather = found.length > MOST || (this.clustered && zoom < CLUSTER_ZOOM);
      const cells = gather ? this.cells(found, zoom) : [found];
      const many = ({ length }) => gather && length > CELL_MOST;
      this.draw_bubbles(cells.filter(many));
      this.draw_points(cells.filter((cell) => !many(cell)), zoom);
    },

    cells(points, zoom) {
      const cells = new Map();
      const scale = 2 ** zoom / CELL_PX;
      for (const one of points) {
        const { x, y } = one[0].at;
        const key = Math.floor(x * scale) * 1e6 + Math.floor(y * scale);
        if (cells.has(key)) cells.get(key).push(one);
        else cells.set(key, [one]);
      }
      return [...cells.values()];
    },

    draw_points(cells, zoom) {
      const radius = step(RADIUS_PX, zoom);
      const drawn = new Set();
      for (const cell of cells) {
        const stacks = new Map();
        for (const [point, entry] of cell) {
          const layer = this.point_layer(point, entry);
          const at = this.spread(point, stacks, zoom);
          if (!at.equals(layer.getLatLng())) layer.setLatLng(at); // each move asks for a redraw
          if (layer.getRadius() !== radius) layer.setRadius(radius);
          drawn.add(layer);
        }
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

    draw_bubbles(cells) {
      if (this.bubbles) this.bubbles.remove();
      this.bubbles = L.layerGroup(this.apart(cells).map((cell) => this.bubble(cell))).addTo(this.map);
    },

    /* Cells whose middles lie too close to tell apart are gathered into one, from the largest. */
    apart(cells) {
      const kept = [];
      for (const points of [...cells].sort((a, b) => b.length - a.length)) {
        const at = this.map.latLngToLayerPoint(this.middle(points));
        const near = kept.find((other) => other.at.distanceTo(at) < APART_PX);
        if (near) near.points.push(...points);
        else kept.push({ at, points: [...points] });
      }
      return kept.map(({ points }) => points);
    },

    middle(points) {
      let [lat, lng] = [0, 0];
      for (const [{ home }] of points) {
        lat += home.lat / points.length;
        lng += home.lng / points.length;
      }
      return L.latLng(lat, lng);
    },

    /* A count with a ring that tells its colours apart; a click goes closer. */
    bubble(cell) {
      const colors = new Map();
      for (const [, entry] of cell) {
        const color = this.color(entry.feature.properties);
        colors.set(color, (colors.get(color) || 0) + 1);
      }
      const size = Math.min(40, 18 + 3.2 * Math.sqrt(cell.length));
      const ring = document.createElement("div");
      ring.className = "atlas-bubble";
      ring.style.background = this.ring(colors, cell.length);
      const text = document.createElement("span");
      text.textContent = cell.length;
      ring.append(text);
      const icon = L.divIcon({ className: "atlas-bubble-icon", html: ring, iconSize: [size, size] });
      const title = this.words.bubble.replace("{n}", cell.length);
      return L.marker(this.middle(cell), { icon, title, alt: title }).on("click", () => {
        const bounds = L.latLngBounds(cell.map(([point]) => point.home));
        if (!this.drawing) this.map.fitBounds(bounds.pad(0.2), { maxZoom: Math.max(CLUSTER_ZOOM, this.map.getZoom() + 1.5) });
      });
    },

    ring(colors, total) {
      let from = 0;
      const parts = [...colors].sort((a, b) => b[1] - a[1]).map(([color, number]) => {
        const to = from + number / total;
        const part = `${color} ${from.toFixed(3)}turn ${to.toFixed(3)}turn`;
        from = to;
        return part;
      });
      return `conic-gradient(${parts.join(",")})`;
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
  });
})();
