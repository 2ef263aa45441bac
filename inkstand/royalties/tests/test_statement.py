"""Statements: what a publisher is told adds up, tells of nobody, and is signed."""

import csv
import io
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from inkstand.kit.sheet import printable
from inkstand.royalties import recompute
from inkstand.royalties.corrections import correct
from inkstand.royalties.errors import MonthNotSettled, NoSuchPublisher, NotOwed, ReferenceTaken
from inkstand.royalties.papers import as_csv, papers
from inkstand.royalties.payments import book_pay_out
from inkstand.royalties.pdf import pdf
from inkstand.royalties.settle import settle
from inkstand.royalties.statement import publishers, statement
from inkstand.royalties.tests.town import APRIL, MARCH, SPRING, a_title, an_article, pays, reads
from inkstand.titles.models import Title

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)
LATER = SPRING + timedelta(days=30)


@pytest.fixture
def courier(db, tmp_path):
    """Twelve members read a title of the Courier's in March and pay 6.65 each; one reads another, which is copied."""
    title = a_title()
    small = Title.objects.create(publisher=title.publisher, name="=SUM(Ledger)", slug="ledger")
    article, rare = an_article(title), an_article(small)
    for reader in range(12):
        pays(reader)
        reads(reader, article, 100)
    reads(0, rare, 300)
    settle(MARCH, now=SPRING, home=tmp_path)
    return title.publisher_id


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_statement_says_what_each_title_earned_and_what_is_owed(courier):
    said = statement(courier, MARCH)
    (money,) = said.money
    assert [(e.title, e.user_centric) for e in money.earned] == [("Harbour Courier", 7481), ("=SUM(Ledger)", 499)]
    assert (money.brought, money.paid, money.paid_out, money.owed) == (0, 7980, 0, 7980)
    assert sum(said.paid(earned) for earned in money.earned) == money.paid


def test_fewer_than_ten_readers_are_not_told(courier):
    large, small = statement(courier, MARCH).read
    assert (large.readings, large.completed, large.not_worth_it) == (12, 12, 0)
    assert (small.readings, small.completed, small.not_worth_it) == (None, None, None)


def test_the_next_month_brings_forward_and_shows_what_was_put_right_and_paid(courier, tmp_path):
    correct(
        of=MARCH, currency="EUR", gains={courier: -80}, reference="c1", why="twelve readings of a robot", now=SPRING
    )
    for _ in range(2):
        book_pay_out(publisher=courier, minor=7000, currency="EUR", reference="out-1", now=SPRING)
    before = statement(courier, MARCH)
    settle(APRIL, now=LATER, home=tmp_path)
    (money,) = statement(courier, APRIL).money
    assert (money.brought, money.paid, money.paid_out, money.owed) == (7980, 0, 7000, 900)
    assert money.corrections == (("2026-03: twelve readings of a robot", -80),)
    assert statement(courier, MARCH) == before


def test_a_title_renamed_or_sold_later_changes_no_statement(courier):
    before = statement(courier, MARCH)
    buyer = a_title("Meridian").publisher
    Title.objects.filter(publisher=courier).update(publisher=buyer, name="Meridian Weekly")
    assert statement(courier, MARCH) == before
    assert statement(buyer.pk, MARCH).read == statement(buyer.pk, MARCH).money == ()


def test_a_publisher_is_paid_what_it_is_owed_and_no_more(courier):
    facts = {"publisher": courier, "currency": "EUR", "now": SPRING}
    for minor in (7981, 0, -5):
        with pytest.raises(NotOwed, match=r"79\.80 EUR"):
            book_pay_out(minor=minor, reference="out", **facts)
    book_pay_out(minor=7980, reference="out", **facts)
    for other in ({"minor": 7979}, {"minor": 7980, "publisher": a_title("Meridian").publisher_id}):
        with pytest.raises(ReferenceTaken):
            book_pay_out(reference="out", **facts | other)


def test_what_cannot_be_told(courier):
    with pytest.raises(MonthNotSettled, match="inkstand royalties settle 2026-05"):
        statement(courier, MAY)
    with pytest.raises(NoSuchPublisher):
        statement(987654, MARCH)
    assert publishers(MARCH) == [courier]


def test_the_csv_adds_up_and_holds_no_formula(courier):
    table = rows(as_csv(statement(courier, MARCH), "0" * 64))
    paid = {row[0]: row[5] for row in table if len(row) > 5}
    assert (paid["brought forward"], paid["owed"]) == ("0.00", "79.80")
    assert [row[5] for row in table if row[0] == "earned"] == ["74.81", "4.99"]
    assert not any(cell.startswith(("=", "+", "@")) for row in table for cell in row)


def test_the_pdf_is_one_and_the_same_every_time(courier):
    said = statement(courier, MARCH)
    made = pdf(said, "0" * 64)
    assert made.startswith(b"%PDF-")
    assert made == pdf(said, "0" * 64)


def test_names_the_font_lacks_are_printed_as_questions_and_markup_as_itself():
    assert printable("Καθημερινή Новая <b>") == "Καθημερινή Новая &lt;b&gt;"
    assert printable("新 News") == "? News"


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here to check with")
def test_anyone_can_check_the_papers_with_tools_of_their_own(courier, tmp_path):
    """openssl checks each signature, and a bare Python, without us on its path, every amount."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, content in papers(courier, MARCH, tmp_path).items():
        (folder / name).write_bytes(content)
    signed = sorted(path for path in folder.iterdir() if path.with_name(f"{path.name}.sig").exists())
    assert [path.suffix for path in signed] == [".json", ".csv", ".pdf"]
    for path in signed:
        checked = openssl(folder, path)
        assert checked.returncode == 0, checked.stderr
    (folder / signed[0].name).write_text("{}")
    assert openssl(folder, signed[0]).returncode == 1


def openssl(folder, path):
    options = ["-pubin", "-inkey", folder / "public-key.pem", "-rawin", "-in", path, "-sigfile", f"{path}.sig"]
    return subprocess.run(["openssl", "pkeyutl", "-verify", *options], capture_output=True, text=True)


def test_the_script_runs_alone_and_says_what_differs(courier, tmp_path):
    inputs = papers(courier, MARCH, tmp_path)["2026-03-inputs.json"].decode()
    right, wrong = tmp_path / "right.json", tmp_path / "wrong.json"
    right.write_text(inputs, encoding="utf-8")
    wrong.write_text(inputs.replace("7481", "7482"), encoding="utf-8")
    assert alone(right, tmp_path) == (0, "Every amount is as it was settled.")
    assert alone(wrong, tmp_path) == (1, "These differ.")
    assert alone(tmp_path / "none.json", tmp_path)[0] == 2
    assert len(Path(recompute.__file__).read_text(encoding="utf-8").splitlines()) < 100


def alone(path, folder):
    script = [sys.executable, "-I", "-S", recompute.__file__, str(path)]
    ran = subprocess.run(script, capture_output=True, text=True, cwd=folder, check=False)
    return ran.returncode, ran.stdout.strip().splitlines()[-1] if ran.stdout else ""
