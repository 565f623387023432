/** @file The map by night: where the page around it is dark, the styles turn the map dark too. */
(function () {
  "use strict";

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    follow_theme() {
      const page = window.parent.document.querySelector(".stApp");
      if (!page) return; // the map stands alone
      const look = () => {
        const [r, g, b] = window.parent.getComputedStyle(page).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
        this.map.getContainer().classList.toggle("atlas-dark", 0.2126 * r + 0.7152 * g + 0.0722 * b < 128);
      };
      new MutationObserver(look).observe(page, { attributes: true, attributeFilter: ["class"] });
      look();
    },
  };
  Object.assign(window.atlas, part);
})();
