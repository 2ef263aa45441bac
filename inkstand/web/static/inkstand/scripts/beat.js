// Tells that the article is being looked at, so that its publisher is paid for it: every few seconds, by a signed ticket
// that names the article and a number for its reader which nobody can trace once the month is over.
import { say, words } from "./words.js";

const article = document.querySelector("article[data-article]"), body = article?.querySelector(".prose:not(.teaser)");
const asks = article?.querySelector("[data-worth]");

async function tell(path, said) {
  const answer = await fetch(path, { method: "POST", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify(said) });
  if (!answer.ok) throw answer.status;
}

// The furthest line that came into view, as a share of the text; never less than before.
let seen = 0;
function look() {
  const { top, height } = body.getBoundingClientRect();
  seen = Math.max(seen, Math.min(1, Math.max(0, (innerHeight - top) / (height || 1))));
}

async function begin() {
  const answer = await fetch(`/article/${article.dataset.article}/ticket/`).catch(() => null);
  const { ticket, every } = answer?.ok ? await answer.json() : {};
  if (!ticket) return;
  const beating = setInterval(async () => {
    if (document.visibilityState !== "visible" || !document.hasFocus()) return;
    look();
    try { await tell("/beat/", { ticket, visible: true, foreground: true, seen }); } catch (refused) { if (refused === 410) clearInterval(beating); }
  }, every * 1000);
  addEventListener("scroll", look, { passive: true });
  ask(ticket);
}

function ask(ticket) {
  if (!asks) return;
  asks.hidden = false;
  asks.querySelector("button").addEventListener("click", async ({ currentTarget: button }) => {
    const not = button.getAttribute("aria-pressed") !== "true";
    try { await tell("/worth/", { ticket, worth_it: !not }); } catch { return say(words.no_line); }
    button.setAttribute("aria-pressed", not);
  });
}

if (body && document.documentElement.dataset.reader) begin();
