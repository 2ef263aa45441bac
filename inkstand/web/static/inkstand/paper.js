// Every page works without this file. It sets times in the reader's own zone, gives back the place of pictures that
// could not be had, and offers to install the paper. What a reader does is in scripts/.
(() => {
  const root = document.documentElement;

  // "en" alone is American to a browser: the reader's own kind of it is asked for.
  const tongue = navigator.languages.find((language) => language.startsWith(root.lang)) || root.lang;
  const clock = new Intl.DateTimeFormat(tongue, { timeStyle: "short" });
  // Clocks are the reader's own kind; days are written as the paper writes them, for they stand beside its own.
  const order = root.lang === "en" ? "en-GB" : tongue;
  const day = new Intl.DateTimeFormat(order, { day: "numeric", month: "long" });
  const date = new Intl.DateTimeFormat(order, { dateStyle: "long" });
  const full = { format: (at) => `${date.format(at)}, ${clock.format(at)}` };
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

  addEventListener("beforeinstallprompt", (event) => {
    const button = document.querySelector("[data-install]");
    if (!button) return;
    event.preventDefault();
    button.hidden = false;
    button.addEventListener("click", () => event.prompt());
  });
})();
