/** @file The base map: embedded outlines, zones faintly tinted; relief or tiles beneath, where the planner wants them. */
(function () {
  "use strict";

  const TINT = 0.07; // of a zone's colour over the ground

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    ground: [],
    base_key: "",
    labels: [],

    draw_base(base) {
      const renderer = L.canvas({ pane: "base", padding: 0.3 });
      /** @param {any} data @param {any} style */
      const add = (data, style) => {
        const options = { renderer, interactive: false, pane: "base", style: typeof style === "function" ? style : () => style };
        return L.geoJSON(data, /** @type {any} */ (options)).addTo(this.map);
      };
      this.ground = [
        add(base.provinces, { stroke: false, fillColor: "#efede6", fillOpacity: 1 }),
        add(base.sichuan, { stroke: false, fillColor: "#fdfcf9", fillOpacity: 1 }),
      ];
      const { zone_colors } = this.options;
      add(base.grounds, (/** @type {any} */ one) => ({ stroke: false, fillColor: zone_colors[one.properties.zone], fillOpacity: TINT }));
      add(base.borders, { color: "#b9b4a7", weight: 1, fill: false });
      add(base.rivers, { color: "#a9cfe8", weight: 1.3 });
      add(base.counties, { color: "#dcd8cd", weight: 0.5, fill: false });
      add(base.prefectures, { color: "#b5ae9e", weight: 1, fill: false });
      add(base.zones, { color: "#6f6a5e", weight: 2, fill: false });
      this.labels = base.labels;
      this.choose_base(this.base_key || this.options.bases[0].key);
      if (this.loaded) this.name_all();
    },

    /* Put the chosen base under the outlines: nothing, the embedded relief, or tiles from a configured server. */
    choose_base(key) {
      const chosen = this.options.bases.find((base) => base.key === key) || this.options.bases[0];
      if (this.under) this.under.remove();
      this.base_key = chosen.key;
      this.under = this.base_layer(chosen);
      if (this.under) this.under.addTo(this.map);
      for (const layer of this.ground) layer.setStyle({ fillOpacity: chosen.url || chosen.image ? 0 : 1 });
    },

    base_layer({ image, bounds, url, subdomains, max_zoom, attribution }) {
      if (image && bounds) return L.imageOverlay(image, bounds, { pane: "relief", opacity: 0.55, attribution });
      if (url) return L.tileLayer(url, { pane: "relief", subdomains: subdomains || "abc", maxZoom: max_zoom || 18, attribution });
      return null;
    },
  };
  Object.assign(window.atlas, part);
})();
