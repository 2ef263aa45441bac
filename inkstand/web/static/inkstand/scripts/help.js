// The help sheet: the part of the help page that tells the keys, laid over whatever page one is on.
import { words } from "./words.js";

let sheet;

export async function help() {
  if (sheet?.open) return sheet.close();
  sheet ||= await made();
  if (sheet) sheet.showModal(); else location.assign(words.help);
}

async function made() {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(words.help)).text(), "text/html");
    const keys = page.getElementById("keys");
    const dialog = Object.assign(document.createElement("dialog"), { className: "sheet" });
    dialog.setAttribute("aria-labelledby", keys.querySelector("h2").id);
    const close = Object.assign(document.createElement("button"), { type: "button", className: "button quiet small", textContent: words.close });
    close.addEventListener("click", () => dialog.close());
    dialog.append(document.importNode(keys, true), close);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    toggle(dialog);
    return dialog;
  } catch { return null; }
}

// Single keys can be turned off: who speaks to their machine would otherwise set them off by accident.
export function toggle(within) {
  const box = within.querySelector("[data-keys]");
  if (!box) return;
  box.closest("label").hidden = false;
  box.checked = localStorage.getItem("keys") !== "off";
  box.addEventListener("change", () => { if (box.checked) localStorage.removeItem("keys"); else localStorage.setItem("keys", "off"); });
}
