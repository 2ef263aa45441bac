// What scripts say, in the reader's language: printed into each page as data.
const said = document.getElementById("words");
export const words = said ? JSON.parse(said.textContent) : {};

// One quiet line at the foot of the page, read out by screen readers.
let line, timer;
export function say(text) {
  line ||= document.body.appendChild(Object.assign(document.createElement("p"), { className: "toast" }));
  line.setAttribute("role", "status");
  line.hidden = false;
  line.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { line.hidden = true; }, 4000);
}
