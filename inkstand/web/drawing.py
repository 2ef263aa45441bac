"""The card of a story: the picture that stands beside its address wherever somebody shares it. Pure."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from inkstand.kit.fonts import SANS

SIZE: Final = (1200, 630)
_INK, _PAPER, _SOFT, _DEEP = "#fbf8f1", "#14304f", "#c9d4e2", (14, 30, 50)
_EDGE, _LINES = 64, 4
_QUALITY: Final = 84


def card(headline: str, line: str, picture: bytes | None, paper: str) -> bytes:
    """A JPEG of SIZE: `headline` over `picture` (any format Pillow reads), `line` beneath it, the paper's name above.

    A headline in letters that our font has not is left to the page that shows the card, which sets it beside.
    """
    made = _ground(picture)
    draw = ImageDraw.Draw(made)
    name = "".join(sign for sign in paper if has(sign)).strip()
    draw.text((_EDGE, _EDGE - 8), name, fill=_INK, font=_fitting(name))
    draw.text((_EDGE, SIZE[1] - _EDGE), line if has(line) else "", fill=_SOFT, font=_font(30), anchor="ls")
    bottom = SIZE[1] - _EDGE - 58
    for number, text in enumerate(reversed(_lines(headline) if has(headline) else [])):
        draw.text((_EDGE, bottom - number * 70), text, fill=_INK, font=_font(56), anchor="ls")
    out = io.BytesIO()
    made.save(out, "JPEG", quality=_QUALITY, progressive=True)
    return out.getvalue()


def _ground(picture: bytes | None) -> Image.Image:
    """The picture filling the card, darker towards the bottom; our own blue where there is none."""
    try:
        found = Image.open(io.BytesIO(picture or b"")).convert("RGB")
    except (UnidentifiedImageError, OSError):
        return Image.new("RGB", SIZE, _PAPER)
    shade = Image.linear_gradient("L").resize(SIZE).point(lambda light: 90 + light * 155 // 255)
    return Image.composite(Image.new("RGB", SIZE, _DEEP), ImageOps.fit(found, SIZE), shade)


def _fitting(name: str) -> ImageFont.FreeTypeFont:
    """The largest in which the name stands in one line; sixty of the widest letters do in the least."""
    sizes = (size for size in (34, 27, 22) if _font(size).getlength(name) <= SIZE[0] - 2 * _EDGE)
    return _font(next(sizes, 17))


def _lines(headline: str) -> list[str]:
    """The headline in at most _LINES lines, an ellipsis where it is longer."""
    lines = list(_broken(headline.split()))
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"{lines[_LINES - 1].rstrip(' ,;:')}…"]


def _broken(words: list[str]) -> Iterator[str]:
    line = ""
    for word in words:
        wider = f"{line} {word}".strip()
        if line and _font(56).getlength(wider) > SIZE[0] - 2 * _EDGE:
            yield line
            wider = word
        line = wider
    if line:
        yield line


def has(text: str) -> bool:
    """Whether the font can set it: what it has not, it draws as the same empty box as a private character."""
    box = _font(30).getmask("\U0010fffd").getbbox()
    return not any(_font(30).getmask(sign).getbbox() == box and not sign.isspace() for sign in set(text))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(SANS), size)
