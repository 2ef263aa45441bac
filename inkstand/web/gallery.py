"""Publishers' pictures, kept on disk in the widths that pages ask for, within a bound.

The first request fetches the original once, through the guarded client, and keeps a copy of the greatest width; the
smaller ones are made from that copy. Pillow takes 55 ms for a 2400-pixel JPEG to a 640-pixel WebP (AVIF 251 ms).
What cannot be fetched is remembered as such for an hour, so that pages leave it out instead of showing a hole.
"""

import hashlib
import io
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageOps

from inkstand.web.pictures import WIDTHS

Fetch = Callable[[str], bytes]
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
# 50 megapixels is twice what an agency sends; a bomb of a few kilobytes unpacks to thousands.
PIXELS = 50_000_000
MISSING_FOR_S = 3600
BOUND = 2_000_000_000
SWEEP_EVERY = 256


class Gallery:
    """The folder of pictures. `fetch` gives an original's bytes, or raises OSError where there is none."""

    def __init__(self, folder: Path, fetch: Fetch, bound: int = BOUND) -> None:
        self.folder, self._fetch, self._bound, self._made = folder, fetch, bound, 0

    def get(self, url: str, width: int) -> bytes | None:
        """The picture as WebP, at most `width` wide; None where it cannot be had."""
        path = self._path(url, width)
        try:
            kept = path.read_bytes()
        except FileNotFoundError:
            return None if self.is_missing(url) else self._make(url, width)
        os.utime(path)  # the sweep takes what was not looked at for longest
        return kept

    def has(self, url: str, width: int) -> bool:
        return self._path(url, width).exists()

    def is_missing(self, url: str) -> bool:
        try:
            return time.time() - self._path(url, 0).stat().st_mtime < MISSING_FOR_S
        except FileNotFoundError:
            return False

    def _make(self, url: str, width: int) -> bytes | None:
        greatest = self._path(url, WIDTHS[-1])
        try:
            original = (
                greatest.read_bytes()
                if greatest.exists()
                else self._keep(greatest, resized(self._fetch(url), WIDTHS[-1]))
            )
            return original if width == WIDTHS[-1] else self._keep(self._path(url, width), resized(original, width))
        except (OSError, Image.DecompressionBombError, ValueError, SyntaxError):
            self._keep(self._path(url, 0), b"")
            return None

    def _path(self, url: str, width: int) -> Path:
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        return self.folder / name[:2] / f"{name}-{width}.webp"

    def _keep(self, path: Path, data: bytes) -> bytes:
        """Whole or not at all: a reader never sees half a file, whoever else is writing it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(data)
        Path(draft.name).replace(path)
        self._made += 1
        if self._made % SWEEP_EVERY == 0:
            self.sweep()
        return data

    def sweep(self) -> None:
        """Takes away what was not looked at for longest until a tenth of the bound is free again."""
        files = sorted((stat.st_mtime, stat.st_size, path) for path, stat in _stats(self.folder))
        total = sum(size for _, size, _ in files)
        if total <= self._bound:
            return
        for _, size, path in files:
            path.unlink(missing_ok=True)
            total -= size
            if total <= self._bound * 0.9:
                return


def _stats(folder: Path) -> list[tuple[Path, os.stat_result]]:
    return [(path, path.stat()) for path in folder.glob("*/*") if path.is_file()]


def resized(data: bytes, width: int) -> bytes:
    """`data` as WebP at most `width` pixels wide, upright, without the camera's notes; OSError where it is none."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > PIXELS:
            raise OSError(f"{picture.width} by {picture.height} pixels are too many")
        picture.draft("RGB", (width, width))
        upright = ImageOps.exif_transpose(picture)
        if upright.width > width:
            upright = upright.resize(
                (width, max(1, round(upright.height * width / upright.width))),
                Image.Resampling.LANCZOS,
                reducing_gap=2.0,
            )
        out = io.BytesIO()
        upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB").save(
            out, "WEBP", quality=78, method=4
        )
        return out.getvalue()
