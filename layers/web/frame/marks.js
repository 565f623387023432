/** @file What is selected and what lies under the pointer: rings, names, and how far a position may be off. */
(function () {
  "use strict";

  const SELECTED = "#111827";
  const GLOW = "#f5b301"; // behind a selected line, which keeps its own colour and dash
  const GLOW_PX = 9; // across, at least
  const EDGE_PX = 24;

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    /* A layer that is a feature: it opens on a click and tells its name under the pointer. */
    answer(layer, feature) {
      layer.feature = /** @type {any} */ (feature);
      layer.on("click", (event) => {
        if (this.drawing || this.way === "point" || this.way === "county") return;
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
      if (layer instanceof L.CircleMarker && error) {
        const { home } = /** @type {PointLayer} */ (layer);
        this.halo.addLayer(this.error_circle(home || layer.getLatLng(), error));
      }
    },

    error_circle(latlng, error_km) {
      return L.circle(latlng, { renderer: this.canvas, interactive: false, radius: error_km * 1000, color: SELECTED, weight: 1, dashArray: "2 4", fillOpacity: 0.05 });
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
        if (!point.layer || !this.group.hasLayer(point.layer)) this.marks.addLayer(this.point_layer(point, entry)); // drawn, however many there are
        const at = this.point_layer(point, entry).getLatLng();
        this.marks.addLayer(L.circleMarker(at, { renderer: this.canvas, interactive: false, radius: 10, color: SELECTED, weight: 2.5, fill: false }));
      }
    },

    /* A line glows behind itself, so that its colour and its dash stay to be read; an area is shaded. */
    mark_shape(layer) {
      if (!this.group.hasLayer(layer)) this.marks.addLayer(layer);
      const latlngs = /** @type {any} */ (layer.getLatLngs());
      const options = { renderer: this.canvas, interactive: false };
      if (layer instanceof L.Polygon) {
        this.marks.addLayer(L.polygon(latlngs, { ...options, color: SELECTED, weight: 2, opacity: 0.9, fillOpacity: 0.12 }));
      } else {
        const glow = L.polyline(latlngs, { ...options, color: GLOW, weight: Math.max(GLOW_PX, (layer.options.weight || 0) + 3), opacity: 0.65 });
        this.marks.addLayer(glow);
        glow.bringToBack();
      }
    },

    mark_name(entry) {
      const at = this.mark_at(entry);
      if (!at) return;
      const text = document.createElement("span");
      text.textContent = entry.feature.properties.name;
      const tip = L.tooltip({ permanent: true, direction: "top", offset: [this.aside(at, entry.feature.properties.name), -8], className: "atlas-tip atlas-selected" });
      this.marks.addLayer(tip.setLatLng(at).setContent(text));
    },

    mark_at(entry) {
      const [point] = entry.points;
      if (point) return point.layer ? point.layer.getLatLng() : point.home;
      if (!entry.box) return null;
      const layer = this.shape_layer(entry);
      return layer instanceof L.Polygon ? layer.getBounds().getCenter() : this.middle_vertex(layer);
    },

    /* What is selected must not lie under the legend, where the map says so: it is brought beside it. */
    clear_of_legend() {
      const entry = this.byId?.get(this.selected[0]);
      const at = entry && this.mark_at(entry);
      const box = this.map.getContainer().querySelector(".atlas-legend[open]");
      if (!at || !box) return;
      const legend = box.getBoundingClientRect();
      const ground = this.map.getContainer().getBoundingClientRect();
      const { x, y } = this.map.latLngToContainerPoint(at);
      const beyond = legend.right - ground.left + EDGE_PX - x;
      const inside = x > 0 && x < ground.width && y > legend.top - ground.top - EDGE_PX && y < ground.height;
      if (inside && beyond > 0) this.map.panBy([-beyond, 0], { animate: false });
    },
  };
  Object.assign(window.atlas, part);
})();
