// How far a reader came, and which state of the article they saw: told to the paper where they are signed in, kept on
// the device besides, so that the next visit can say what changed and lead on to where they stopped.
const LINE = 0.35;  // of the height of the window: where the eye is
const MOST = 400;

const kept = () => { try { return JSON.parse(localStorage.getItem("read") || "{}"); } catch { return {}; } };

function keep(number, seen) {
  const all = kept();
  all[number] = seen;
  const oldest = Object.keys(all).sort((a, b) => all[b].at - all[a].at).slice(MOST);
  for (const each of oldest) delete all[each];
  try { localStorage.setItem("read", JSON.stringify(all)); } catch { /* private window */ }
}

export const seenHere = (number) => kept()[number];
export const forgetHere = () => { try { localStorage.removeItem("read"); } catch { /* private window */ } };

// In hundredths of its blocks, so that another width and another size find the same place.
export function follow(body, progressed) {
  const bar = document.body.appendChild(Object.assign(document.createElement("div"), { className: "progress" }));
  bar.setAttribute("aria-hidden", "true");
  let due = 0;
  const measure = () => {
    due = 0;
    const at = place(body);
    bar.style.inlineSize = `${at}%`;
    progressed(at);
  };
  const later = () => { due ||= requestAnimationFrame(measure); };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
}

export function place(body) {
  const blocks = [...body.children], eye = innerHeight * LINE;
  if (body.getBoundingClientRect().bottom <= innerHeight) return 100;
  let at = blocks.findIndex((block) => block.getBoundingClientRect().bottom > eye);
  if (at < 0) return 100;
  const { top, height } = blocks[at].getBoundingClientRect();
  return Math.round(100 * Math.min(1, (at + Math.max(0, Math.min(1, (eye - top) / (height || 1)))) / blocks.length));
}

export function goTo(body, progress) {
  const blocks = [...body.children], at = progress / 100 * blocks.length, block = blocks[Math.min(blocks.length - 1, Math.floor(at))];
  const { top, height } = block.getBoundingClientRect();
  scrollTo({ top: scrollY + top + height * (at % 1) - innerHeight * LINE, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

export function note(number, revision, progress) {
  const before = kept()[number];
  keep(number, { revision, progress: Math.max(progress, before?.revision === revision ? before.progress : 0), at: Date.now() });
}
