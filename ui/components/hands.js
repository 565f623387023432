// A planner's keys and clicks on cards. The next card is shown at once, and what was pressed on it is told with its version;
// the server carries each out on just that finding, however late it is. What cannot be known yet is not carried out, and said so.

const FIELDS = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox]";
const TOLD_MS = 6000;
const LATER_MS = 20000, LOOK_MS = 40; // another button waits until the server has drawn the card that is seen

const mount = (parent) => {
  const box = document.createElement("div");
  box.className = "linked desk-hands";
  const card = box.appendChild(document.createElement("div"));
  const lost = box.appendChild(document.createElement("p"));
  lost.className = "desk-lost";
  lost.setAttribute("role", "status");
  parent.append(box);
  return Object.assign(box, { card, lost, hand: `${Date.now()}-${Math.random()}`, number: 0, waiting: [], refused: 0, until: 0, later: null });
};

// The finding before the reviewer's eyes; nothing where only the server knows which it is.
const here = ({ waiting, data }) => {
  const id = waiting.length ? waiting.at(-1).to : data.open;
  return data.near.find((one) => one.id === id);
};

const decided = ({ waiting }) => new Set(waiting.flatMap(({ act, on, other }) => (/[ax\d]/.test(act) ? [on] : act === "m" && other ? [other] : [])));

// The next that nobody has looked at, from the open one on and around.
const following = (box, { id, at }, gone = "") => {
  const done = decided(box).add(gone);
  const unseen = box.data.near.filter((one) => one.unseen && one.id !== id && !done.has(one.id));
  const next = unseen.find((one) => one.at > at) ?? unseen[0];
  const left = box.data.unseen - box.data.near.filter((one) => one.unseen && (done.has(one.id) || one.id === id)).length;
  return next?.id ?? (left > 0 ? "" : id);
};

// What M holds by now.
const held = ({ waiting, data }) => waiting.reduce((was, { act, on, seen }) => (act !== "m" ? was : was ? null : [on, seen]), data.held);

// What a key says of the finding that is seen; nothing where that cannot be known.
const pressed = (box, act) => {
  const one = here(box);
  if (!one) return undefined;
  const press = { act, on: one.id, seen: one.seen, to: one.id };
  if (act === "u") return { ...press, to: "" };
  if (act === "a" || act === "x") return { ...press, to: following(box, one) };
  if (act === "j" || act === "k") {
    const at = one.at + (act === "j" ? 1 : -1);
    if (at < 0 || at >= box.data.n) return press;
    const next = box.data.near.find((other) => other.at === at);
    return next && { ...press, to: next.id };
  }
  if (act === "m") {
    const [other, seen] = held(box) ?? ["", 0];
    return { ...press, other, other_seen: seen, to: other && other !== one.id ? following(box, one, other) : one.id };
  }
  if (act === "e") return press;
  if (one.others) {
    const other = one.others[Number(act) - 1];
    return other && { ...press, other, to: following(box, one) };
  }
  const drawn = document.querySelector(`.linked [data-number="${act}"]`)?.dataset;
  return drawn?.on === one.id ? { ...press, other: drawn.other, other_seen: Number(drawn.seen), to: following(box, one) } : undefined;
};

const draw = (box) => {
  const { data, waiting } = box;
  const one = here(box);
  const html = one?.html ?? "…";
  if (box.html !== html) box.card.innerHTML = box.html = html;
  box.dataset.waiting = waiting.length;
  const done = decided(box);
  const unseen = data.unseen - data.near.filter(({ id, unseen }) => unseen && done.has(id)).length;
  const walk = document.querySelector(".st-key-desk-walk p")?.firstChild;
  if (walk && one) {
    const words = data.words.walk.replace("{at}", one.at + 1).replace("{n}", data.n).replace("{open}", unseen);
    if (walk.data !== words) walk.data = words;
  }
  document.documentElement.toggleAttribute("data-desk-ahead", one?.id !== data.open);
};

// What was not carried out stands for a while, however many keys follow.
const refuse = (box, words) => {
  if (!box.lost.textContent.includes(words)) box.lost.textContent += ` ${words}`;
  box.until = performance.now() + TOLD_MS;
};

// A button that acts on what the server has drawn: pressed once that is what is seen, or given up with a word.
const atRest = (box) => !box.waiting.length && document.querySelector("[data-test-script-state='notRunning']") && here(box)?.id === box.data.open;
const button = (name) => document.querySelector(`.st-key-${name} button:not(:disabled)`);
const push = (box, name) => {
  box.pushing = true;
  button(name)?.click();
  box.pushing = false;
};
const after = (box, name, key) => {
  const say = (words) => refuse(box, words.replace("{key}", key.toUpperCase()));
  if (atRest(box)) return push(box, name);
  clearInterval(box.later);
  const on = here(box)?.id;
  const began = performance.now();
  box.lost.textContent = "";
  say(box.data.words.later);
  box.later = setInterval(() => {
    const moved = here(box)?.id !== on;
    const slow = performance.now() - began > LATER_MS;
    if (!moved && !slow && !atRest(box)) return;
    clearInterval(box.later);
    box.lost.textContent = "";
    if (moved || slow) say(box.data.words.lost);
    else if (button(name)) push(box, name);
    else say(box.data.words.gone);
  }, LOOK_MS);
};

const tell = (box, act, setStateValue) => {
  const press = pressed(box, act);
  if (performance.now() > box.until) box.lost.textContent = "";
  if (!press) return refuse(box, box.data.words.lost.replace("{key}", act.toUpperCase()));
  box.waiting = [...box.waiting, { ...press, number: ++box.number }];
  draw(box);
  setStateValue("pressed", { hand: box.hand, presses: box.waiting });
};

export default function ({ data, parentElement, setStateValue }) {
  const box = parentElement.querySelector(".desk-hands") ?? mount(parentElement);
  box.data = data;
  if (data.hand === box.hand) box.waiting = box.waiting.filter(({ number }) => number > data.done);
  for (const [number, words] of data.refused) if (number > box.refused) refuse(box, words);
  box.refused = Math.max(box.refused, ...data.refused.map(([number]) => number));
  draw(box);
  box.off?.abort();
  box.off = new AbortController();
  const options = { capture: true, signal: box.off.signal };
  const take = (event, act) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat || "jk".includes(act)) tell(box, act, setStateValue);
  };
  const wait = (event, name) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) after(box, name, data.beside[name]);
  };
  const acts = Object.values(data.buttons);
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(FIELDS)) return;
    const act = event.key.toLowerCase();
    if (acts.includes(act) && (!/\d/.test(act) || here(box)?.others || document.querySelector(`.linked [data-number="${act}"]`))) return take(event, act);
    const name = Object.keys(data.beside).find((one) => data.beside[one] === act);
    if (name) wait(event, name);
  }, options);
  window.addEventListener("click", (event) => {
    const name = event.target.closest?.("button")?.closest("[class*='st-key-desk-']")?.className.match(/st-key-([\w-]+)/)?.[1];
    if (name in data.buttons) take(event, data.buttons[name]);
    else if (name in data.beside && !box.pushing && !atRest(box)) wait(event, name);
  }, options);
  return () => box.off.abort();
}
