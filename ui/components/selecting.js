// Words of a text are selected, with the mouse or with keys, and told to Python: clause, start and end in code points.

const MARKS = /[，。；、：！？“”（）,.;:!?()]/;

// Where a node and an offset of a selection stand in the words of a paragraph.
const codePoints = (place, node, offset) => {
  const range = document.createRange();
  range.setStart(place, 0);
  range.setEnd(node, offset);
  return [...range.toString()].length;
};

// The node and the offset of the `at`-th code point of a paragraph.
const nodeAt = (place, at) => {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  for (let left = at; node; node = walker.nextNode()) {
    const points = [...node.data];
    if (left <= points.length) return [node, points.slice(0, left).join("").length];
    left -= points.length;
  }
  return [place, place.childNodes.length];
};

const selecting = (box, words, tell) => {
  const article = box.querySelector("[data-selecting]");
  for (const link of article.querySelectorAll("a")) link.draggable = false; // dragged over, its words are selected
  const places = [...article.querySelectorAll("p[data-length]")];
  const send = (place, start, end) => tell("selected", { clause: place.id, start, end: Math.min(end, Number(place.dataset.length)) });

  article.onmouseup = () => setTimeout(() => {
    const chosen = window.getSelection();
    if (chosen.isCollapsed || !article.contains(chosen.anchorNode)) return;
    const range = chosen.getRangeAt(0);
    const place = range.startContainer.parentElement.closest("p[data-length]");
    if (!place) return;
    const inside = place.contains(range.endContainer);
    const start = codePoints(place, range.startContainer, range.startOffset);
    send(place, start, inside ? codePoints(place, range.endContainer, range.endOffset) : Number(place.dataset.length));
  });

  // By keys: the arrows move where the words begin, with Shift where they end, with Ctrl as far as the next mark.
  const begin = (wanted, opened) => {
    if (!places.length) return;
    const link = opened && article.querySelector(`[data-feature="${CSS.escape(opened)}"]`);
    let place = link?.closest("p[data-length]") || places.find(({ id }) => id === wanted) || places[0];
    let start = link ? codePoints(place, link, 0) : 0;
    let end = link ? start + [...link.textContent].length : Math.min(1, Number(place.dataset.length));
    const hint = document.createElement("p");
    hint.className = "selecting-hint";
    hint.setAttribute("role", "status");
    hint.textContent = words;
    article.before(hint);
    const show = () => {
      window.getSelection().setBaseAndExtent(...nodeAt(place, start), ...nodeAt(place, end));
      place.scrollIntoView({ block: "nearest" });
    };
    const leave = () => {
      window.removeEventListener("keydown", press, true);
      hint.remove();
      box.leave = undefined;
    };
    const along = (at, by, far) => {
      const text = [...place.textContent].slice(0, Number(place.dataset.length));
      let to = at + by;
      while (far && to > 0 && to < text.length && !MARKS.test(text[by > 0 ? to : to - 1])) to += by;
      return Math.max(0, Math.min(text.length, to));
    };
    const press = (event) => {
      if (["Shift", "Control"].includes(event.key)) return;
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const turn = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by && !turn && !["Enter", "Escape"].includes(event.key)) return leave();
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === "Enter") send(place, start, end);
      if (event.key === "Escape") window.getSelection().removeAllRanges();
      if (!by && !turn) return leave();
      if (turn) {
        place = places[Math.max(0, Math.min(places.length - 1, places.indexOf(place) + turn))];
        [start, end] = [0, Math.min(1, Number(place.dataset.length))];
      } else if (event.shiftKey) end = Math.max(start + 1, along(end, by, event.ctrlKey));
      else {
        start = Math.min(Number(place.dataset.length) - 1, along(start, by, event.ctrlKey));
        end = Math.max(end, start + 1);
      }
      show();
    };
    box.leave?.();
    box.leave = leave;
    window.addEventListener("keydown", press, true);
    show();
  };
  return begin;
};
