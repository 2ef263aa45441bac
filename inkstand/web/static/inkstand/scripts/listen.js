// Reads an article out with the device's own voice, paragraph by paragraph, and follows it in the text. Only voices on
// the device itself: others send what is read to whoever runs them.
import { say, words } from "./words.js";

const LONGEST = 220;  // signs in one go: some engines fall silent after fifteen seconds
const READ = "h1, header .standfirst, .prose :is(p, h2, h3, h4, li, blockquote, dd, dt)";

const synth = globalThis.speechSynthesis;

export async function listen(article) {
  if (!synth) return say(words.no_voice);
  const body = article.querySelector(".prose"), language = (body.closest("[lang]") || document.documentElement).lang;
  const voice = await voiceFor(language);
  if (!voice) return say(words.no_voice);
  return new Player(article, voice);
}

async function voiceFor(language) {
  if (!synth.getVoices().length) await new Promise((done) => { synth.addEventListener?.("voiceschanged", done, { once: true }); setTimeout(done, 1500); });
  const tag = (voice) => voice.lang.replace("_", "-").toLowerCase(), wanted = language.toLowerCase();
  const fits = synth.getVoices().filter((voice) => voice.localService && tag(voice).split("-")[0] === wanted.split("-")[0]);
  return fits.find((voice) => navigator.languages.some((mine) => mine.toLowerCase() === tag(voice))) || fits.find((voice) => voice.default) || fits[0];
}

// A paragraph in sentences, and long sentences at their commas.
export function pieces(text, language) {
  const sentences = "Segmenter" in Intl ? [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)].map((each) => each.segment) : [text];
  return sentences.flatMap((sentence) => sentence.length <= LONGEST ? [sentence] : sentence.match(/.{1,200}(?:[\s,;:،、]|$)|.{1,200}/gsu)).map((piece) => piece.trim()).filter(Boolean);
}

class Player {
  constructor(article, voice) {
    this.voice = voice;
    this.parts = [...article.querySelectorAll(READ)].filter((part) => !part.querySelector(READ) && part.textContent.trim());
    this.at = this.piece = this.turn = 0;
    this.bar = document.importNode(document.getElementById("player").content, true).firstElementChild;
    document.body.append(this.bar);
    document.body.classList.add("listening");
    this.play = this.bar.querySelector("[data-listen=toggle]");
    this.bar.addEventListener("click", (event) => this.press(event.target.closest("[data-listen]")?.dataset.listen));
    this.speed = this.bar.querySelector("select");
    this.speed.value = localStorage.getItem("speed") || "1";
    this.speed.addEventListener("change", () => { localStorage.setItem("speed", this.speed.value); if (this.speaking) this.speak(); });
    this.left = (event) => { if (event.isTrusted) this.scrolled = Date.now(); };
    for (const kind of ["wheel", "touchmove"]) addEventListener(kind, this.left, { passive: true });
    addEventListener("pagehide", () => this.stop(), { once: true });
    this.speak();
    this.play.focus();
  }

  press(what) {
    if (what === "toggle") { if (this.speaking) this.pause(); else this.speak(); }
    if (what === "back" || what === "on") this.go(this.at + (what === "on" ? 1 : -1));
    if (what === "stop") this.stop();
  }

  go(to) {
    this.piece = 0;
    this.at = Math.max(0, Math.min(this.parts.length - 1, to));
    this.scrolled = 0;
    this.speak();
  }

  // The engine's own pause is kept by few devices: a piece is begun anew instead.
  pause() {
    this.turn += 1;
    this.state(false);
    synth.cancel();
  }

  speak() {
    const part = this.parts[this.at], turn = this.turn += 1, said = pieces(part.textContent, this.voice.lang);
    synth.cancel();
    this.state(true);
    this.follow(part);
    const words = new SpeechSynthesisUtterance(said[this.piece] || "");
    Object.assign(words, { voice: this.voice, lang: this.voice.lang, rate: +this.speed.value });
    // What a cancelled piece still has to tell is of no interest any more.
    words.onend = () => { if (turn === this.turn) this.next(said.length); };
    words.onerror = (event) => { if (turn === this.turn && !["canceled", "interrupted"].includes(event.error)) this.pause(); };
    synth.speak(words);
  }

  next(count) {
    this.piece += 1;
    if (this.piece >= count) { this.piece = 0; this.at += 1; }
    if (this.at < this.parts.length) this.speak(); else this.stop();
  }

  follow(part) {
    for (const other of this.parts) other.classList.toggle("spoken", other === part);
    const { top, bottom } = part.getBoundingClientRect();
    // Whoever scrolls away looks at something: they are not pulled back for a while.
    if (Date.now() - (this.scrolled || 0) < 5000 || (top > 0 && bottom < innerHeight - 90)) return;
    part.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  state(speaking) {
    this.speaking = speaking;
    this.play.setAttribute("aria-label", speaking ? words.pause : words.play);
    this.play.classList.toggle("playing", speaking);
  }

  stop() {
    if (this.stopped) return;
    this.stopped = true;
    this.pause();
    for (const part of this.parts) part.classList.remove("spoken");
    for (const kind of ["wheel", "touchmove"]) removeEventListener(kind, this.left);
    this.bar.remove();
    document.body.classList.remove("listening");
    this.ended?.();
  }
}
