"""Sheets of paper as PDF, on A4, the same bytes every time; in Latin, Greek, Cyrillic, Armenian, Georgian."""

import io
import unicodedata
from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from inkstand.kit.fonts import SANS

FONT = "InkstandSans"
INK, GREY = HexColor("#1c1a17"), HexColor("#8a8378")
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=9, leading=13, textColor=INK)
HEAD = ParagraphStyle("head", TEXT, fontSize=17, leading=24)
SUB = ParagraphStyle("sub", TEXT, fontSize=11, leading=16, spaceBefore=14, spaceAfter=4)
SMALL = ParagraphStyle("small", TEXT, fontSize=7.5, leading=10.5, textColor=GREY)
_MARGIN = 19 * mm


def sheet(title: str, parts: Sequence[Flowable], *, author: str, language: str = "en") -> bytes:
    """The PDF of `parts`, one under another."""
    _load()
    out = io.BytesIO()
    about = {"title": title, "author": author, "lang": language}
    page = SimpleDocTemplate(out, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, invariant=1, **about)
    page.build(list(parts))
    return out.getvalue()


def text(said: str, style: ParagraphStyle = TEXT) -> Paragraph:
    """Plain text, whatever signs are in it."""
    return Paragraph(printable(said), style)


def space(millimetres: float) -> Spacer:
    return Spacer(1, millimetres * mm)


def printable(said: str) -> str:
    """`said` as the font can print it; a question mark for a letter it lacks, nothing for a sign without a shape."""
    seen = (letter for letter in said if unicodedata.category(letter) != "Cf")
    return escape("".join(letter if ord(letter) in _load().face.charToGlyph else "?" for letter in seen))


def table(rows: Sequence[Sequence[object]], widths: Sequence[float], *more: tuple[object, ...]) -> Table:
    """`widths` in millimetres. The first row is the head; all but the first column are set to the right."""
    style = [
        ("FONT", (0, 0), (-1, -1), FONT, 9),
        ("TEXTCOLOR", (0, 0), (-1, 0), GREY),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, INK),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        *more,
    ]
    return Table(rows, colWidths=[width * mm for width in widths], repeatRows=1, style=style, hAlign="LEFT")


def above_last(colour: HexColor = INK) -> tuple[object, ...]:
    """A line above a table's last row, for its sum."""
    return ("LINEABOVE", (0, -1), (-1, -1), 0.6, colour)


@cache
def _load() -> TTFont:
    font = TTFont(FONT, SANS)
    pdfmetrics.registerFont(font)
    return font
