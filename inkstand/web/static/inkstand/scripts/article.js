// An article's tools. What is seldom used (the voice, the marks) is fetched when it is wanted.
import { does } from "./app.js";
import { LOOKS, set } from "./look.js";
import { follow, forgetHere, goTo, note, seenHere } from "./progress.js";
import { copy, share } from "./share.js";

const root = document.documentElement, article = document.querySelector("article[data-article]");
const number = +article.dataset.article, revision = +article.dataset.revision;
const body = article.querySelector(".prose:not(.teaser)"), address = new URL(`/article/${number}/`, location.origin).href;
const tool = (name) => article.querySelector(`[data-do=${name}]`);
const press = (name, on) => {
  const button = tool(name);
  if (!button) return;
  button.setAttribute("aria-pressed", on);
  const label = button.querySelector("[data-on]");
  if (label) label.textContent = on ? label.dataset.on : label.dataset.off;
};

let player, mine = {}, furthest = 0, told = -1, since = 0;

const deeds = {
  save: (event) => event.preventDefault() || document.dispatchEvent(new CustomEvent("paper:save", { detail: { article: number, on: tool("save").getAttribute("aria-pressed") !== "true" } })),
  share: () => share(document.title, address),
  copy: () => copy(address),
  listen: async () => {
    if (player) return player.stop();
    player = await (await import("./listen.js")).listen(article);
    press("listen", !!player);
    if (player) player.ended = () => { player = undefined; press("listen", false); tool("listen").focus(); };
  },
  on: () => goTo(body, mine.progress),
};

// The sheet of looks lies over the page: whatever else is pressed puts it away.
const looks = article.querySelector(".looks");
const away = () => { if (looks?.open) looks.open = false; };
document.addEventListener("click", (event) => { if (!event.target.closest(".looks")) away(); });
looks?.addEventListener("keydown", (event) => { if (event.key === "Escape") { away(); looks.querySelector("summary").focus(); } });

// A link that does at once what it would ask is a button, to those who hear the page too.
tool("save")?.setAttribute("role", "button");
article.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  deeds[event.target.closest("[data-do]")?.dataset.do]?.(event);
});
// What is done here stays shown, where the answer that is still under way does not know of it.
let saved;
document.addEventListener("paper:deed", ({ detail }) => { if (detail.article === number && /^(un)?save$/.test(detail.do)) press("save", saved = detail.do === "save"); });
document.addEventListener("paper:look", ({ detail }) => { if (root.dataset.reader) fetch("/mine/look/", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ [detail.name]: detail.value }) }).catch(() => {}); });

// What is this reader's own of an article comes apart from its page, which is the same for all.
async function ask() {
  if (!root.dataset.reader) return seenHere(number) || {};
  try {
    const answer = await fetch(`/article/${number}/mine/`, { headers: { Accept: "application/json" } });
    if (answer.ok) return await answer.json();
  } catch { /* no line */ }
  return { ...seenHere(number), offline: true };
}

// What they did here and is not written yet, over what is.
async function withWaiting(known) {
  if (!root.dataset.reader) return known;
  const marks = new Map((known.highlights || []).map((mark) => [mark.key, mark]));
  for (const deed of await waiting.all().catch(() => [])) {
    if (deed.article === number && deed.do === "save") known.saved = true;
    if (deed.article === number && deed.do === "unsave") known.saved = false;
    if (deed.article === number && deed.do === "highlight") marks.set(deed.key, deed);
    if (deed.do === "note" && marks.has(deed.key)) marks.get(deed.key).note = deed.note;
    if (deed.do === "unhighlight") marks.delete(deed.key);
  }
  return { ...known, highlights: [...marks.values()] };
}

function show() {
  press("save", saved ?? !!mine.saved);
  for (const name of LOOKS) if (mine.look && (mine.look[name] || "") !== (root.dataset[name] || "")) set(name, mine.look[name]);
  const changed = article.querySelector("[data-changed]");
  if (changed && mine.revision && mine.revision < revision) {
    changed.querySelector("a").href += `${mine.revision}/`;
    changed.hidden = false;
  }
  const on = tool("on");
  if (on && mine.progress >= 15 && mine.progress <= 90) on.hidden = false;
}

// Looked at for five seconds, it is read; how much further they came, is told when they turn away.
function tell() {
  if (!body || !since || Date.now() - since < 5000 || furthest === told || mine.history === false) return;
  told = furthest;
  note(number, revision, furthest);
  if (root.dataset.reader) does({ do: "read", article: number, revision, progress: furthest });
}

async function marks() {
  if (!body || !root.dataset.reader) return;
  (await import("./marks.js")).marks({ body, number, revision, highlights: mine.highlights || [] });
}

(async () => {
  mine = await withWaiting(await ask());
  if (mine.history === false) forgetHere();
  show();
  await marks();
  if (!body) return;
  since = Date.now();
  follow(body, (at) => { furthest = Math.max(furthest, at); });
  setTimeout(() => { if (document.visibilityState === "visible") tell(); }, 5000);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") tell(); });
  addEventListener("pagehide", tell);
})();
