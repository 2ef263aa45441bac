// How the paper looks: colours, size, width and face of the text. Kept on the device, so that it stands before the
// first paint, and told to the paper, so that the reader's next device has it too.
const root = document.documentElement;
export const LOOKS = ["theme", "size", "width", "face"];

export function set(name, value) {
  if (value) root.dataset[name] = value; else delete root.dataset[name];
  try { if (value) localStorage.setItem(name, value); else localStorage.removeItem(name); } catch { /* private window */ }
  show();
}

function show() {
  for (const button of document.querySelectorAll("[data-look] button")) {
    button.setAttribute("aria-pressed", button.value === (root.dataset[button.closest("[data-look]").dataset.look] || ""));
  }
  const paper = getComputedStyle(document.body).backgroundColor;
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    meta.dataset.first ||= meta.content;
    meta.content = root.dataset.theme ? paper : meta.dataset.first;
  }
}

export function look() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-look] button");
    if (!button) return;
    const name = button.closest("[data-look]").dataset.look;
    set(name, button.value);
    document.dispatchEvent(new CustomEvent("paper:look", { detail: { name, value: button.value } }));
  });
  show();
}
