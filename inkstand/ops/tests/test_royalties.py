"""`inkstand royalties`: a month from its payments to papers that recompute, by the commands alone."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from inkstand.kit import clock
from inkstand.ops import command
from inkstand.ops.errors import FileUnwritable
from inkstand.ops.royalties import book_correction, book_paid, settle_month, write_statements
from inkstand.royalties.errors import AmountUnreadable, MonthNotSettled, MonthUnreadable
from inkstand.royalties.statement import statement
from inkstand.royalties.tests.town import ADA, BO, SPRING, a_title, an_article, pays, reads
from inkstand.titles.models import Title

pytestmark = pytest.mark.django_db


@pytest.fixture
def march(monkeypatch, tmp_path):
    """Two members of two titles; today is in April, the data folder the test's own."""
    monkeypatch.setattr(clock, "now", lambda: SPRING)
    monkeypatch.setattr(settings, "HOME", tmp_path / "home")
    for reader, name in ((ADA, "Harbour Courier"), (BO, "Northern Ledger")):
        pays(reader)
        reads(reader, an_article(a_title(name)))


def test_settle_then_statements_then_recompute(march, tmp_path, capsys):
    settle_month("2026-03")
    write_statements("2026-03", None, tmp_path / "out")
    assert "2 titles earned\n2 statements of 2026-03 in " in capsys.readouterr().err
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 2 * 4 + 3
    with pytest.raises(SystemExit) as left:
        command.main(["royalties", "recompute", str(tmp_path / "out" / "2026-03-inputs.json")])
    assert left.value.code == 0
    assert "6.65" in capsys.readouterr().out


def test_a_month_in_which_nothing_was_earned_says_so(db, march, tmp_path, capsys):
    settle_month("2026-02")
    write_statements("2026-02", None, tmp_path / "out")
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith(": no title earned") and not (tmp_path / "out").exists()
    assert said[1] == "nothing was earned in 2026-02: there is no statement to write"


def test_statements_of_one_publisher_are_that_ones_alone(march, tmp_path):
    settle_month("2026-03")
    number = a_title("Meridian").publisher_id
    write_statements("2026-03", number, tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").glob("*.csv")} == {f"2026-03-publisher-{number}.csv"}


def test_what_was_paid_and_put_right_stands_on_the_next_statement(march, tmp_path, monkeypatch, capsys):
    settle_month("2026-03")
    courier = Title.objects.get(name="Harbour Courier").publisher_id
    for _ in range(2):
        book_paid(courier, "5.00", "EUR", "bank-17-april")
        book_correction("2026-03", courier, "-0.80", "EUR", reference="robot-1", why="a robot read")
    assert f"publisher {courier} was paid 5.00 EUR and is owed 1.65 EUR" in capsys.readouterr().err
    monkeypatch.setattr(clock, "now", lambda: SPRING + timedelta(days=30))
    settle_month("2026-04")
    (money,) = statement(courier, date(2026, 4, 1)).money
    assert (money.brought, money.paid_out, money.owed) == (665, 500, 85)
    assert money.corrections == (("2026-03: a robot read", -80),)


@pytest.mark.parametrize("amount", ["5,00", "five", "0.00", "5.001"])
def test_an_amount_that_cannot_be_read_books_nothing(march, amount):
    with pytest.raises(AmountUnreadable, match=amount):
        book_paid(1, amount, "EUR", "bank")
    with pytest.raises(AmountUnreadable, match="euros"):
        book_paid(1, "5.00", "euros", "bank")


def test_the_words_of_the_command(monkeypatch):
    said = []
    monkeypatch.setattr(command, "_in_the_paper", lambda *words, **named: said.append((*words, named)))
    assert command.main(["royalties", "paid", "7", "79.80", "EUR", "bank"]) == 0
    assert command.main(["royalties", "correct", "2026-03", "7", "-0.80", "EUR", "robot-1", "a robot read"]) == 0
    named = {"reference": "robot-1", "why": "a robot read"}
    assert said == [
        ("royalties", "book_paid", 7, "79.80", "EUR", "bank", {}),
        ("royalties", "book_correction", "2026-03", 7, "-0.80", "EUR", named),
    ]


def test_what_is_refused(march, tmp_path):
    with pytest.raises(MonthUnreadable, match="2026-03"):
        settle_month("March")
    with pytest.raises(MonthNotSettled):
        write_statements("2026-03", None, tmp_path)
    settle_month("2026-03")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FileUnwritable):
        write_statements("2026-03", None, tmp_path / "file")
