/* Lines and areas: of those in the view, the most cited, as many as a map can show; the rest appear nearer. */
(function () {
  "use strict";

  // Only what follows real track or a real river is drawn solid; a schematic line is dashed, by its status.
  const DASH = { operating: "14 4", completing: "14 4", under_construction: "14 4", starting: "8 5" };
  const PLANNED = "2 5"; // every status before the start of works
  const MOST = 1500; // in one view: more can be neither read nor dragged smoothly
  const DEPTH = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 };

  /* West, south, east and north of nested positions. */
  function box(coordinates, found = [Infinity, Infinity, -Infinity, -Infinity]) {
    if (typeof coordinates[0] !== "number") for (const part of coordinates) box(part, found);
    else {
      const [lon, lat] = coordinates;
      if (lon < found[0]) found[0] = lon;
      if (lat < found[1]) found[1] = lat;
      if (lon > found[2]) found[2] = lon;
      if (lat > found[3]) found[3] = lat;
    }
    return found;
  }

  const meet = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

  /* What `make` returns for a geometry, made once for all the features that share it. */
  function once(make) {
    const made = new WeakMap();
    return (geometry) => {
      if (!made.has(geometry)) made.set(geometry, make(geometry));
      return made.get(geometry);
    };
  }

  const extent = once(({ coordinates }) => box(coordinates));
  const positions = once(({ type, coordinates }) => L.GeoJSON.coordsToLatLngs(coordinates, DEPTH[type]));

  Object.assign(window.atlas, {
    drawn_shapes: new Set(),

    /* The entries with a line or an area: the most cited first to draw, the largest first to lie below. */
    sort_shapes() {
      const weight = ({ feature }) => feature.properties.weight;
      const size = ({ feature }) => feature.properties.size;
      this.shapes = this.entries.filter(({ feature, points }) => feature.geometry && !points.length).sort((a, b) => weight(b) - weight(a));
      for (const entry of this.shapes) entry.box = extent(entry.feature.geometry);
      this.areas_by_size = this.shapes.filter((entry) => size(entry)).sort((a, b) => size(b) - size(a));
    },

    style(feature) {
      const about = feature.properties;
      const color = this.color(about);
      const dash = about.precision === "network" ? null : DASH[about.status] || PLANNED;
      if (about.shape === "area") return { color, weight: 1, opacity: about.precision === "area" ? 0.5 : 0.3, dashArray: about.precision === "area" ? null : "4 4", fill: false };
      const corridor = about.layer === "corridor";
      return { color, weight: corridor ? 5 : 2, opacity: corridor ? 0.3 : 0.8, dashArray: dash, lineJoin: "round" };
    },

    /* The line or the area of an entry, all its parts in one, made when it is first drawn. */
    shape_layer(entry) {
      if (entry.layer) return entry.layer;
      const { feature } = entry;
      const area = feature.properties.shape === "area";
      const options = { ...this.style(feature), renderer: area ? this.areas : this.canvas, pane: area ? "areas" : "overlayPane" };
      const latlngs = positions(feature.geometry);
      entry.layer = area ? L.polygon(latlngs, options) : L.polyline(latlngs, options);
      this.answer(entry.layer, feature);
      return entry.layer;
    },

    arrange_shapes(view) {
      const found = this.shapes.filter((entry) => entry.on && meet(entry.box, view));
      const wanted = new Set(found.slice(0, MOST));
      for (const entry of this.drawn_shapes) if (!wanted.has(entry)) this.group.removeLayer(entry.layer);
      for (const entry of wanted) if (!this.drawn_shapes.has(entry)) this.shape_layer(entry).addTo(this.group).bringToBack();
      this.drawn_shapes = wanted;
      // Points lie on lines, and what is small on what is large, so that each can be clicked.
      for (const entry of this.areas_by_size) if (wanted.has(entry)) entry.layer.bringToFront();
      this.more.textContent = this.words.more.replace("{n}", found.length - wanted.size);
      this.more.hidden = found.length === wanted.size;
    },
  });
})();
