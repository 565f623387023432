// A combobox (WAI-ARIA): what is typed goes to Python after a short pause, its suggestions come back as data.

const PAUSE_MS = 150;

const build = (parent, label) => {
  const root = document.createElement("div");
  root.className = "find";
  const name = document.createElement("label");
  name.htmlFor = "find-field";
  const field = Object.assign(document.createElement("input"), { id: "find-field", type: "search", autocomplete: "off" });
  const list = Object.assign(document.createElement("ul"), { id: "find-list", hidden: true });
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "find-list", "aria-expanded": "false" })) field.setAttribute(key, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  root.append(name, field, list);
  parent.append(root);
  return root;
};

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".find") || build(parentElement, data.label);
  const [name, field, list] = root.children;
  name.textContent = data.label;
  field.placeholder = data.placeholder;
  if (root.known !== data.value) {
    field.value = data.value;
    root.known = data.value;
  }

  const open = (shown) => {
    list.hidden = !shown;
    field.setAttribute("aria-expanded", String(shown));
    if (!shown) field.removeAttribute("aria-activedescendant");
  };
  const rows = () => [...list.children];
  const active = () => rows().find((one) => one.getAttribute("aria-selected") === "true");
  const go = (part, key) => {
    clearTimeout(root.waits);
    open(false);
    root.sent = field.value;
    setTriggerValue("go", JSON.stringify({ part, key }));
  };
  const pick = (row) => {
    const { part, key } = row.dataset;
    if (part !== "sentence") field.value = root.known = data.value;
    go(part, key);
  };
  const mark = (row) => {
    for (const one of rows()) one.setAttribute("aria-selected", String(one === row));
    if (row) field.setAttribute("aria-activedescendant", row.id);
    row?.scrollIntoView({ block: "nearest" });
  };

  const typedNow = document.activeElement === field && field.value.trim() === data.typed && field.value !== root.sent;
  list.replaceChildren(...(typedNow ? data.options : []).map((one, at) => {
    const row = document.createElement("li");
    row.id = `find-${at}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    Object.assign(row.dataset, { part: one.part, key: one.key });
    const note = document.createElement("small");
    note.textContent = one.note;
    row.append(document.createTextNode(one.name), note);
    row.onmousedown = (event) => { event.preventDefault(); pick(row); };
    return row;
  }));
  open(list.childElementCount > 0);

  field.oninput = () => {
    clearTimeout(root.waits);
    root.sent = null;
    if (!field.value) open(false);
    root.waits = setTimeout(() => setStateValue("typed", field.value.trim()), PAUSE_MS);
  };
  field.onkeydown = (event) => {
    const all = rows(), at = all.indexOf(active());
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && active()) pick(active());
      else go("q", field.value);
    } else if (event.key === "Escape") open(false);
    else if (["ArrowDown", "ArrowUp"].includes(event.key) && all.length) {
      event.preventDefault();
      open(true);
      mark(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    }
  };
  // What was typed counts when the field is left, or emptied by its cross.
  field.onblur = () => {
    open(false);
    if (field.value !== data.value && field.value !== root.sent) go("q", field.value);
  };
  field.onsearch = () => { if (!field.value && data.value) go("q", ""); };
}
