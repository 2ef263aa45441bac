"""A publisher's statement as PDF, on the paper's own sheet."""

from collections.abc import Sequence

from django.conf import settings
from reportlab.platypus import Flowable, Paragraph, Table

from inkstand.kit.money import written
from inkstand.kit.sheet import HEAD, SMALL, SUB, TEXT, above_last, sheet, space, table, text
from inkstand.royalties.months import told
from inkstand.royalties.statement import Money, Statement

_WIDTHS = (74, 31, 31, 31)


def pdf(said: Statement, inputs_sha256: str) -> bytes:
    money = [part for one in said.money for part in _money(said, one)]
    parts = [*_top(said), *money, *_end(said, inputs_sha256)]
    return sheet(f"Statement {told(said.month)}", parts, author=settings.NAME)


def _top(said: Statement) -> list[Flowable]:
    rule = f"Rule {said.rule.version} pays {said.rule.pays}. Publisher {said.number}."
    parts: list[Flowable] = [
        Paragraph(f"Statement for {told(said.month)}", HEAD),
        text(said.publisher, SUB),
        Paragraph(rule, TEXT),
    ]
    if said.read:
        rows = [["", "readings", "completed", "not worth it"]]
        rows += [[text(r.title), *map(_count, (r.readings, r.completed, r.not_worth_it))] for r in said.read]
        parts += [Paragraph("Read", SUB), _table(rows)]
    return parts


def _money(said: Statement, money: Money) -> list[Flowable]:
    def row(name: str, paid: int, *ruled: int) -> list[object]:
        return [text(name), *([written(m, money.currency) for m in ruled] or ["", ""]), written(paid, money.currency)]

    rows: list[list[object]] = [
        ["", "user-centric", "pro-rata", "paid"],
        row("Brought forward", money.brought),
        *(row(e.title, said.paid(e), e.user_centric, e.pro_rata) for e in money.earned),
        *(row(f"Correction: {why}", minor) for why, minor in money.corrections),
        row("Paid out", -money.paid_out),
        row("Owed", money.owed),
    ]
    return [Paragraph(money.currency, SUB), _table(rows, above_last())]


def _end(said: Statement, inputs_sha256: str) -> list[Flowable]:
    says = (
        f"Every amount can be computed again from {told(said.month)}-inputs.json, whose SHA-256 is {inputs_sha256}:"
        f" python recompute.py {told(said.month)}-inputs.json. Counts of fewer than ten are not told. This file is"
        " signed: its signature stands beside it as .sig, and public-key.pem checks it (openssl pkeyutl -verify -pubin"
        " -inkey public-key.pem -rawin -in FILE -sigfile FILE.sig)."
    )
    return [space(10), Paragraph(says, SMALL)]


def _count(count: int | None) -> str:
    return "under 10" if count is None else f"{count:,}"


def _table(rows: Sequence[Sequence[object]], *more: tuple[object, ...]) -> Table:
    return table(rows, _WIDTHS, *more)
