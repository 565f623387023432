/** @file Tools of the map: measure, select an area, full screen, a link to this view; north, scale and coordinates. */
(function () {
  "use strict";

  const EARTH_KM = 6371.0088; // mean radius, IUGG
  const INK = { color: "#b3262e", weight: 2, fillOpacity: 0.08, interactive: false };
  /** @param {number} degree */
  const rad = (degree) => (degree * Math.PI) / 180;

  /**
   * Area of a ring of lat/lng on the sphere, km². Chamberlain & Duquette (2007), JPL 07-03.
   * @param {L.LatLng[]} latlngs
   */
  function area_km2(latlngs) {
    let sum = 0;
    latlngs.forEach((a, i) => {
      const b = latlngs[(i + 1) % latlngs.length];
      sum += rad(b.lng - a.lng) * (2 + Math.sin(rad(a.lat)) + Math.sin(rad(b.lat)));
    });
    return Math.abs((sum * EARTH_KM * EARTH_KM) / 2);
  }

  /** @param {number} metres */
  const km = (metres) => `${metres >= 100_000 ? (metres / 1000).toFixed(0) : (metres / 1000).toFixed(2)} km`;
  /** @param {number} area */
  const km2 = (area) => `${area >= 1000 ? area.toFixed(0) : area.toFixed(2)} km²`;

  /** @type {Record<string, string>} */
  const ICONS = {
    length: "M3 17 17 3l4 4L7 21zM7 13l2 2M10 10l3 3M13 7l2 2",
    area: "M4 8 13 3l8 7-4 10H7z",
    rectangle: "M4 6h16v12H4z",
    polygon: "M5 5h10l5 8-7 7-9-5z",
    circle: "M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16M12 12h8",
    full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    link: "M9 15l6-6M10 6l2-2a4 4 0 0 1 6 6l-2 2M14 18l-2 2a4 4 0 0 1-6-6l2-2",
    home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  };

  /** @param {string} path */
  function icon(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    drawing: null,

    tools() {
      for (const way of ["in", "out"]) {
        const button = /** @type {HTMLElement} */ (this.map.getContainer().querySelector(`.leaflet-control-zoom-${way}`));
        button.title = this.words[`zoom_${way}`];
        button.setAttribute("aria-label", button.title);
      }
      L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(this.map);
      this.corner("topright", "atlas-north").append(this.arrow());
      this.position = this.corner("bottomright", "atlas-position");
      this.map.on("mousemove", ({ latlng }) => {
        this.position.textContent = `${latlng.lng.toFixed(4)}°E ${latlng.lat.toFixed(4)}°N`;
      });
      this.bar();
      this.answer_line = this.corner("topleft", "atlas-answer");
      this.answer_line.hidden = true;
      this.map.on("click", (event) => this.click(event.latlng));
      this.map.on("mousemove", (event) => this.move(event.latlng));
      this.map.on("dblclick", () => this.finish());
      document.addEventListener("keydown", ({ key }) => {
        if (key === "Escape") this.leave();
        if (key === "Enter") this.finish();
        if (key === "Backspace") this.take_back();
      });
    },

    corner(position, name) {
      const control = new L.Control({ position });
      const box = L.DomUtil.create("div", name);
      control.onAdd = () => box;
      control.addTo(this.map);
      return box;
    },

    arrow() {
      const svg = icon("M12 2 18 20 12 16 6 20z");
      svg.setAttribute("aria-label", this.words.north);
      const north = document.createElement("b");
      north.textContent = "N";
      const box = document.createElement("div");
      box.append(north, svg);
      return box;
    },

    bar() {
      const box = this.corner("topleft", "leaflet-bar atlas-bar");
      const actions = {
        length: () => this.draw("length"),
        area: () => this.draw("area"),
        rectangle: () => this.draw("rectangle"),
        polygon: () => this.draw("polygon"),
        circle: () => this.draw("circle"),
        home: () => this.go_to(this.options.home, { padding: [0, 0] }),
        full: () => this.full(),
        link: () => this.copy_link(),
      };
      this.buttons = {};
      for (const [key, act] of Object.entries(actions)) {
        const button = L.DomUtil.create("button", "", box);
        button.type = "button";
        button.title = this.words[key];
        button.setAttribute("aria-label", this.words[key]);
        button.append(icon(ICONS[key]));
        button.addEventListener("click", act);
        this.buttons[key] = button;
      }
      L.DomEvent.disableClickPropagation(box);
    },

    /* ---- drawing ----------------------------------------------------------------------- */

    draw(kind) {
      const again = this.drawing && this.drawing.kind === kind;
      this.stop();
      if (again) return;
      this.drawing = { kind, points: [], shape: null };
      this.buttons[kind]?.classList.add("atlas-active"); // a course is drawn by a button of the page
      this.map.getContainer().classList.add("atlas-drawing");
      this.map.doubleClickZoom.disable();
      this.say(this.words[`help_${kind}`]);
    },

    stop() {
      if (!this.drawing) return;
      if (this.drawing.shape) this.drawing.shape.remove();
      this.buttons[this.drawing.kind]?.classList.remove("atlas-active");
      this.map.getContainer().classList.remove("atlas-drawing");
      this.map.doubleClickZoom.enable();
      this.drawing = null;
      this.answer_line.hidden = true;
    },

    say(text) {
      this.answer_line.textContent = text;
      this.answer_line.hidden = false;
    },

    click(latlng) {
      const { drawing } = this;
      if (!drawing) this.put_here(latlng);
      if (!drawing || drawing.done) return;
      const [last] = drawing.points.slice(-1);
      if (last?.equals(latlng)) return; // the second click of a double click
      drawing.points.push(latlng);
      if ((drawing.kind === "rectangle" || drawing.kind === "circle") && drawing.points.length === 2) this.finish();
      else this.sketch(latlng);
    },

    move(latlng) {
      if (this.drawing && !this.drawing.done && this.drawing.points.length) this.sketch(latlng);
    },

    /* Draw what there is so far, up to the pointer, and say how long or large it is. */
    sketch(latlng) {
      const { drawing } = this;
      if (!drawing) return;
      const points = [...drawing.points, latlng];
      if (drawing.shape) drawing.shape.remove();
      if (drawing.kind === "length" || drawing.kind === "course") drawing.shape = L.polyline(points, INK);
      else if (drawing.kind === "rectangle") drawing.shape = L.rectangle(L.latLngBounds(points[0], latlng), INK);
      else if (drawing.kind === "circle") drawing.shape = L.circle(points[0], { ...INK, radius: points[0].distanceTo(latlng) });
      else drawing.shape = L.polygon(points, INK);
      drawing.shape.addTo(this.map);
      this.say(this.measured(drawing, points));
    },

    measured({ kind }, points) {
      const along = points.slice(1).reduce((sum, point, i) => sum + points[i].distanceTo(point), 0);
      if (kind === "length" || kind === "course") return `${this.words.length} ${km(along)}`;
      if (kind === "circle") return `${this.words.radius} ${km(points[0].distanceTo(points[points.length - 1]))}`;
      const ring = kind === "rectangle" ? this.corners(points) : points;
      return `${this.words.area} ${km2(area_km2(ring))}`;
    },

    corners([a, b]) {
      return [a, L.latLng(a.lat, b.lng), b, L.latLng(b.lat, a.lng)];
    },

    /* A measure stays on the map until the next tool; an area is handed to the app as a filter. */
    finish() {
      const { drawing } = this;
      if (!drawing || drawing.done || drawing.points.length < (drawing.kind === "polygon" || drawing.kind === "area" ? 3 : 2)) return;
      const { kind, points } = drawing;
      if (kind === "length" || kind === "area") {
        drawing.done = true;
        this.sketch(points[points.length - 1]);
        return;
      }
      const { round } = this;
      if (kind === "course") this.tell({ course: points.map(round), km: this.finest_km() });
      else if (kind === "circle") this.tell({ near: round(points[0]), km: Number((points[0].distanceTo(points[1]) / 1000).toFixed(1)) });
      else this.tell({ area: (kind === "rectangle" ? this.corners(points) : points).map(round) });
      this.stop();
    },

    round({ lat, lng }) {
      return [Number(lng.toFixed(4)), Number(lat.toFixed(4))];
    },

    /* The last vertex goes; with the first the drawing starts anew. */
    take_back() {
      const { drawing } = this;
      if (!drawing || drawing.done || !drawing.points.length) return;
      drawing.points.pop();
      const last = drawing.points[drawing.points.length - 1];
      if (last) this.sketch(last);
      else drawing.shape?.remove();
    },

    /* ---- the view ---------------------------------------------------------------------- */

    full() {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    },

    /* The address of the page with this view in it; the page itself is not touched. */
    copy_link() {
      const { lat, lng } = this.map.getCenter();
      const address = new URL(window.parent.location.href);
      const set = (/** @type {string} */ key, /** @type {string} */ value, /** @type {string} */ usual) =>
        value === usual ? address.searchParams.delete(key) : address.searchParams.set(key, value);
      set("view", [lat.toFixed(4), lng.toFixed(4), this.map.getZoom()].join(","), "");
      set("color", this.color_by, "layer");
      set("base", this.base_key, this.options.bases[0].key);
      this.copy(address.href).then(() => this.flash(this.words.copied), () => this.flash(address.href));
    },

    async copy(text) {
      if (navigator.clipboard) {
        try {
          return await navigator.clipboard.writeText(text);
        } catch { /* the frame may not: fall through to the older way */ }
      }
      const field = L.DomUtil.create("textarea", "", document.body);
      field.value = text;
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (!done) throw new Error("no clipboard");
    },

    flash(text, for_ms = 4000) {
      if (this.drawing) return;
      this.say(text);
      clearTimeout(this.flashed);
      this.flashed = setTimeout(() => { if (!this.drawing) this.answer_line.hidden = true; }, for_ms);
    },
  };
  Object.assign(window.atlas, part);
})();
