/** @file What hands expect: the wheel scrolls the page until the map is meant; features are reached by keys. */
(function () {
  "use strict";

  const HINT_MS = 1600;
  const BOUNDS = L.latLngBounds([3, 68], [55, 140]); // China and its edges

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    stepped: null,

    habits() {
      const ground = this.map.getContainer();
      this.map.setMaxBounds(BOUNDS);
      ground.setAttribute("role", "application");
      ground.setAttribute("aria-label", this.words.map_label);
      document.documentElement.lang = this.words.lang;
      document.title = this.words.map_label;
      this.wheel(ground);
      // Leaflet asks the window; the styles that make the map as high as its frame may come after it was built.
      new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(ground);
      ground.addEventListener("keydown", (event) => this.key(event));
      for (const act of ["pointerdown", "wheel", "keydown"]) { // where the planner looks is not taken back
        ground.addEventListener(act, () => { this.fitted = undefined; }, { capture: true, passive: true });
      }
      this.spoken = L.DomUtil.create("div", "atlas-spoken", ground);
      this.spoken.setAttribute("role", "status");
    },

    /* The wheel belongs to the page until the map was clicked, and again once the pointer has left it; with Ctrl it is the map's. */
    wheel(ground) {
      const { scrollWheelZoom } = this.map;
      scrollWheelZoom.disable();
      ground.addEventListener("pointerdown", () => scrollWheelZoom.enable());
      ground.addEventListener("mouseleave", () => scrollWheelZoom.disable());
      ground.addEventListener("wheel", (event) => {
        if (event.ctrlKey && !scrollWheelZoom.enabled()) {
          event.preventDefault();
          const at = this.map.mouseEventToLatLng(event);
          this.map.setZoomAround(at, this.map.getZoom() + (event.deltaY < 0 ? 0.5 : -0.5));
        } else if (!scrollWheelZoom.enabled()) this.flash(this.words.wheel, HINT_MS);
      }, { passive: false });
    },

    /* N and P step through the features of the view from the first in rank, Enter opens. */
    key(event) {
      if (event.target !== this.map.getContainer() || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { n: 1, p: -1 }[event.key.toLowerCase()];
      if (step) this.step(step);
      else if (event.key === "Enter" && this.stepped && !this.drawing) this.tell({ id: this.stepped.feature.id });
    },

    step(by) {
      const view = this.map.getBounds();
      const there = this.by_score.filter((entry) => entry.on && this.place_of(entry, view));
      if (!there.length) return;
      const at = this.stepped ? there.indexOf(this.stepped) : -1;
      const entry = there[(at + by + there.length) % there.length];
      this.stepped = entry;
      const { name } = entry.feature.properties;
      const where = this.place_of(entry, view);
      this.halo.clearLayers();
      if (where) this.halo.addLayer(L.circleMarker(where, { renderer: this.canvas, interactive: false, radius: 12, color: "#b3262e", weight: 3, fill: false }));
      this.spoken.textContent = name;
      this.flash(name, HINT_MS);
    },

    /* Where in the view a drawn feature stands, null where it is not drawn there. */
    place_of(entry, view) {
      const at = this.anchor(entry) || (entry.layer && this.group.hasLayer(entry.layer) ? this.mark_at(entry) : null);
      return at && view.contains(at) ? at : null;
    },
  };
  Object.assign(window.atlas, part);
})();
