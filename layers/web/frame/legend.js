/** @file The legend: what the signs mean, how many features each layer has, and the switch of layers, colours and base. */
(function () {
  "use strict";

  const ROOM_PX = [1100, 620]; // a smaller map starts with the legend closed
  const KEPT = "plan-atlas-legend"; // whether the planner opened or closed it last
  /** @type {Array<[word: string, shape: string]>} */
  const SIGNS = [["sure", "point"], ["unsure", "hollow"], ["track", "line"], ["built", "long"], ["starting", "dashed"], ["planned", "dotted"]];

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    legend() {
      const control = new L.Control({ position: "bottomleft" });
      control.onAdd = () => {
        const box = /** @type {HTMLDetailsElement} */ (L.DomUtil.create("details", "atlas-legend"));
        const size = this.map.getSize();
        const kept = this.kept(KEPT);
        box.open = kept ? kept === "open" : size.x > ROOM_PX[0] && size.y > ROOM_PX[1];
        this.legend_box = box;
        const head = L.DomUtil.create("summary", "", box);
        head.textContent = this.words.legend;
        head.addEventListener("click", () => this.keep(KEPT, box.open ? "closed" : "open")); // not what a large map opens by itself
        this.layer_rows = new Map(this.options.legend.map((entry) => [entry.key, this.layer_row(entry, L.DomUtil.create("div", "", box))]));
        this.zone_rows = this.zone_legend(L.DomUtil.create("div", "atlas-zones", box));
        this.line_legend(L.DomUtil.create("div", "atlas-signs", box));
        this.signs(L.DomUtil.create("div", "atlas-signs", box));
        this.switches(L.DomUtil.create("div", "atlas-switches", box));
        box.addEventListener("toggle", () => { if (box.open) this.clear_of_legend(); });
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      };
      control.addTo(this.map);
    },

    /* One layer: the box takes it off the map or puts it back; its name shows it alone. */
    layer_row(entry, row) {
      row.className = "atlas-legend-row";
      const tick = L.DomUtil.create("input", "", row);
      tick.type = "checkbox";
      tick.checked = true;
      tick.setAttribute("aria-label", entry.label);
      tick.addEventListener("change", () => this.switch_layers(this.ticked()));
      const swatch = entry.shape === "point" ? this.swatch(entry.symbol, entry.color) : this.stroke(entry.shape, entry.color);
      row.append(swatch);
      const name = L.DomUtil.create("button", "", row);
      name.type = "button";
      name.textContent = entry.label;
      name.title = this.words.only.replace("{layer}", entry.label);
      name.addEventListener("click", () => this.switch_layers(String(this.ticked()) === entry.key ? [] : [entry.key]));
      const number = L.DomUtil.create("span", "atlas-count", row);
      return { row, tick, number, swatch, color: entry.color };
    },

    ticked() {
      return [...this.layer_rows].filter(([, { tick }]) => tick.checked).map(([key]) => key);
    },

    /* The app is told which layers shall be on, not which was clicked: it may still believe an older state. None means all. */
    switch_layers(layers) {
      for (const [key, { tick }] of this.layer_rows) tick.checked = !layers.length || layers.includes(key);
      this.tell({ layers });
    },

    stroke(shape, color) {
      const swatch = L.DomUtil.create("i", `atlas-swatch atlas-swatch-${shape}`);
      swatch.style.color = color;
      return swatch;
    },

    zone_legend(box) {
      box.hidden = true;
      for (const entry of this.options.zone_legend) {
        const row = L.DomUtil.create("div", "atlas-legend-row", box);
        row.append(this.swatch("", entry.color));
        L.DomUtil.create("span", "", row).textContent = entry.label;
      }
      return box;
    },

    /* Lines by what runs on them: colour, width and core as on the map. */
    line_legend(box) {
      const { styles, legend } = this.options.lines;
      for (const { key, label } of legend) {
        const { color, weight, core, opacity } = styles[key];
        const row = L.DomUtil.create("div", "atlas-legend-row", box);
        const line = L.DomUtil.create("i", "atlas-swatch atlas-line", row);
        Object.assign(line.style, { background: color, height: `${weight}px`, opacity: String(opacity) });
        if (core) L.DomUtil.create("b", "", line).style.height = `${core}px`;
        L.DomUtil.create("span", "", row).textContent = label;
      }
    },

    signs(box) {
      for (const [key, shape] of SIGNS) {
        const row = L.DomUtil.create("div", "atlas-legend-row", box);
        row.append(shape === "point" || shape === "hollow" ? this.swatch("", "#555", shape === "hollow") : this.stroke(shape, "#555"));
        L.DomUtil.create("span", "", row).textContent = this.words[key];
      }
    },

    switches(box) {
      this.color_choice = this.choice(box, this.words.color_by, [["layer", this.words.by_layer], ["zone", this.words.by_zone]], (key) => this.recolor(key));
      if (this.options.bases.length > 1) {
        this.base_choice = this.choice(box, this.words.base, this.options.bases.map((base) => [base.key, base.label]), (key) => this.choose_base(key));
      }
      const row = L.DomUtil.create("label", "atlas-legend-row", box);
      const tick = L.DomUtil.create("input", "", row);
      tick.type = "checkbox";
      tick.checked = this.thin;
      tick.addEventListener("change", () => {
        this.thin = tick.checked;
        this.arrange();
      });
      L.DomUtil.create("span", "", row).textContent = this.words.thin;
    },

    choice(box, title, options, choose) {
      const row = L.DomUtil.create("label", "atlas-legend-row", box);
      L.DomUtil.create("span", "", row).textContent = title;
      const select = L.DomUtil.create("select", "", row);
      for (const [key, text] of options) {
        const option = L.DomUtil.create("option", "", select);
        option.value = key;
        option.textContent = text;
      }
      select.addEventListener("change", () => choose(select.value));
      return select;
    },

    recolor(key) {
      this.color_by = key;
      this.color_choice.value = key;
      this.zone_rows.hidden = key !== "zone";
      for (const { swatch, color } of this.layer_rows.values()) this.tint(swatch, key === "zone" ? "#8a8a8a" : color);
      this.restyle();
      this.arrange();
    },

    tint(swatch, color) {
      swatch.style.color = color;
      const shape = swatch.firstElementChild;
      if (!shape) return;
      shape.setAttribute("fill", color);
      shape.setAttribute("stroke", color);
    },

    /* Show what the rest of the filters leaves of each layer, and which layers are on; not while clicks wait for their answer. */
    count(counts, layers) {
      if (!counts) return;
      for (const [key, { row, tick, number }] of this.layer_rows) {
        const found = counts[key] || 0;
        if (!this.acts.length) tick.checked = !layers.length || layers.includes(key);
        number.textContent = String(found);
        row.classList.toggle("atlas-off", !tick.checked || !found);
      }
    },
  };
  Object.assign(window.atlas, part);
})();
