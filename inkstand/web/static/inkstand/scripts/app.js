// On every page: the keys, what waits to be written, the worker and its calm replacement.
import "./queue.js";
import { keys } from "./keys.js";
import { look } from "./look.js";
import { pictures } from "./pictures.js";
import { say, words } from "./words.js";

const root = document.documentElement;

look();
pictures();
keys();
if (document.querySelector("[data-keys]")) import("./help.js").then(({ toggle }) => toggle(document));

// A link to hand over, copied.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => (await import("./share.js")).copy(button.dataset.copy));
}

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

// Before the device is wiped: what waits is written down.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[action$='/account/logout/']") || form.dataset.sent) return;
  event.preventDefault();
  form.dataset.sent = "yes";
  Promise.race([waiting.flush(), new Promise((done) => setTimeout(done, 4000))]).catch(() => {}).then(() => form.submit());
});

addEventListener("online", send);
addEventListener("pageshow", send);

// Whose deeds these will be is known before the first of them, also where no worker runs. Asked so long ago that a
// worker asks again.
if (root.dataset.reader) {
  waiting.fact("right").then(async (known) => {
    if (known) return;
    const right = await waiting.right();
    if (right) await waiting.know("right", { ...right, asked: 0 });
  }).catch(() => {});
}

// Save, from wherever: the tool on an article, the key on a card.
document.addEventListener("paper:save", async ({ detail: { article, on } }) => {
  if (!root.dataset.reader) return say(words.sign_in);
  await does({ do: on === false ? "unsave" : "save", article });
  say(on === false ? words.unsaved : navigator.onLine ? words.saved : words.saved_here);
  (await navigator.serviceWorker?.ready)?.active?.postMessage({ [on === false ? "drop" : "keep"]: [`/article/${article}/`] });
});

// The worker. A new one waits until nobody looks, or until the next page, which comes with the new scripts: then it
// takes over, and no page is loaded anew under anybody's eyes.
async function enlist() {
  const worker = await navigator.serviceWorker.register("/worker.js");
  const over = () => worker.waiting?.postMessage({ take: "over" });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") over(); });
  over();
}

if ("serviceWorker" in navigator) enlist().catch(() => {});
