"""A month settled: paid by its rule, recomputable by anyone, closed for good, and nobody's reading left in it."""

import json
import random
from collections import Counter
from datetime import date, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import IntegrityError, connection, transaction

from inkstand.readers.models import Reader
from inkstand.royalties import ledger, recompute, seal
from inkstand.royalties.corrections import correct
from inkstand.royalties.errors import (
    EarlierMonthOpen,
    MonthClosed,
    MonthNotOver,
    MonthNotSettled,
    NoSuchPublisher,
    ReferenceTaken,
    RuleTooEarly,
)
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Booking, Earning, Inputs, MonthsFee, Period, Pulse, Reading, Receipt, Tally
from inkstand.royalties.receipt import points
from inkstand.royalties.receipts import keep_receipts, receipts
from inkstand.royalties.rules import publish_rule
from inkstand.royalties.settle import due, settle
from inkstand.royalties.tests.town import (
    ADA,
    APRIL,
    BO,
    CY,
    MARCH,
    NOW,
    SPRING,
    a_title,
    an_article,
    check_now,
    pays,
    reads,
)
from inkstand.royalties.values import Pays
from inkstand.stories.models import Account, Story

pytestmark = pytest.mark.django_db


def owed(title, currency="EUR"):
    return ledger.balances(Place(Kind.PUBLISHER, title.publisher_id)).get(currency, 0)


def published(month=MARCH):
    return json.loads(Inputs.objects.get(period=month).text)


@pytest.fixture
def titles(db):
    return [a_title(name) for name in ("Harbour Courier", "Northern Ledger", "Meridian")]


def test_each_members_fee_goes_to_what_that_member_read(titles, tmp_path):
    one, two, three = (an_article(title) for title in titles)
    pays(ADA)  # 6.65 into the pot
    pays(BO)
    reads(ADA, one, 60)
    reads(BO, two, 300)
    reads(BO, three, 100)
    settle(MARCH, now=SPRING, home=tmp_path)
    check_now()
    assert [owed(title) for title in titles] == [665, 499, 166]
    assert list(Earning.objects.order_by("title_id").values_list("pro_rata", flat=True)) == [174, 867, 289]


def test_pro_rata_pays_where_it_is_the_rule(titles, tmp_path):
    publish_rule(starts=APRIL, pays=Pays.PRO_RATA, operator_permille=100, copy_permille=1000, min_seconds=10, now=NOW)
    pays(ADA, covers_from=APRIL, covers_until=date(2026, 5, 1), now=SPRING)
    pays(BO, covers_from=APRIL, covers_until=date(2026, 5, 1), now=SPRING)
    reads(ADA, an_article(titles[0]), 60, APRIL)
    reads(BO, an_article(titles[1]), 180, APRIL)
    settle(APRIL, now=SPRING + timedelta(days=30), home=tmp_path)
    check_now()
    assert [owed(title) for title in titles] == [428, 1282, 0]
    assert published(APRIL)["rule"]["pays"] == "pro-rata"


def test_a_rule_is_published_before_it_holds():
    with pytest.raises(RuleTooEarly, match="2026-04"):
        publish_rule(starts=MARCH, pays=Pays.PRO_RATA, operator_permille=0, copy_permille=0, min_seconds=0, now=NOW)


def test_a_copy_weighs_less(titles, tmp_path):
    original, copy = an_article(titles[0]), an_article(titles[1])
    story = Story.objects.create(began_at=NOW, moved_at=NOW)
    Account.objects.create(article=original, story=story, published_at=NOW)
    Account.objects.create(article=copy, story=story, published_at=NOW, copy_of=original)
    pays(ADA)
    reads(ADA, original, 100)
    reads(ADA, copy, 100)
    settle(MARCH, now=SPRING, home=tmp_path)
    assert [owed(title) for title in titles] == [532, 133, 0]


def test_reading_without_a_fee_moves_no_money_but_is_tallied(titles, tmp_path):
    one, two, _ = (an_article(title) for title in titles)
    pays(ADA)
    reads(ADA, one)
    reads(CY, two, 10_000, not_worth_it=True)
    reads(BO, one, 9)
    settle(MARCH, now=SPRING, home=tmp_path)
    assert [owed(title) for title in titles] == [665, 0, 0]
    tallies = Tally.objects.order_by("title_id").values_list(
        "title", "readings", "readers", "completed", "not_worth_it"
    )
    assert list(tallies) == [(titles[0].pk, 1, 1, 1, 0), (titles[1].pk, 1, 1, 1, 1)]


def test_a_pot_nobody_read_for_waits_for_the_next_month(titles, tmp_path):
    pays(ADA)
    settle(MARCH, now=SPRING, home=tmp_path)
    check_now()
    reads(BO, an_article(titles[2]), 60, APRIL)
    pays(BO, covers_from=APRIL, covers_until=date(2026, 5, 1), now=SPRING)
    settle(APRIL, now=SPRING + timedelta(days=30), home=tmp_path)
    check_now()
    assert owed(titles[2]) == 1330
    assert published(APRIL)["pots"][0]["brought"] == 665
    assert recompute.report(published(APRIL)) == 0
    assert recompute.report(published(MARCH)) == 0


def test_currencies_are_settled_apart(titles, tmp_path):
    pays(ADA)
    pays(BO, 1500, tax=100, provider=0, currency="JPY")
    reads(ADA, an_article(titles[0]))
    reads(BO, an_article(titles[1]))
    settle(MARCH, now=SPRING, home=tmp_path)
    assert (owed(titles[0]), owed(titles[1], "JPY")) == (665, 980)
    assert (owed(titles[1]), owed(titles[0], "JPY")) == (0, 0)


def a_month(seed, titles, members=40):
    """Members at a few prices, who read at random; gives what Python says each title's members' points come to."""
    chance = random.Random(seed)
    articles = [an_article(title) for title in titles]
    by_points = Counter()
    for reader in range(1, members + 1):
        pays(reader, chance.choice([1200, 1200, 900, 599]), tax=0, provider=0)
        read = {a: chance.randint(10, 900) for a in chance.sample(articles, chance.randint(0, len(articles)))}
        for article, seconds in read.items():
            reads(reader, article, seconds)
        fee = MonthsFee.objects.latest("pk").minor
        if read:
            for title, share in points({a.title_id: s * 1000 for a, s in read.items()}).items():
                by_points[title] += fee * share
    return by_points


@pytest.mark.parametrize("seed", range(2))
def test_the_database_divides_points_as_python_does_and_the_script_finds_every_amount(seed, titles, tmp_path, capsys):
    wanted = a_month(seed, titles)
    settle(MARCH, now=SPRING, home=tmp_path)
    check_now()
    (pot,) = published()["pots"]
    found = Counter()
    for parts in (pot["few"], *(group["parts"] for group in pot["groups"])):
        found.update({int(title): part for title, part in parts.items()})
    assert found == wanted
    (tmp_path / "inputs.json").write_text(Inputs.objects.get().text, encoding="utf-8")
    assert recompute.main([str(tmp_path / "inputs.json")]) == 0
    assert "Every amount is as it was settled." in capsys.readouterr().out
    assert sum(owed(title) for title in titles) == pot["pot"]
    assert all(group["readers"] >= 10 for group in pot["groups"])


def test_who_read_what_is_thrown_away(titles, tmp_path):
    pays(ADA)
    reads(ADA, an_article(titles[0]))
    settle(MARCH, now=SPRING, home=tmp_path)
    assert Period.objects.get(month=MARCH).key is None
    assert [table.objects.filter(period=MARCH).count() for table in (Reading, Pulse, MonthsFee)] == [0, 0, 0]
    with pytest.raises(MonthClosed):
        reads(ADA, an_article(titles[0]))


def test_a_settled_month_is_changed_by_nobody(titles, tmp_path):
    pays(ADA)
    reads(ADA, an_article(titles[0]))
    settle(MARCH, now=SPRING, home=tmp_path)
    with pytest.raises(MonthClosed, match="Book a correction"):
        settle(MARCH, now=SPRING, home=tmp_path)
    for change in (
        lambda: Period.objects.filter(month=MARCH).update(key=b"again", settled_at=None, rule=None),
        lambda: connection.cursor().execute("DELETE FROM royalties_period"),
        lambda: Inputs.objects.update(text="{}"),
        lambda: Earning.objects.update(user_centric=1),
        lambda: Reading.objects.create(
            period_id=MARCH, reader=1, article=an_article(titles[0]), title=titles[0], limit_s=1
        ),
        lambda: ledger.book(kind="correction", month=MARCH, currency="EUR", reference="x", gains=[], now=SPRING),
    ):
        with pytest.raises(IntegrityError, match=r"settled|stays"), transaction.atomic():
            change()


def test_a_late_payment_for_a_settled_month_goes_into_the_next(titles, tmp_path):
    settle(MARCH, now=SPRING, home=tmp_path)
    pays(ADA, now=SPRING)
    check_now()
    assert list(MonthsFee.objects.values_list("period_id", "minor")) == [(APRIL, 665)]


def test_months_are_settled_in_order_and_once_over(tmp_path):
    pays(ADA)
    with pytest.raises(MonthNotOver, match="2026-04-02"):
        settle(MARCH, now=NOW, home=tmp_path)
    with pytest.raises(EarlierMonthOpen, match="settle 2026-03"):
        settle(APRIL, now=SPRING + timedelta(days=30), home=tmp_path)
    assert due(NOW) == []
    assert due(SPRING) == [MARCH]


def test_a_correction_is_a_new_booking_in_the_open_month(titles, tmp_path):
    gains = {titles[0].publisher_id: -100, titles[1].publisher_id: 150}
    facts = {"of": MARCH, "currency": "EUR", "gains": gains, "reference": "c1", "why": "readings of a robot"}
    with pytest.raises(MonthNotSettled):
        correct(**facts, now=SPRING)
    settle(MARCH, now=SPRING, home=tmp_path)
    made = correct(**facts, now=SPRING)
    check_now()
    assert correct(**facts, now=SPRING) == made, "said twice, booked once"
    with pytest.raises(ReferenceTaken):
        correct(**facts | {"gains": {titles[0].publisher_id: -99}}, now=SPRING)
    with pytest.raises(NoSuchPublisher, match="987654"):
        correct(**facts | {"gains": {987654: 1}, "reference": "c2"}, now=SPRING)
    assert (made.period_id, made.why) == (APRIL, "2026-03: readings of a robot")
    assert [owed(title) for title in titles] == [-100, 150, 0]
    assert ledger.balances(Place(Kind.OPERATOR)) == {"EUR": -50}


def test_the_inputs_are_signed_and_name_nobody(titles, tmp_path):
    for reader in range(1, 13):
        pays(reader)
        reads(reader, an_article(titles[reader % 3]))
    settle(MARCH, now=SPRING, home=tmp_path)
    kept = Inputs.objects.get()
    key = load_pem_public_key(seal.public_key(tmp_path))
    key.verify(bytes(kept.signature), kept.text.encode())
    with pytest.raises(InvalidSignature):
        key.verify(bytes(kept.signature), kept.text.replace("2026-03", "2026-04").encode())
    assert set(published()["pots"][0]["groups"][0]) == {"readers", "fee", "fees", "parts"}
    assert (tmp_path / seal.NAME).stat().st_mode & 0o077 == 0


def test_receipts_are_kept_only_for_who_wants_them(titles, tmp_path):
    ada, bo = (Reader.objects.create_user(f"{name}@reader.example") for name in ("ada", "bo"))
    keep_receipts(reader=ada.pk, keep=True)
    for reader in (ada, bo):
        pays(reader.pk)
        reads(reader.pk, an_article(titles[0]), 300)
        reads(reader.pk, an_article(titles[1]), 100)
    (before,) = receipts(ada.pk, MARCH)
    assert before.went == {titles[0].pk: 499, titles[1].pk: 166}
    settle(MARCH, now=SPRING, home=tmp_path)
    assert receipts(ada.pk, MARCH) == [before]
    assert receipts(bo.pk, MARCH) == []
    keep_receipts(reader=ada.pk, keep=False)
    assert not Receipt.objects.exists()


def test_the_ledger_as_a_whole_is_zero_and_the_pots_are_empty(titles, tmp_path):
    a_month(7, titles, members=15)
    settle(MARCH, now=SPRING, home=tmp_path)
    check_now()
    assert ledger.balances(Place(Kind.POT, month=MARCH)) == {}
    assert Booking.objects.filter(kind="settlement").count() == 1
