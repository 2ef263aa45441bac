// A picture that cannot be had leaves no hole: its card closes up, as if it had never had one.
function close(picture) {
  const shot = picture.closest(".shot, figure");
  if (!shot) return;
  shot.closest(".card")?.classList.add("bare");
  shot.remove();
}

export function pictures() {
  document.addEventListener("error", ({ target }) => { if (target instanceof HTMLImageElement) close(target); }, true);
  for (const picture of [...document.images]) if (picture.complete && picture.currentSrc && !picture.naturalWidth) close(picture);
}
