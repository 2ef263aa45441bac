"""What the paper promises is what it gives: a feed's own text, no number where there is none, the doors one needs."""

import pytest

from inkstand.billing.models import Gift, Order
from inkstand.kit.codes import in_fours
from inkstand.titles.models import Feed
from inkstand.web.tests.conftest import title
from inkstand.web.tests.test_membership import text, town
from inkstand.web.tests.test_money_said import buy_gift

__all__ = ["town"]


def of(client, address, **said):
    return text(client.get(address, **said))


@pytest.mark.parametrize("access", ["open", "members"])
def test_nobody_is_promised_more_than_a_feed_delivers(cast, article, settings, access):
    settings.ACCESS, settings.FREE_ARTICLES, settings.BILLING = access, 0, "till"
    for address in ("/", f"/article/{article.pk}/", f"/title/{article.title.slug}/", "/membership/", "/gift/"):
        for who in ("Dot", "Cy", "Ada"):
            page = of(cast[who], address)
            assert "whole" not in page.replace("the whole of it", ""), (address, who)
            assert "One subscription" not in page and "membership opens 1 title" not in page, (address, who)


def test_an_open_paper_sells_and_gives_nothing_by_any_address(cast, article, settings):
    settings.ACCESS, settings.BILLING = "open", "till"
    for who in ("Dot", "Cy", "Ed"):
        for address in ("/membership/", "/gift/"):
            page = of(cast[who], address)
            assert "asks for no membership" in page and "Open to everyone" in page, (address, who)
            assert not [word for word in ("€", "$", "Go on to pay", "no card", "Give Inkstand") if word in page]
    given = {"plan": "gift-3", "country": "DE", "email": "kim@example.org", "day": "", "says": ""}
    for address, said in (("/gift/", given), ("/membership/join/", {"plan": "month", "country": "DE", "begin": "1"})):
        page = text(cast["Cy"].post(address, said, follow=True))
        assert "cannot be had here" in page and "asks for no membership" in page
    assert not Order.objects.exists() and not Gift.objects.exists()
    give = f"/article/{article.pk}/give/"
    assert cast["Ed"].get(give).url == cast["Ed"].post(give).url == f"/article/{article.pk}/"


def test_a_gift_bought_before_the_paper_was_open_can_still_be_found(town, cast, settings):
    cast["Cy"].post(buy_gift(cast["Cy"]), {"card": "good"}, follow=True)
    settings.ACCESS = "open"
    page = of(cast["Cy"], "/gift/")
    assert "asks for no membership" in page and in_fours(Gift.objects.get().code) in page


def test_a_titles_page_says_what_its_feed_delivers(dot, db, now, settings):
    slug = title().slug
    settings.ACCESS = "members"
    assert "members read what its feed delivers" in of(dot, f"/title/{slug}/")
    settings.ACCESS = "open"
    assert "everyone reads what its feed delivers" in of(dot, f"/title/{slug}/")


@pytest.mark.parametrize("access", ["open", "members"])
def test_an_empty_paper_counts_no_titles(dot, db, now, settings, access):
    settings.ACCESS = access
    assert not Feed.objects.exists()
    for address in ("/", "/account/signup/", "/titles/", "/membership/"):
        page = of(dot, address)
        assert "0 titles" not in page and "One membership. News" not in page, address


def test_what_is_not_found_shows_a_reader_their_own_doors(cast):
    page = of(cast["Ada"], "/no/such/page/")
    assert "Settings" in page and "Sign out" in page and "Start reading" not in page
    assert "Sign in" in of(cast["Dot"], "/no/such/page/")
    assert "a letter of the address may be missing" in page
