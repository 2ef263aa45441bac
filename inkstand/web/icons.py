"""The icons of a paper with a name of its own: its initial, where Inkstand has its drawing. Pure."""

import io
from typing import Final
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from inkstand.kit.fonts import SANS
from inkstand.web.drawing import has

# Of each drawing, the side in pixels (0: an SVG) and whether its corners are round: devices cut the others themselves.
_DRAWN: Final = {
    "inkstand/icon.svg": (0, True),
    "inkstand/icon-180.png": (180, False),
    "inkstand/icon-192.png": (192, True),
    "inkstand/icon-512.png": (512, True),
    "inkstand/maskable-512.png": (512, False),
}
# All measures are of a drawing 512 wide; a mask leaves of it the circle of 204 around its middle, and so the letter.
_SIDE, _ROUND, _LETTER, _LINE = 512, 112, 320, 372
_GROUND, _INK = "#14304f", "#fbf8f1"


def icon(path: str, name: str) -> bytes | None:
    """The file at `path` for a paper called `name`; None where ours stands: it is no icon, or our font has not the
    initial."""
    initial = name.strip()[:1].upper()[:1]
    if path not in _DRAWN or name == "Inkstand" or not has(initial):
        return None
    side, is_round = _DRAWN[path]
    return _png(initial, side, _ROUND if is_round else 0) if side else _svg(initial).encode()


def _svg(initial: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">'
        f'<rect width="{_SIDE}" height="{_SIDE}" rx="{_ROUND}" fill="{_GROUND}"/>'
        f'<text x="{_SIDE // 2}" y="{_LINE}" text-anchor="middle" font-family="DejaVu Sans, Verdana, sans-serif"'
        f' font-size="{_LETTER}" font-weight="700" fill="{_INK}">{escape(initial)}</text></svg>'
    )


def _png(initial: str, side: int, radius: int) -> bytes:
    drawn = Image.new("RGBA", (2 * _SIDE, 2 * _SIDE))
    draw = ImageDraw.Draw(drawn)
    draw.rounded_rectangle((0, 0, 2 * _SIDE, 2 * _SIDE), 2 * radius, fill=_GROUND)
    # The font has one weight: a rim of the same colour makes it bold.
    letter = ImageFont.truetype(str(SANS), 2 * _LETTER)
    draw.text((_SIDE, 2 * _LINE), initial, _INK, letter, anchor="ms", stroke_width=12)
    out = io.BytesIO()
    drawn.resize((side, side), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
