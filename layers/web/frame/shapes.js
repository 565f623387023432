/** @file Lines and areas: of those in the view, the first in rank, as many as the zoom has room for; the rest appear nearer. */
(function () {
  "use strict";

  // Only what follows real track or a real river is drawn solid; a schematic line is dashed, by its status.
  /** @type {Record<string, number[]>} */
  const DASH = { operating: [14, 4], completing: [14, 4], under_construction: [14, 4], building: [8, 5], starting: [8, 5] };
  const PLANNED = [2, 5]; // every status before works
  const DASHED_PX = 3; // wide lines have dashes in proportion
  /** @type {Array<[zoom: number, most: number]>} */
  const MOST = [[7, 36], [7.5, 70], [8, 140], [9, 400], [Number.POSITIVE_INFINITY, 800]]; // in one view, up to a zoom: more can be neither read nor dragged smoothly
  const FEW = 60; // always drawn, whatever the zoom
  const AREAS_ZOOM = 8; // areas of features appear with the zoom at which they can be told from the ground
  const UNIT = 1000; // of a degree, in encoded lines

  /**
   * Call `each` with latitude and longitude of every vertex of an encoded polyline (Google's algorithm).
   * @param {string} text @param {(lat: number, lng: number) => void} each
   */
  function walk(text, each) {
    let at = 0;
    const next = () => {
      let value = 0;
      for (let shift = 0, byte = 32; byte >= 32; shift += 5) {
        byte = text.charCodeAt(at++) - 63;
        value |= (byte & 31) << shift;
      }
      return value & 1 ? ~(value >> 1) : value >> 1;
    };
    for (let lat = 0, lng = 0; at < text.length; ) {
      lat += next();
      lng += next();
      each(lat / UNIT, lng / UNIT);
    }
  }

  /**
   * West, south, east and north of the lines or rings of a geometry.
   * @param {Packed} parts @returns {Box}
   */
  function box(parts) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const text of parts.flat()) {
      walk(text, (lat, lng) => {
        west = Math.min(west, lng);
        south = Math.min(south, lat);
        east = Math.max(east, lng);
        north = Math.max(north, lat);
      });
    }
    return [west, south, east, north];
  }

  /** @param {string} text @returns {L.LatLng[]} */
  function vertices(text) {
    /** @type {L.LatLng[]} */
    const found = [];
    walk(text, (lat, lng) => found.push(L.latLng(lat, lng)));
    return found;
  }

  /** @param {Box} a @param {Box} b */
  const meet = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

  /**
   * What `make` returns for a geometry, made once for all the features that share it.
   * @template T
   * @param {(geometry: Packed) => T} make
   * @returns {(geometry: Packed) => T}
   */
  function once(make) {
    const made = new WeakMap();
    return (geometry) => {
      if (!made.has(geometry)) made.set(geometry, make(geometry));
      return made.get(geometry);
    };
  }

  const extent = once(box);
  const positions = once((geometry) => window.atlas.latlngs(geometry));

  // A line may have a core: a lighter stroke along its middle, with the same dash, as railways and canals have on maps.
  const { _fillStroke } = /** @type {any} */ (L.Canvas.prototype);
  L.Canvas.include({
    /** @param {CanvasRenderingContext2D} context @param {any} layer */
    _fillStroke(context, layer) {
      _fillStroke.call(this, context, layer);
      const { core, opacity } = layer.options;
      if (!core) return;
      context.globalAlpha = opacity;
      context.lineWidth = core;
      context.strokeStyle = "#ffffff";
      context.stroke();
    },
  });

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    drawn_shapes: new Set(),
    thin: true,

    latlngs: (parts) => parts.map((one) => (Array.isArray(one) ? one.map(vertices) : vertices(one))),

    /* The entries with a line or an area: the first in rank to draw first, the largest first to lie below. */
    sort_shapes() {
      this.shapes = this.by_score.filter(({ feature, points }) => feature.geometry && !points.length);
      for (const entry of this.shapes) entry.box = extent(/** @type {Packed} */ (entry.feature.geometry));
      /** @param {Entry} entry */
      const size = ({ feature }) => feature.properties.size;
      this.areas_by_size = this.shapes.filter(size).sort((a, b) => size(b) - size(a));
    },

    style(feature) {
      const about = feature.properties;
      if (about.shape === "area") {
        const real = about.precision === "area";
        return { color: this.color(about), weight: 1, opacity: real ? 0.6 : 0.35, dashArray: real ? undefined : "4 4", fill: false };
      }
      const { lines } = this.options;
      const look = lines.styles[lines.kinds[about.kind]] || lines.styles[about.layer] || lines.styles[""];
      const color = this.color_by === "layer" && look.color ? look.color : this.color(about);
      const wide = Math.max(1, look.weight / DASHED_PX);
      const dashArray = about.precision === "network" ? undefined : (DASH[about.status] || PLANNED).map((px, at) => px * (at ? Math.sqrt(wide) : wide));
      return { color, weight: look.weight, opacity: look.opacity, core: look.core, dashArray, lineJoin: "round", lineCap: "butt" };
    },

    /* The line or the area of an entry, all its parts in one, made when it is first drawn. */
    shape_layer(entry) {
      if (entry.layer) return entry.layer;
      const { feature } = entry;
      const area = feature.properties.shape === "area";
      const options = { ...this.style(feature), renderer: area ? this.areas : this.canvas, pane: area ? "areas" : "overlayPane" };
      const at = /** @type {any} */ (positions(/** @type {Packed} */ (feature.geometry)));
      /** @type {ShapeLayer} */
      const layer = area ? L.polygon(at, options) : L.polyline(at, options);
      this.answer(layer, feature);
      entry.layer = layer;
      return layer;
    },

    /* Draw what the view has room for; return how many are left for a closer look. */
    arrange_shapes(view) {
      const found = this.shapes.filter((entry) => entry.on && entry.box && meet(entry.box, view));
      const wanted = new Set(this.first_shapes(found));
      for (const entry of this.drawn_shapes) if (!wanted.has(entry)) this.group.removeLayer(this.shape_layer(entry));
      for (const entry of wanted) if (!this.drawn_shapes.has(entry)) this.shape_layer(entry).addTo(this.group).bringToBack();
      this.drawn_shapes = wanted;
      // Points lie on lines, and what is small on what is large, so that each can be clicked.
      for (const entry of this.areas_by_size) if (wanted.has(entry)) this.shape_layer(entry).bringToFront();
      return found.length - wanted.size;
    },

    first_shapes(found) {
      const zoom = this.map.getZoom();
      const [, most] = MOST.find(([limit]) => !this.thin || zoom < limit || limit === Infinity) || MOST[0];
      if (!this.thin) return found.slice(0, MOST[MOST.length - 1][1]);
      if (found.length <= FEW) return found;
      const fit = zoom < AREAS_ZOOM ? found.filter(({ feature }) => feature.properties.shape === "line") : found;
      return fit.slice(0, most);
    },
  };
  Object.assign(window.atlas, part);
})();
