/** @file A thing that is being placed: its point can be dragged or put elsewhere, its course drawn; the app decides what that is worth. */
(function () {
  "use strict";

  const HAND_PX = 8; // how near to where it is meant a hand puts something

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    placed: "",
    way: "",

    /* `placing` is where the thing is now, how far off it may be, and how it is being placed: by `point`, `course`, `county` or not. */
    place(placing) {
      const told = JSON.stringify(placing ?? {});
      if (told === this.placed) return;
      if (!this.placed) window.addEventListener("keydown", (event) => this.pass_on(event));
      this.placed = told;
      this.handle?.remove();
      this.handle = undefined;
      const { at, error_km, way } = placing ?? {};
      if (at) this.handle = this.movable(L.latLng(at[1], at[0]), error_km || 0).addTo(this.map);
      if ((way || "") === this.way) return;
      this.way = way || "";
      this.stop();
      this.map.getContainer().classList.toggle("atlas-putting", this.way === "point" || this.way === "county");
      if (this.way === "course") this.draw("course");
      else if (this.way) this.say(this.words[`help_${this.way}`]);
      else this.answer_line.hidden = true;
    },

    movable(latlng, error_km) {
      const icon = L.divIcon({ className: "atlas-handle", iconSize: [22, 22] });
      const point = L.marker(latlng, { draggable: true, autoPan: true, icon, title: this.words.drag, alt: this.words.drag, zIndexOffset: 1000 });
      point.on("click", () => this.put_here(point.getLatLng()));
      const around = this.error_circle(latlng, error_km);
      point.on("drag", () => around.setLatLng(point.getLatLng()));
      point.on("dragend", () => this.tell({ put: this.round(point.getLatLng()), km: this.finest_km() }));
      return L.layerGroup([around, point]);
    },

    /* A click puts it here, where it is being placed by clicks. */
    put_here(latlng) {
      if (this.way === "point") this.tell({ put: this.round(latlng), km: this.finest_km() });
      if (this.way === "county") this.tell({ county: this.round(latlng) });
    },

    /* What is begun is dropped, and so is the way of placing. */
    leave() {
      this.stop();
      if (this.way) this.tell({ leave: true });
    },

    /* The keys of the page act on its buttons while the map has the focus, too. */
    pass_on({ key, keyCode, code, ctrlKey, metaKey, altKey }) {
      if (!/^[a-z0-9]$/i.test(key) || ctrlKey || metaKey || altKey) return;
      window.parent.document.body.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode, code, bubbles: true }));
    },

    /* What a hand can tell apart on the map as it is now. */
    finest_km() {
      const { x, y } = this.map.getSize().divideBy(2);
      const [a, b] = [x, x + HAND_PX].map((at) => this.map.containerPointToLatLng([at, y]));
      return Number((a.distanceTo(b) / 1000).toFixed(2));
    },
  };
  Object.assign(window.atlas, part);
})();
