// Share: the device's own sheet where there is one, else the address goes to the clipboard.
import { say, words } from "./words.js";

export async function share(title, url) {
  if (navigator.share) {
    try { return await navigator.share({ title, url }); } catch (error) { if (error.name === "AbortError") return; }
  }
  await copy(url);
}

export async function copy(url) {
  try {
    await navigator.clipboard.writeText(url);
    say(words.copied);
  } catch { prompt(words.copy, url); }
}
