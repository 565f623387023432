/** @file The area that was drawn last can be changed: its corners are dragged, added and taken out, a circle moved and widened. */
(function () {
  "use strict";

  const MOST = 60; // corners that have handles: an outline of more was not drawn by hand
  const SIZE_PX = [14, 11]; // of the handle of a corner, of the middle of an edge
  const FEWEST = 3;
  const INK = { color: "#b3262e", weight: 2, dashArray: "6 4", fillOpacity: 0.08, interactive: false };

  /** @param {LonLat} at */
  const latlng = ([lon, lat]) => L.latLng(lat, lon);
  /** @param {L.LatLng} at @returns {LonLat} */
  const lonlat = ({ lat, lng }) => [Number(lng.toFixed(4)), Number(lat.toFixed(4))];
  /**
   * The corners with those from `at` on, `out` many, taken out and `into` put there.
   * @param {L.LatLng[]} corners @param {number} at @param {number} out @param {L.LatLng[]} into
   */
  const spliced = (corners, at, out, ...into) => [...corners.slice(0, at), ...into, ...corners.slice(at + out)];
  /** @param {L.LatLng} a @param {L.LatLng} b */
  const middle = (a, b) => L.latLng((a.lat + b.lat) / 2, (a.lng + b.lng) / 2);
  /** @param {L.LatLng} centre @param {number} km */
  const eastward = (centre, km) => L.latLng(centre.lat, centre.toBounds(2000 * km).getEast());

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    /* Handles are made anew only for another area: what is being dragged stays. */
    offer_grips(drawn) {
      const offered = JSON.stringify(drawn ?? null);
      if (offered === this.offered) return;
      this.offered = offered;
      this.grips.clearLayers();
      if (!drawn) return;
      if ("near" in drawn) this.edit_circle(latlng(drawn.near), drawn.km);
      else if (drawn.area.length <= MOST) this.edit_corners(drawn.area.map(latlng));
    },

    edit_corners(corners) {
      const shape = L.polygon(corners, INK);
      /** @param {L.LatLng[]} changed @param {boolean} done */
      const change = (changed, done) => {
        this.redraw(shape.setLatLngs(changed), this.measured({ kind: "polygon", points: [], shape: null }, changed));
        if (done) this.hand_over({ area: changed.map(lonlat) });
      };
      corners.forEach((corner, i) => {
        const after = corners[(i + 1) % corners.length];
        this.grip(middle(corner, after), false, (at, done) => change(spliced(corners, i + 1, 0, at), done));
        const grip = this.grip(corner, true, (at, done) => change(spliced(corners, i, 1, at), done));
        grip.on("dblclick", () => { if (corners.length > FEWEST) change(spliced(corners, i, 1), true); });
      });
    },

    edit_circle(centre, km) {
      const shape = L.circle(centre, { ...INK, radius: km * 1000 });
      /** @param {L.LatLng} at @param {number} radius @param {boolean} done */
      const change = (at, radius, done) => {
        this.redraw(shape.setLatLng(at).setRadius(radius), `${this.words.radius} ${(radius / 1000).toFixed(1)} km`);
        if (done) this.hand_over({ near: lonlat(at), km: Number((radius / 1000).toFixed(1)) });
      };
      this.grip(centre, true, (at, done) => change(at, km * 1000, done));
      this.grip(eastward(centre, km), false, (at, done) => change(centre, centre.distanceTo(at), done));
    },

    grip(at, corner, moved) {
      const size = SIZE_PX[corner ? 0 : 1];
      const icon = L.divIcon({ className: `atlas-grip${corner ? " atlas-grip-corner" : ""}`, iconSize: [size, size] });
      const grip = L.marker(at, { icon, draggable: true, keyboard: false, title: this.words.edit, zIndexOffset: corner ? 100 : 0 });
      grip.on("drag", () => moved(grip.getLatLng(), false));
      grip.on("dragend", () => moved(grip.getLatLng(), true));
      return grip.addTo(this.grips);
    },

    /* The app answers with the area as it stands then: the one that was told, or the one before it. */
    hand_over(drawn) {
      this.offered = undefined;
      this.tell(drawn);
    },

    redraw(shape, text) {
      if (!this.grips.hasLayer(shape)) this.grips.addLayer(shape);
      this.flash(text);
    },
  };
  Object.assign(window.atlas, part);
})();
