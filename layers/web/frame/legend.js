/* The legend: what the signs mean, how many features each layer has, and the switch of layers, colours and base. */
(function () {
  "use strict";

  const SIGNS = [["sure", "point"], ["unsure", "hollow"], ["track", "line"], ["built", "long"], ["starting", "dashed"], ["planned", "dotted"]];

  Object.assign(window.atlas, {
    legend() {
      const control = L.control({ position: "bottomleft" });
      control.onAdd = () => {
        const box = L.DomUtil.create("details", "atlas-legend");
        const size = this.map.getSize();
        box.open = size.x > 760 && size.y > 560;
        L.DomUtil.create("summary", "", box).textContent = this.words.legend;
        this.layer_rows = new Map(this.options.legend.map((entry) => [entry.key, this.layer_row(entry, L.DomUtil.create("div", "", box))]));
        this.zone_rows = this.zone_legend(L.DomUtil.create("div", "atlas-zones", box));
        this.signs(L.DomUtil.create("div", "atlas-signs", box));
        this.switches(L.DomUtil.create("div", "atlas-switches", box));
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
      tick.addEventListener("change", () => this.tell({ layer: entry.key, act: "toggle" }));
      row.append(entry.shape === "point" ? this.swatch(entry.symbol, entry.color) : this.stroke(entry.shape, entry.color));
      const name = L.DomUtil.create("button", "", row);
      name.type = "button";
      name.textContent = entry.label;
      name.title = this.words.only.replace("{layer}", entry.label);
      name.addEventListener("click", () => this.tell({ layer: entry.key, act: "only" }));
      const number = L.DomUtil.create("span", "atlas-count", row);
      return { row, tick, number, swatch: row.children[1], color: entry.color };
    },

    stroke(shape, color) {
      const swatch = L.DomUtil.create("i", "atlas-swatch atlas-swatch-" + shape);
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

    signs(box) {
      for (const [key, shape] of SIGNS) {
        const row = L.DomUtil.create("div", "atlas-legend-row", box);
        row.append(shape === "point" || shape === "hollow" ? this.swatch("", "#555", shape === "hollow") : this.stroke(shape, "#555"));
        L.DomUtil.create("span", "", row).textContent = this.words[key];
      }
    },

    switches(box) {
      this.choice(box, this.words.color_by, [["layer", this.words.by_layer], ["zone", this.words.by_zone]], (key) => this.recolor(key));
      if (this.options.bases.length > 1) {
        this.choice(box, this.words.base, this.options.bases.map((base) => [base.key, base.label]), (key) => this.choose_base(key));
      }
      const row = L.DomUtil.create("label", "atlas-legend-row", box);
      const tick = L.DomUtil.create("input", "", row);
      tick.type = "checkbox";
      tick.checked = this.clustered;
      tick.addEventListener("change", () => {
        this.clustered = tick.checked;
        this.arrange();
      });
      L.DomUtil.create("span", "", row).textContent = this.words.cluster;
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
    },

    recolor(key) {
      this.color_by = key;
      this.zone_rows.hidden = key !== "zone";
      for (const { swatch, color } of this.layer_rows.values()) this.tint(swatch, key === "zone" ? "#8a8a8a" : color);
      this.restyle();
      this.arrange();
    },

    tint(swatch, color) {
      swatch.style.color = color;
      const shape = swatch.firstChild;
      if (!shape) return;
      shape.setAttribute("fill", color);
      shape.setAttribute("stroke", color);
    },

    /* Show what the rest of the filters leaves of each layer, and which layers are on. */
    count(counts, layers) {
      if (!counts) return;
      for (const [key, { row, tick, number }] of this.layer_rows) {
        const found = counts[key] || 0;
        tick.checked = !layers.length || layers.includes(key);
        number.textContent = found;
        row.classList.toggle("atlas-off", !tick.checked || !found);
      }
    },
  });
})();
