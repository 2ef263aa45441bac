"""What pages and letters say of money is so: paid once or again and again, paid already or not yet."""

import re

import pytest
from django.core import mail
from django.utils import translation

from inkstand.billing.invoice import paid_for
from inkstand.billing.models import Contract, Payment
from inkstand.web.tests.test_membership import join, text, town

__all__ = ["town"]
NOT_YET = ("is paid for", "you have paid for", "have your money back", "A receipt comes by mail.", "Next payment")


def buy_gift(giver):
    checkout = giver.post("/gift/", {"plan": "gift-3", "country": "US", "email": "", "day": "", "says": ""})
    return checkout.url


def letter(subject):
    return next(sent for sent in reversed(mail.outbox) if subject in sent.subject).body


def test_the_till_asks_for_a_gift_once(town, cast):
    page = text(cast["Cy"].get(buy_gift(cast["Cy"])))
    assert "$30.00 once" in page and "every 3 months" not in page


def test_a_gifts_receipt_says_that_it_is_one(town, cast):
    cast["Cy"].post(buy_gift(cast["Cy"]), {"card": "good"}, follow=True)
    town.work()
    said = letter("Receipt 1")
    assert "For: Inkstand as a gift, 3 months" in said and "ends by itself" in said and "/gift/" in said
    assert "leaving it" not in said


@pytest.mark.parametrize(
    ("language", "said"), [("en", ("Gift", "Inkstand as a gift, 3 months")), ("de", ("Geschenk", "3 Monate"))]
)
def test_a_gifts_invoice_and_its_line_say_that_it_is_one(town, cast, language, said):
    cast["Cy"].post(buy_gift(cast["Cy"]), {"card": "good"}, follow=True)
    with translation.override(language):
        head, line = paid_for(Payment.objects.get(), "3 months")
    assert head == said[0] and said[1] in line and "2026" not in line
    page = text(cast["Cy"].get("/membership/", headers={"Accept-Language": language}))
    assert line in page and not re.search("Jun[ei] 2026", page)
    join(cast["Cy"])
    own = ("Membership", "Monthly, March 14, 2026 – April 14, 2026")
    assert paid_for(Payment.objects.latest("pk"), "Monthly") == own


@pytest.mark.parametrize(
    ("plan", "price"), [("month", "9.00 EUR every month\n"), ("year", "90.00 EUR every 12 months")]
)
def test_the_letter_of_joining_says_the_price_in_words(town, cast, plan, price):
    join(cast["Cy"], plan=plan)
    town.work()
    assert f"Price: {price}" in letter("Welcome")
    assert "If you leave before the day of the first payment" not in letter("Welcome")


def test_in_the_trial_no_page_speaks_of_what_was_paid(town, cast):
    offer = text(cast["Bo"].get("/membership/"))
    assert "The first payment is due on 25 March 2026; if I leave before, nothing is charged." in offer
    assert "Join, and pay from 25 March 2026" in offer and "Join and pay" not in offer
    pages = [text(join(cast["Bo"]))]
    pages += [text(cast["Bo"].get(f"/membership/{page}")) for page in ("", "leave/", "pause/")]
    for page in pages:
        assert not [words for words in NOT_YET if words in page], page
    town.work()
    assert "If you leave before the day of the first payment, nothing is charged." in letter("Welcome")


def test_who_withdraws_in_the_trial_is_promised_no_money(town, cast):
    join(cast["Bo"])
    address = cast["Bo"].get("/membership/withdraw/", follow=True).redirect_chain[-1][0]
    assert "You have paid nothing, and nothing will be charged." in text(cast["Bo"].get(address))
    cast["Bo"].post(address)
    town.work()
    assert "goes back" not in letter("You have withdrawn") and "nothing will be charged" in letter("You have withdrawn")


@pytest.mark.parametrize(("thanks", "back"), [("/membership/thanks/", "/membership/"), ("/gift/thanks/", "/gift/")])
def test_nobody_is_thanked_for_what_they_have_not_ordered(town, cast, thanks, back):
    assert cast["Cy"].get(thanks).url == back
    buy_gift(cast["Cy"])
    assert "Your payment is on its way" in text(cast["Cy"].get(thanks))


def test_once_paid_it_is_said_as_paid(town, cast):
    page = text(join(cast["Cy"]))
    assert "A receipt comes by mail." in page and "Next payment" in page
    assert Contract.objects.get().payments.count() == 1
    assert "have your money back" in text(cast["Cy"].get("/membership/"))
    assert "what you have paid for ends" in text(cast["Cy"].get("/membership/leave/"))
    assert "which is paid for" in text(cast["Cy"].get("/membership/pause/"))


@pytest.mark.parametrize("language", ["en-US", "de-DE"])
def test_prices_are_for_every_country(town, cast, language):
    page = cast["Cy"].get("/membership/", headers={"Accept-Language": language}).content.decode()
    chosen = language.partition("-")[2]
    assert all(f'<option value="{code}"' in page for code in ("AT", "BR", "DE", "ES", "FR", "GB", "IN", "XK", "ZA"))
    assert f'<option value="{chosen}" selected>' in page and page.count(" selected>") == 1
    assert not any(f'<option value="{code}"' in page for code in ("EU", "UN", "SU", "ZZ"))
    austria, cyprus = (page.index(f'<option value="{code}"') for code in ("AT", "CY"))
    assert austria < cyprus
