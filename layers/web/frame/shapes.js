/* Lines and areas: of those in the view, the most cited, as many as a map can show; the rest appear nearer. */
(function () {
  "use strict";

  // Only what follows real track or a real river is drawn solid; a schematic line is dashed, by its status.
  const DASH = { operating: "14 4", completing: "14 4", under_construction: "14 4", building: "8 5", starting: "8 5" };
  const PLANNED = "2 5"; // every status before works
  const MOST = 800; // in one view: more can be neither read nor dragged smoothly
  const UNIT = 1000; // of a degree, in encoded lines

  /* Call `each` with latitude and longitude of every vertex of an encoded polyline (Google's algorithm). */
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

  /* West, south, east and north of the lines or rings of a geometry. */
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

  function latlngs(part) {
    if (Array.isArray(part)) return part.map(latlngs);
    const found = [];
    walk(part, (lat, lng) => found.push(L.latLng(lat, lng)));
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

  const extent = once(box);
  const positions = once(latlngs);

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
      entry.layer = (area ? L.polygon : L.polyline)(positions(feature.geometry), options);
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
