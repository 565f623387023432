/* The base map: embedded outlines and place names; relief or tiles beneath, where the planner wants them. */
(function () {
  "use strict";

  const NAME_ZOOM = [["prefecture", 6], ["county", 9]]; // names appear with the zoom that has room for them

  Object.assign(window.atlas, {
    place_names: {},

    draw_base(base) {
      const renderer = L.canvas({ pane: "base", padding: 0.3 });
      const add = (data, style) =>
        L.geoJSON(data, { renderer, interactive: false, pane: "base", style: () => style }).addTo(this.map);
      this.ground = [
        add(base.provinces, { color: "#b9b4a7", weight: 1, fillColor: "#efede6", fillOpacity: 1 }),
        add(base.sichuan, { stroke: false, fillColor: "#fdfcf9", fillOpacity: 1 }),
      ];
      add(base.rivers, { color: "#a9cfe8", weight: 1.3 });
      add(base.counties, { color: "#dcd8cd", weight: 0.5, fill: false });
      add(base.prefectures, { color: "#b5ae9e", weight: 1, fill: false });
      add(base.zones, { color: "#6f6a5e", weight: 2, fill: false });
      this.labels = base.labels;
      this.map.on("zoomend", () => this.name_places());
      this.name_places();
      this.choose_base(this.options.bases[0].key);
    },

    /* Put the chosen base under the outlines: nothing, the embedded relief, or tiles from a configured server. */
    choose_base(key) {
      if (this.under) this.under.remove();
      const chosen = this.options.bases.find((base) => base.key === key);
      this.under = this.base_layer(chosen);
      if (this.under) this.under.addTo(this.map);
      for (const layer of this.ground) layer.setStyle({ fillOpacity: chosen.url || chosen.image ? 0 : 1 });
    },

    base_layer(base) {
      if (base.image) return L.imageOverlay(base.image, base.bounds, { pane: "relief", opacity: 0.55, attribution: base.attribution });
      if (base.url) return L.tileLayer(base.url, { pane: "relief", subdomains: base.subdomains || "abc", maxZoom: base.max_zoom || 18, attribution: base.attribution });
      return null;
    },

    name_places() {
      const zoom = this.map.getZoom();
      for (const [level, least] of NAME_ZOOM) {
        this.place_names[level] = this.place_names[level] || (zoom >= least ? this.name_layer(level) : null);
        if (!this.place_names[level]) continue;
        if (zoom >= least) this.place_names[level].addTo(this.map);
        else this.place_names[level].remove();
      }
    },

    name_layer(level) {
      return L.layerGroup(this.labels.filter((place) => place.level === level).map((place) => {
        const text = document.createElement("span");
        text.textContent = place.name;
        const icon = L.divIcon({ className: "atlas-label atlas-" + level, html: text, iconSize: null });
        return L.marker([place.lat, place.lon], { icon, pane: "labels", interactive: false, keyboard: false });
      }));
    },
  });
})();
