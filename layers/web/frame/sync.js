/* The map of a page, alone or moving with the others of its page.
 *
 * What a user does to one synced map is done to every other: the frames of one page have one origin,
 * so each reaches the others through its parent, and the app is not asked. A move is passed on as a
 * shift on the map's plane and a zoom, so that two maps of different ground each keep their own.
 */
(function () {
  "use strict";

  Object.assign(window.atlas, {
    settle(kind) {
      this.map.getContainer().classList.add("atlas-page");
      if (kind !== "synced" || this.follow) return;
      let led = false; // the user moves this map, and not another one or the program
      let from = null; // where the others were last led from, in pixels of zoom 0
      const here = () => this.map.project(this.map.getCenter(), 0);
      for (const act of ["pointerdown", "wheel", "keydown", "touchstart"]) {
        this.map.getContainer().addEventListener(act, () => {
          this.others().forEach((other) => other.rest());
          led = true;
          from = here();
        }, { capture: true, passive: true });
      }
      this.map.on("move", () => {
        if (!led) return;
        const at = here();
        this.others().forEach((other) => other.follow(at.x - from.x, at.y - from.y, this.map.getZoom()));
        from = at;
      });
      this.follow = (x, y, zoom) => this.map.setView(this.map.unproject(here().add([x, y]), 0), zoom, { animate: false });
      this.rest = () => {
        led = false;
        this.map.stop();
      };
    },

    others() {
      return Array.from(window.parent.frames, (frame) => {
        try {
          return frame.atlas;
        } catch {
          return null; // a frame of another origin
        }
      }).filter((other) => other && other !== this && other.follow);
    },
  });
})();
