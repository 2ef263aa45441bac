// What is this reader's own on a page that is the same for all: read, saved, followed. Asked for in one small answer,
// shown on the links that are there anyway; and done at once where a link would ask first.
import { does } from "./app.js";

const root = document.documentElement;
const all = (selector) => [...document.querySelectorAll(selector)];
const numberOf = (link) => +/^\/article\/(\d+)\//.exec(link?.getAttribute("href"))?.[1] || 0;
const cards = new Map();
for (const card of all(".card")) {
  const number = numberOf(card.querySelector(":is(h2, h3) a"));
  if (number) cards.set(number, [...(cards.get(number) || []), card]);
}
const levers = all("[data-follow]");

// A link that does something at once is a button, to those who hear the page too.
function press(link, on) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-pressed", on);
  const label = link.querySelector("[data-on]");
  if (!label) return;
  label.dataset.off ||= label.textContent;
  label.textContent = on ? label.dataset.on : label.dataset.off;
}
const pressed = (link) => link.getAttribute("aria-pressed") === "true";
const keeps = (number) => (cards.get(number) || []).map((card) => card.querySelector(".keep")).filter(Boolean);

for (const link of [...all(".keep"), ...levers]) press(link, false);

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.("a[role=button]")) { event.preventDefault(); event.target.click(); }
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest?.(".keep, [data-follow]");
  if (!link) return;
  event.preventDefault();
  const on = !pressed(link);
  if (link.matches(".keep")) {
    const article = +new URL(link.href).searchParams.get("article");
    return document.dispatchEvent(new CustomEvent("paper:save", { detail: { article, on } }));
  }
  const [kind, ...key] = link.dataset.follow.split(":");
  does({ do: on ? "follow" : "unfollow", kind, key: key.join(":") });
});

// Whoever did it, a click, a key or another tool on the page: every mark of it turns, and stays so where the answer that
// is still under way does not know of it.
const turned = new WeakSet();
const turn = (link, on) => { turned.add(link); press(link, on); };
document.addEventListener("paper:deed", ({ detail }) => {
  if (/^(un)?save$/.test(detail.do)) for (const link of keeps(detail.article)) turn(link, detail.do === "save");
  if (/^(un)?follow$/.test(detail.do)) for (const link of levers) if (link.dataset.follow === `${detail.kind}:${detail.key}`) turn(link, detail.do === "follow");
});

function show({ read, saved, follows, moved }) {
  for (const number of Object.keys(read)) for (const card of cards.get(+number) || []) card.classList.add("seen");
  for (const number of saved) for (const link of keeps(number)) if (!turned.has(link)) press(link, true);
  for (const link of levers) if (!turned.has(link)) press(link, follows.includes(link.dataset.follow));
  for (const sign of all("[data-moved]")) {
    sign.hidden = !moved;
    sign.textContent = moved || "";
    sign.setAttribute("aria-label", `${moved} ${sign.dataset.moved}`);
  }
  // A followed story that is looked at has no more moved than is seen here.
  const story = /^\/story\/(\d+)\//.exec(location.pathname)?.[1];
  if (story && follows.includes(`story:${story}`)) does({ do: "seen", story: +story });
}

(async () => {
  if (!root.dataset.reader || (!cards.size && !levers.length && !all("[data-moved]").length)) return;
  const asked = new URLSearchParams({ articles: [...cards.keys()].join(","), follows: levers.map((link) => link.dataset.follow).join(",") });
  // What waits on this device is told first, so that the answer knows of it.
  await globalThis.waiting?.flush().catch(() => {});
  const answer = await fetch(`/mine/?${asked}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) show(await answer.json());
})();
