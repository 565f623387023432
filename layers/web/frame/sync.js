/**
 * @file The map of a page, alone or moving with the others of its page.
 *
 * What a user does to one synced map is done to every other: the frames of one page have one origin,
 * so each reaches the others through its parent, and the app is not asked. A move is passed on as a
 * shift on the map's plane and a zoom, so that two maps of different ground each keep their own.
 */
(function () {
  "use strict";

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    settle(kind) {
      this.map.getContainer().classList.add("atlas-page");
      if (kind !== "synced" || this.follow) return;
      let led = false; // the user moves this map, and not another one or the program
      /** @type {L.Point} */
      let from; // where the others were last led from, in pixels of zoom 0
      const here = () => this.map.project(this.map.getCenter(), 0);
      for (const act of ["pointerdown", "wheel", "keydown", "touchstart"]) {
        this.map.getContainer().addEventListener(act, () => {
          for (const other of this.others()) other.rest();
          led = true;
          from = here();
        }, { capture: true, passive: true });
      }
      this.map.on("move", () => {
        if (!led) return;
        const at = here();
        for (const other of this.others()) other.follow(at.x - from.x, at.y - from.y, this.map.getZoom());
        from = at;
      });
      this.follow = (x, y, zoom) => this.map.setView(this.map.unproject(here().add([x, y]), 0), zoom, { animate: false });
      this.rest = () => {
        led = false;
        this.fitted = undefined;
        this.map.stop();
      };
    },

    others() {
      /** @type {Synced[]} */
      const found = [];
      for (let i = 0; i < window.parent.length; i++) {
        try {
          const { atlas } = window.parent[i];
          if (atlas && atlas !== this && atlas.follow) found.push(/** @type {Synced} */ (atlas));
        } catch { /* a frame of another origin */ }
      }
      return found;
    },
  };
  Object.assign(window.atlas, part);
})();
