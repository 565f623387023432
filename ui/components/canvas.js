// The frame of a map, in which its own page stands (layers/web/frame). The first page of the app comes with a frame
// that has been drawing since before there was anything else (serve/first.html): it is moved here as it stands.

const hang = (parent, page) => {
  const first = document.querySelector("#first-map");
  if (first?.getAttribute("src").endsWith(page) && parent.moveBefore) {
    parent.moveBefore(first, null);
    first.removeAttribute("id");
    return first;
  }
  first?.remove();
  const frame = Object.assign(document.createElement("iframe"), { className: "atlas-map", src: `app/static/${page}` });
  parent.append(frame);
  return frame;
};

// A page that was just turned to is not there yet: what an old map tells would be of the old page, and go back to it.
const TURNS_MS = 5000; // after which the server is taken to have stayed
let turned = 0;
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("[data-testid=stTopNavLink], [data-testid=stSidebarNavLink]");
  if (link && link.pathname !== location.pathname) turned = Date.now();
}, true);

export default function ({ data, parentElement, setStateValue }) {
  const frame = parentElement.querySelector("iframe") ?? hang(parentElement, data.page);
  frame.title = data.title;
  frame.height = data.height;
  const taken = !frame.tell;
  if (taken) turned = 0; // it stands on the new page
  frame.told = data.told; // for a map that is still to come
  frame.tell = (acts) => Date.now() - turned > TURNS_MS && setStateValue("acts", acts);
  const { atlas } = frame.contentWindow ?? {};
  if (!atlas?.map) return;
  atlas.hear(data.told);
  if (taken && atlas.acts.length) atlas.answer_app(); // what was done before the app was there
}
