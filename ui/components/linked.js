// Mounts the HTML that Python made; a plain click on a link of the app is sent to Python instead of loading it anew.
export default function ({ data, parentElement, setTriggerValue }) {
  let box = parentElement.querySelector(".linked");
  if (!box) {
    box = document.createElement("div");
    box.className = "linked";
    parentElement.appendChild(box);
  }
  if (box.shownHtml !== data) {
    box.innerHTML = data;
    box.shownHtml = data;
  }
  box.onclick = (event) => {
    if (event.target.closest("[data-print]")) return window.print();
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("go", link.getAttribute("href"));
  };
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
    window.removeEventListener("beforeprint", unfold);
    window.removeEventListener("afterprint", fold);
  };
}
