// Every page works without this file. It sets times in the reader's own zone, keeps the colours they chose, offers
// to install the paper, and starts the worker that makes it readable without a connection.
(() => {
  const root = document.documentElement;

  // "en" alone is American to a browser: the reader's own kind of it is asked for.
  const tongue = navigator.languages.find((language) => language.startsWith(root.lang)) || root.lang;
  const clock = new Intl.DateTimeFormat(tongue, { hour: "numeric", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(tongue, { day: "numeric", month: "long" });
  const full = new Intl.DateTimeFormat(tongue, { dateStyle: "long", timeStyle: "short" });
  const today = new Date(root.dataset.now || Date.now()).toDateString();
  for (const element of document.querySelectorAll("time[data-set]")) {
    const at = new Date(element.dateTime);
    const form = { clock, full, stamp: at.toDateString() === today ? clock : day }[element.dataset.set];
    element.textContent = form.format(at);
  }

  // A picture that could not be had comes as a blank three pixels wide, or what "srcset" makes of three: its place is
  // given back to the words.
  const give = (image) => {
    if (image.naturalWidth > 0 && image.naturalWidth < 16) (image.closest(".shot, figure") || image).hidden = true;
  };
  for (const image of document.images) {
    if (image.complete) give(image); else image.addEventListener("load", () => give(image));
  }

  const buttons = document.querySelectorAll(".theme button");
  const press = () => buttons.forEach((button) => button.setAttribute("aria-pressed", button.dataset.theme === (root.dataset.theme || "")));
  buttons.forEach((button) => button.addEventListener("click", () => {
    const wanted = button.dataset.theme;
    if (wanted) root.dataset.theme = wanted; else delete root.dataset.theme;
    try { if (wanted) localStorage.setItem("theme", wanted); else localStorage.removeItem("theme"); } catch { /* private window */ }
    press();
  }));
  press();

  addEventListener("beforeinstallprompt", (event) => {
    const button = document.querySelector("[data-install]");
    if (!button) return;
    event.preventDefault();
    button.hidden = false;
    button.addEventListener("click", () => event.prompt());
  });

  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
})();
