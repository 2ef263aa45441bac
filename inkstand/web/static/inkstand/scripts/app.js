// On every page: the keys, what waits to be written, the worker and its calm replacement.
import "./queue.js";
import { keys } from "./keys.js";
import { look } from "./look.js";
import { say, words } from "./words.js";

const root = document.documentElement;

look();
keys();
if (document.querySelector("[data-keys]")) import("./help.js").then(({ toggle }) => toggle(document));

// A page out of the device's own store says so, and when it was put there.
if (root.dataset.kept) {
  const at = new Date(root.dataset.kept), form = new Intl.DateTimeFormat(root.lang, { dateStyle: "long", timeStyle: "short" });
  const line = Object.assign(document.createElement("p"), { className: "say", textContent: words.kept.replace("%s", form.format(at)) });
  line.setAttribute("role", "status");
  const wrap = Object.assign(document.createElement("div"), { className: "wrap" });
  wrap.append(line);
  document.getElementById("main").prepend(wrap);
}

// What the reader does is put on the device first and then sent: a lost line loses nothing.
export async function does(deed) {
  await waiting.add(deed);
  document.dispatchEvent(new CustomEvent("paper:deed", { detail: deed }));
  send();
}

async function send() {
  if (!root.dataset.reader) return;
  try {
    if (await waiting.flush()) return;
  } catch { /* no line */ }
  const worker = await navigator.serviceWorker?.ready.catch(() => null);
  worker?.sync?.register("waiting").catch(() => {});
}

addEventListener("online", send);
addEventListener("pageshow", send);

// Save, from wherever: the tool on an article, the key on a card.
document.addEventListener("paper:save", async ({ detail: { article, on } }) => {
  if (!root.dataset.reader) return say(words.sign_in);
  await does({ do: on === false ? "unsave" : "save", article });
  say(on === false ? words.unsaved : navigator.onLine ? words.saved : words.saved_here);
  (await navigator.serviceWorker?.ready)?.active?.postMessage({ [on === false ? "drop" : "keep"]: [`/article/${article}/`] });
});

// The worker. A new one waits until nobody looks: then it takes over, and no page is loaded anew under anybody's eyes.
async function enlist() {
  const worker = await navigator.serviceWorker.register("/worker.js");
  const over = () => { if (document.visibilityState === "hidden") worker.waiting?.postMessage({ take: "over" }); };
  document.addEventListener("visibilitychange", over);
  addEventListener("pagehide", () => worker.waiting?.postMessage({ take: "over" }));
}

if ("serviceWorker" in navigator) enlist().catch(() => {});
