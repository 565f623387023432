/** @file The map by night: where the page around it is dark, the styles turn the map dark too. */
(function () {
  "use strict";

  const KEPT = "plan-atlas-dark";

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    /* A map that stands there before the page is as dark as the last one was. */
    follow_theme() {
      const page = window.parent.document.querySelector(".stApp");
      if (this.follows) return;
      if (!page) {
        const kept = this.kept(KEPT);
        return this.darken(kept === null ? matchMedia("(prefers-color-scheme: dark)").matches : kept === "true");
      }
      this.follows = true;
      const look = () => {
        const [r, g, b] = window.parent.getComputedStyle(page).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
        const dark = 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
        this.keep(KEPT, String(dark));
        this.darken(dark);
      };
      new MutationObserver(look).observe(page, { attributes: true, attributeFilter: ["class"] });
      look();
    },

    darken(dark) {
      this.map.getContainer().classList.toggle("atlas-dark", dark);
    },
  };
  Object.assign(window.atlas, part);
})();
