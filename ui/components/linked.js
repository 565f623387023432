// Mounts the HTML that Python made; a plain click on a link of the app is sent to Python instead of loading it anew.

const HOLD_MS = 6000; // unless the reader moves on

const jump = (id) => {
  const place = document.getElementById(id);
  if (!place) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "start" });
};

// Without https a page may not use the clipboard: then the older way, by a field that is copied from.
const copy = async (text) => {
  if (navigator.clipboard) {
    try {
      return await navigator.clipboard.writeText(text);
    } catch { /* not allowed: fall through */ }
  }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("no clipboard");
};

const copyFrom = (place, copied) => {
  const text = place.dataset.copy || new URL(place.getAttribute("href"), document.baseURI).href;
  copy(text).then(() => {
    const words = place.textContent;
    if (words === copied) return;
    place.textContent = copied;
    place.focus();
    setTimeout(() => (place.textContent = words), 1500);
  }, () => window.prompt("", text));
};

// The text flows anew when a map opens or closes beside it: what was clicked stays where it is.
const hold = (box, place) => {
  const { top } = place.getBoundingClientRect();
  const scroller = box.closest("[data-testid='stMain']");
  let until = performance.now() + HOLD_MS;
  for (const act of ["wheel", "pointerdown", "keydown"]) window.addEventListener(act, () => (until = 0), { once: true, passive: true, capture: true });
  const keep = () => {
    if (!scroller || performance.now() > until) return;
    const moved = place.getBoundingClientRect().top - top;
    if (Math.abs(moved) > 1) scroller.scrollBy({ top: moved, behavior: "instant" });
    requestAnimationFrame(keep);
  };
  keep();
};

// A link of its own keeps the language of the session when it is opened in another tab, or handed on.
const inLanguage = (box, language) => {
  if (language === "zh") return;
  for (const link of box.querySelectorAll("a[href*='?']")) link.setAttribute("href", link.getAttribute("href") + "&lang=" + language);
};

const setOff = (box, wanted, opened) => {
  for (const old of box.querySelectorAll(".wanted")) old.classList.remove("wanted");
  for (const old of box.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  for (const link of opened ? box.querySelectorAll(`[data-feature="${CSS.escape(opened)}"]`) : []) link.setAttribute("aria-current", "true");
  const place = wanted && document.getElementById(wanted);
  if (!place) return;
  place.classList.add("wanted");
  if (box.wanted === wanted) return;
  const { top, bottom } = place.getBoundingClientRect();
  if (top < 60 || bottom > window.innerHeight) place.scrollIntoView({ block: "center" });
};

export default function ({ data, parentElement, setTriggerValue }) {
  let box = parentElement.querySelector(".linked");
  if (!box) {
    box = document.createElement("div");
    box.className = "linked";
    parentElement.appendChild(box);
  }
  if (box.shownHtml !== data.html) {
    box.innerHTML = data.html;
    box.shownHtml = data.html;
    inLanguage(box, data.language);
    box.querySelector("[data-focus]")?.focus({ preventScroll: true });
  }
  setOff(box, data.wanted, data.opened);
  box.wanted = data.wanted;
  box.onclick = (event) => {
    if (event.target.closest("[data-print]")) return window.print();
    const button = event.target.closest("[data-copy]");
    if (button) return copyFrom(button, data.copied);
    const link = event.target.closest("a[href]");
    if (link?.draggable === false && !window.getSelection().isCollapsed) return event.preventDefault();
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const to = link.getAttribute("href");
    if (link.hasAttribute("data-copy-link")) return copyFrom(link, data.copied);
    if (to.startsWith("#")) return jump(decodeURIComponent(to.slice(1)));
    const open = link.hasAttribute("data-back") ? document.querySelector(".linked [aria-current]") : null;
    open?.focus({ preventScroll: true });
    const held = open || link.closest(".mention");
    if (held) hold(held.closest(".linked"), held);
    setTriggerValue("go", to);
  };
  if (data.selecting) {
    const begin = selecting(box, data.selecting, setTriggerValue);
    if (box.round !== undefined && data.round !== box.round) begin(data.wanted, data.opened);
    box.round = data.round;
  }
  // What is folded away on the screen is on paper.
  let folded = [];
  const unfold = () => {
    folded = [...box.querySelectorAll("details:not([open])")];
    folded.forEach((one) => (one.open = true));
  };
  const fold = () => folded.forEach((one) => (one.open = false));
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);
  return () => {
    box.leave?.();
    window.removeEventListener("beforeprint", unfold);
    window.removeEventListener("afterprint", fold);
  };
}
