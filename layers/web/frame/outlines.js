/** @file The outlines of the zones and places that were chosen. */
(function () {
  "use strict";

  const STYLE = { color: "#30343b", weight: 2.5, fill: false, interactive: false };

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    outlined: [],

    /* Boundaries are fetched when one is first chosen; what was chosen meanwhile stands. */
    async outline(keys) {
      this.outlined = keys;
      this.outlines.clearLayers();
      if (!keys.length) return;
      this.boundaries ??= this.get(this.options.outlines);
      const found = await this.boundaries;
      if (this.outlined !== keys) return;
      for (const key of keys.filter((one) => found[one])) {
        const rings = /** @type {any} */ (this.latlngs(found[key]));
        this.outlines.addLayer(L.polygon(rings, { ...STYLE, renderer: this.canvas }));
      }
    },
  };
  Object.assign(window.atlas, part);
})();
