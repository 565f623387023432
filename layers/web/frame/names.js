/* Names of features: the most cited first, as many as fit without touching one another. */
(function () {
  "use strict";

  const LEAST_ZOOM = 8; // below, only a selection as small as FEW is named
  const FEW = 40;
  const MOST = 40;
  const CHARACTER_PX = 12.5;
  const HEIGHT_PX = 24;
  const GAP_PX = 8;

  const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  Object.assign(window.atlas, {
    feature_names: null,

    name_features() {
      if (this.feature_names) this.feature_names.remove();
      this.feature_names = L.layerGroup().addTo(this.map);
      if (this.map.getZoom() < LEAST_ZOOM && this.shown > FEW) return;
      const size = this.map.getSize();
      const taken = [];
      for (const entry of this.by_weight()) {
        if (taken.length === MOST) break;
        const named = this.selected && this.selected[0] === entry.feature.id; // by mark_name()
        const at = entry.on && !named && this.anchor(entry);
        if (!at) continue;
        const { x, y } = this.map.latLngToContainerPoint(at);
        if (x < 0 || y < 0 || x > size.x || y > size.y) continue;
        const { name } = entry.feature.properties;
        const box = [x + GAP_PX, y - HEIGHT_PX / 2, x + GAP_PX + name.length * CHARACTER_PX, y + HEIGHT_PX / 2];
        if (taken.some((other) => touch(box, other))) continue;
        taken.push(box);
        this.feature_names.addLayer(this.name_marker(at, name));
      }
    },

    by_weight() {
      this.weighed = this.weighed || [...this.entries].sort((a, b) => b.feature.properties.weight - a.feature.properties.weight);
      return this.weighed;
    },

    /* Where a name stands: beside a drawn point, or at the middle vertex of a line; areas go without. */
    anchor(entry) {
      const [point] = entry.points;
      if (point) return point.layer && this.group.hasLayer(point.layer) ? point.layer.getLatLng() : null;
      if (entry.feature.properties.shape !== "line" || !entry.layer) return null;
      const line = entry.layer.getLatLngs().flat(2);
      return line[line.length >> 1];
    },

    name_marker(at, name) {
      const text = document.createElement("span");
      text.textContent = name;
      const icon = L.divIcon({ className: "atlas-name", html: text, iconSize: null });
      return L.marker(at, { icon, pane: "names", interactive: false, keyboard: false });
    },
  });
})();
