"""A statement as PDF, on A4, the same bytes every time. The font holds Latin, Greek, Cyrillic, Armenian, Georgian."""

import io
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
from inkstand.kit.money import written
from inkstand.royalties.months import told
from inkstand.royalties.statement import Money, Statement

_FONT, _FILE = "InkstandSans", SANS
_INK, _GREY = HexColor("#1c1a17"), HexColor("#8a8378")
_TEXT = ParagraphStyle("text", fontName=_FONT, fontSize=9, leading=13, textColor=_INK)
_HEAD = ParagraphStyle("head", _TEXT, fontSize=17, leading=24)
_SUB = ParagraphStyle("sub", _TEXT, fontSize=11, leading=16, spaceBefore=14, spaceAfter=4)
_SMALL = ParagraphStyle("small", _TEXT, fontSize=7.5, leading=10.5, textColor=_GREY)
_NAME, _NUMBER, _MARGIN = 74 * mm, 31 * mm, 19 * mm


def pdf(said: Statement, inputs_sha256: str) -> bytes:
    _load()
    out = io.BytesIO()
    about = {"title": f"Statement {told(said.month)}", "author": "Inkstand", "lang": "en"}
    page = SimpleDocTemplate(out, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, invariant=1, **about)
    money = [part for one in said.money for part in _money(said, one)]
    page.build([*_top(said), *money, *_end(said, inputs_sha256)])
    return out.getvalue()


def printable(text: str) -> str:
    """`text` as the font can print it; a letter it lacks stands as a question mark; the CSV beside it has the name."""
    return escape("".join(letter if ord(letter) in _load().face.charToGlyph else "?" for letter in text))


@cache
def _load() -> TTFont:
    font = TTFont(_FONT, _FILE)
    pdfmetrics.registerFont(font)
    return font


def _top(said: Statement) -> list[Flowable]:
    rule = f"Rule {said.rule.version} pays {said.rule.pays}. Publisher {said.number}."
    parts: list[Flowable] = [
        Paragraph(f"Statement for {told(said.month)}", _HEAD),
        Paragraph(printable(said.publisher), _SUB),
        Paragraph(rule, _TEXT),
    ]
    if said.read:
        rows = [["", "readings", "completed", "not worth it"]]
        rows += [[_name(r.title), *map(_count, (r.readings, r.completed, r.not_worth_it))] for r in said.read]
        parts += [Paragraph("Read", _SUB), _table(rows)]
    return parts


def _money(said: Statement, money: Money) -> list[Flowable]:
    def row(name: str, paid: int, *ruled: int) -> list[object]:
        return [_name(name), *([written(m, money.currency) for m in ruled] or ["", ""]), written(paid, money.currency)]

    rows: list[list[object]] = [
        ["", "user-centric", "pro-rata", "paid"],
        row("Brought forward", money.brought),
        *(row(e.title, said.paid(e), e.user_centric, e.pro_rata) for e in money.earned),
        *(row(f"Correction: {why}", minor) for why, minor in money.corrections),
        row("Paid out", -money.paid_out),
        row("Owed", money.owed),
    ]
    return [Paragraph(money.currency, _SUB), _table(rows, ("LINEABOVE", (0, -1), (-1, -1), 0.6, _INK))]


def _end(said: Statement, inputs_sha256: str) -> list[Flowable]:
    says = (
        f"Every amount can be computed again from {told(said.month)}-inputs.json, whose SHA-256 is {inputs_sha256}:"
        f" python recompute.py {told(said.month)}-inputs.json. Counts of fewer than ten are not told. This file is"
        " signed: its signature stands beside it as .sig, and public-key.pem checks it (openssl pkeyutl -verify -pubin"
        " -inkey public-key.pem -rawin -in FILE -sigfile FILE.sig)."
    )
    return [Spacer(1, 10 * mm), Paragraph(says, _SMALL)]


def _name(text: str) -> Paragraph:
    return Paragraph(printable(text), _TEXT)


def _count(count: int | None) -> str:
    return "under 10" if count is None else f"{count:,}"


def _table(rows: Sequence[Sequence[object]], *more: tuple[object, ...]) -> Table:
    style = [
        ("FONT", (0, 0), (-1, -1), _FONT, 9),
        ("TEXTCOLOR", (0, 0), (-1, 0), _GREY),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, _INK),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        *more,
    ]
    return Table(rows, colWidths=[_NAME, *[_NUMBER] * 3], repeatRows=1, style=style, hAlign="LEFT")
