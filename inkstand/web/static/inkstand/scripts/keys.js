// The paper by keyboard: j and k through a list, and from article to article of the list one came from.
import { words } from "./words.js";

const LIST = "list";
const places = words.places || {};
let going = 0;

const links = () => [...document.querySelectorAll("main .card :is(h2, h3) a")].filter((link) => link.checkVisibility?.() ?? true);
const article = () => document.querySelector("article[data-article]");

// Where in the list we stand: what has the focus, or else what was last there.
let at = -1;
function step(by) {
  const all = links(), inside = all.findIndex((link) => link.closest(".card").contains(document.activeElement));
  at = Math.max(0, Math.min(all.length - 1, (inside < 0 ? at : inside) + by));
  if (!all[at]) return;
  all[at].focus({ preventScroll: true });
  all[at].closest(".card").scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function onwards(by) {
  if (!article()) return step(by);
  const list = JSON.parse(sessionStorage.getItem(LIST) || "[]"), here = list.indexOf(location.pathname);
  const next = here < 0 ? undefined : list[here + by];
  if (next) location.assign(next); else step(by);
}

function save() {
  const card = document.activeElement.closest?.(".card"), lever = card ? card.querySelector(".keep") : article()?.querySelector("[data-do=save]");
  if (lever) return lever.click();
  const address = card?.querySelector(":is(h2, h3) a")?.getAttribute("href") || "";
  const number = card ? /^\/article\/(\d+)\//.exec(address)?.[1] : article()?.dataset.article;
  if (number) document.dispatchEvent(new CustomEvent("paper:save", { detail: { article: +number, card } }));
}

function search(event) {
  const field = document.querySelector("main input[type=search]");
  event.preventDefault();
  if (field) field.focus(); else if (places["/"]) location.assign(places["/"]);
}

const deeds = {
  j: () => onwards(1),
  k: () => onwards(-1),
  o: () => (article() && !document.activeElement.closest(".card") ? article().querySelector(".original a") : document.activeElement.closest?.(".card")?.querySelector(":is(h2, h3) a"))?.click(),
  s: save,
  l: () => document.querySelector("[data-do=listen]")?.click(),
  g: () => { going = Date.now(); },
  "/": search,
  "?": async () => (await import("./help.js")).help(),
};

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  if (localStorage.getItem("keys") === "off" && event.key !== "?") return;
  const gone = Date.now() - going < 1500;
  going = 0;
  if (gone && places[event.key]) location.assign(places[event.key]);
  else if (Object.hasOwn(deeds, event.key)) deeds[event.key](event);
}

export function keys() {
  document.addEventListener("keydown", press);
  // The list one reads from is remembered for as long as the tab lives.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("main .card a[href^='/article/']");
    if (link && !link.closest("[data-article]")) sessionStorage.setItem(LIST, JSON.stringify(links().map((each) => each.pathname)));
  });
}
