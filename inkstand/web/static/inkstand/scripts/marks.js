// Highlights and notes: select, and mark. A mark knows where in the text it stood and what it said, so that it is found
// again in a later state of the article.
import { does } from "./app.js";
import { say, words } from "./words.js";

const LONGEST = 5000;
const template = (name) => document.importNode(document.getElementById(name).content, true).firstElementChild;

export function marks({ body, number, revision, highlights }) {
  const known = new Map(highlights.map((mark) => [mark.key, mark]));
  const bar = document.body.appendChild(template("mark-tools"));
  const list = document.querySelector("[data-marks]");

  const draw = () => {
    for (const mark of body.querySelectorAll("mark[data-key]")) mark.replaceWith(...mark.childNodes);
    body.normalize();
    for (const mark of known.values()) paint(body, mark);
    list.hidden = !known.size;
    list.querySelector("ol").replaceChildren(...[...known.values()].sort((a, b) => a.start - b.start).map(entry));
  };

  const entry = (mark) => {
    const item = template("mark-entry");
    item.querySelector("blockquote").textContent = mark.quote;
    item.querySelector("p").textContent = mark.note || "";
    item.querySelector("p").hidden = !mark.note;
    item.querySelector("button").addEventListener("click", () => open(mark));
    return item;
  };

  const open = async (mark) => {
    const sheet = document.body.appendChild(template("note-sheet")), field = sheet.querySelector("textarea");
    sheet.querySelector("blockquote").textContent = mark.quote;
    field.value = mark.note || "";
    sheet.addEventListener("close", async () => {
      sheet.remove();
      if (sheet.returnValue === "remove") {
        known.delete(mark.key);
        draw();
        await does({ do: "unhighlight", key: mark.key });
      } else if (sheet.returnValue === "save" && field.value.trim() !== (mark.note || "")) {
        mark.note = field.value.trim();
        draw();
        await does({ do: "note", key: mark.key, note: mark.note });
      }
    });
    sheet.showModal();
    field.focus();
  };

  const make = async (noted) => {
    const place = chosen(body);
    bar.hidden = true;
    if (!place) return;
    if (place.quote.length > LONGEST) return say(words.too_long);
    const mark = { key: crypto.randomUUID(), note: "", ...place };
    getSelection().removeAllRanges();
    known.set(mark.key, mark);
    draw();
    await does({ do: "highlight", article: number, revision, ...mark });
    if (noted) open(mark); else say(words.marked);
  };

  const offer = () => {
    const place = chosen(body);
    bar.hidden = !place;
    if (!place) return;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    bar.style.top = `${scrollY + box.bottom + 10}px`;
    bar.style.left = `${Math.max(8, Math.min(innerWidth - bar.offsetWidth - 8, box.left + (box.width - bar.offsetWidth) / 2))}px`;
  };

  document.addEventListener("selectionchange", offer);
  // The selection would be gone by the time of the click.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => { const what = event.target.closest("[data-mark]")?.dataset.mark; if (what) make(what === "note"); });
  body.addEventListener("click", (event) => {
    const key = event.target.closest("mark[data-key]")?.dataset.key;
    if (key && known.has(key) && !event.target.closest("a") && getSelection().isCollapsed) open(known.get(key));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "m" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, dialog")) return;
    if (localStorage.getItem("keys") !== "off" && chosen(body)) make(false);
  });
  draw();
}

// What is selected within the text, in characters of its plain text; nothing where it is less than three signs.
function chosen(body) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.commonAncestorContainer)) return null;
  const before = document.createRange();
  before.setStart(body, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const said = range.toString(), quote = said.trim();
  if (quote.length < 3) return null;
  const start = before.toString().length + said.indexOf(quote);
  return { start, end: start + quote.length, quote };
}

// Where it stood, if it says there what it said; else the nearest place that does; else nowhere any more.
export function find(text, { start, end, quote }) {
  if (text.slice(start, end) === quote) return start;
  let best = -1;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (best < 0 || Math.abs(at - start) < Math.abs(best - start)) best = at;
  }
  return best;
}

function paint(body, mark) {
  const text = body.textContent, start = find(text, mark);
  if (start < 0) return;
  const end = start + mark.quote.length, parts = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let at = 0, node; (node = walker.nextNode()) && at < end; at += node.data.length) {
    const from = Math.max(0, start - at), to = Math.min(node.data.length, end - at);
    if (from < to && node.data.slice(from, to).trim()) parts.push([node, from, to]);
  }
  for (const [node, from, to] of parts) {
    const piece = node.splitText(from);
    piece.splitText(to - from);
    const drawn = document.createElement("mark");
    drawn.dataset.key = mark.key;
    if (mark.note) drawn.className = "noted";
    piece.replaceWith(drawn);
    drawn.append(piece);
  }
}
