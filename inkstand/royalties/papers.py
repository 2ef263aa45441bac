"""A month's papers for a publisher, as files: statement as PDF and CSV, the inputs, the key, each file signed."""

import csv
import hashlib
import io
from datetime import date
from pathlib import Path

from inkstand.kit.money import written
from inkstand.royalties import seal
from inkstand.royalties.models import Inputs
from inkstand.royalties.months import told
from inkstand.royalties.pdf import pdf
from inkstand.royalties.statement import Money, Statement, statement

_HEAD = ("what", "title", "currency", "user-centric", "pro-rata", "paid", "readings", "completed", "not worth it")


def papers(publisher: int, month: date, home: Path) -> dict[str, bytes]:
    """Files by name. Each has its signature beside it as NAME.sig; `home` holds the key."""
    made, kept = statement(publisher, month), Inputs.objects.get(period=month)
    name, inputs = f"{told(month)}-publisher-{publisher}", kept.text.encode()
    digest = hashlib.sha256(inputs).hexdigest()
    files = {f"{name}.csv": as_csv(made, digest), f"{name}.pdf": pdf(made, digest)}
    signed = {f"{path}.sig": seal.signature(home, content) for path, content in files.items()}
    published = {f"{told(month)}-inputs.json": inputs, f"{told(month)}-inputs.json.sig": bytes(kept.signature)}
    return files | signed | published | {"public-key.pem": seal.public_key(home)}


def as_csv(said: Statement, inputs_sha256: str) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheets spoil names. Empty counts are fewer than ten."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_HEAD)
    table.writerow([f"publisher {said.number}", _plain(said.publisher)])
    table.writerow([f"month {told(said.month)}", f"rule {said.rule.version} pays {said.rule.pays}"])
    table.writerow(["sha256 of the inputs", inputs_sha256])
    for read in said.read:
        counts = ("" if count is None else count for count in (read.readings, read.completed, read.not_worth_it))
        table.writerow(["read", _plain(read.title), "", "", "", "", *counts])
    for money in said.money:
        table.writerows(_rows(said, money))
    return out.getvalue().encode("utf-8-sig")


def _rows(said: Statement, money: Money) -> list[list[str]]:
    def row(what: str, paid: int, title: str = "", ruled: tuple[int, int] | None = None) -> list[str]:
        both = [written(minor, money.currency) for minor in ruled] if ruled else ["", ""]
        return [what, _plain(title), money.currency, *both, written(paid, money.currency)]

    return [
        row("brought forward", money.brought),
        *(row("earned", said.paid(e), e.title, (e.user_centric, e.pro_rata)) for e in money.earned),
        *(row("correction", minor, why) for why, minor in money.corrections),
        row("paid out", -money.paid_out),
        row("owed", money.owed),
    ]


def _plain(text: str) -> str:
    """A name that a spreadsheet would take for a formula is kept from being one."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
