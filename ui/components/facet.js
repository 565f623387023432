// Choices that all stand on the page, each a button with the number of features it would show.
// What is pressed is seen at once and told with a stamp until the app has answered it: no press is lost or taken twice.

const begin = (parent) => {
  const group = document.createElement("div");
  group.className = "facet";
  group.setAttribute("role", "group");
  const title = document.createElement("p");
  group.append(title);
  parent.append(group);
  group.acts = [];
  group.buttons = new Map();
  return group;
};

const button = (group, key) => {
  if (group.buttons.has(key)) return group.buttons.get(key);
  const made = Object.assign(document.createElement("button"), { type: "button" });
  made.append(document.createElement("span"), document.createElement("span"));
  made.onclick = () => group.press(key, made.ariaPressed !== "true");
  group.buttons.set(key, made);
  group.append(made);
  return made;
};

const draw = (group, { title, choices, chosen }) => {
  group.ariaLabel = title;
  group.firstChild.textContent = title;
  const pressed = new Set(chosen);
  for (const { key, on } of group.acts) on ? pressed.add(key) : pressed.delete(key);
  for (const { key, label, count } of choices) {
    const made = button(group, key);
    made.ariaPressed = String(pressed.has(key));
    made.children[0].textContent = label;
    made.children[1].textContent = count;
  }
};

export default function ({ data, parentElement, setStateValue }) {
  const group = parentElement.querySelector(".facet") ?? begin(parentElement);
  group.acts = group.acts.filter(({ stamp }) => stamp > data.answered);
  group.press = (key, on) => {
    const stamp = Math.max(Date.now(), (group.acts.at(-1)?.stamp ?? data.answered) + 1);
    group.acts.push({ stamp, key, on });
    setStateValue("acts", [...group.acts]);
    draw(group, data);
  };
  draw(group, data);
}
