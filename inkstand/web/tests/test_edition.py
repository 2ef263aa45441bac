"""An edition on the page: numbered, as printed, with an end, and nothing in it that the gate holds back."""

from datetime import timedelta

import pytest

from inkstand.articles.models import Article
from inkstand.articles.publish import revise
from inkstand.editions.models import Edition
from inkstand.editions.printing import print_public
from inkstand.titles.models import Terms
from inkstand.web.tests.conftest import BODY, NOW, SECRET, draft

pytestmark = pytest.mark.django_db
MORNING = "/edition/2026-03-14/morning/"


@pytest.fixture
def morning(paper, hung):
    print_public(NOW)
    return Edition.objects.public().get(language="en", country="")


def text(client, address=MORNING):
    return client.get(address).content.decode()


def test_it_is_numbered_and_ends_and_says_so(dot, morning):
    page = text(dot)
    assert page.count('<span class="number"') == 10
    assert "That is all for this morning." in page
    assert "The next comes at" in page
    assert ">18:00</time>" in page


def test_the_evening_says_that_the_next_comes_tomorrow(dot, morning):
    print_public(NOW + timedelta(hours=9))
    page = text(dot, "/edition/2026-03-14/evening/")
    assert "That is all for this evening." in page
    assert "The next comes tomorrow at" in page


def test_each_has_its_address_and_the_newest_a_short_one(dot, morning):
    assert dot.get("/edition/").url == MORNING
    assert text(dot, f"{MORNING}en/").count('<span class="number"') == 10
    assert text(dot, f"{MORNING}all/").count('<span class="number"') == 10


def test_those_of_one_country_are_listed_by_its_name(dot, morning):
    for code in ("GB", "DE", "XB"):
        morning.pk, morning.country = None, code
        morning.save(force_insert=True)
    listed = text(dot, "/editions/").partition("For one country")[2]
    assert listed.index(f'href="{MORNING}en-DE/">Germany<') < listed.index(f'href="{MORNING}en-GB/">United Kingdom<')
    assert f"{MORNING}en-XB/" not in listed


@pytest.mark.parametrize(
    "address",
    ["/edition/2026-03-14/evening/", "/edition/2026-03-13/morning/", "/edition/today/morning/", f"{MORNING}de/",
     "/edition/2026-03-14/night/", "/edition/0000-00-00/morning/", f"{MORNING}xx-YY-zz/"],
)  # fmt: skip
def test_there_is_none_at_any_other(dot, morning, address):
    assert dot.get(address).status_code == 404


def test_what_is_revised_stays_in_it_as_it_was_printed(dot, morning):
    before = text(dot)
    revise([(morning.articles[0], draft(1, headline="Quite another headline"))], now=NOW)
    assert text(dot) == before


def test_what_is_withdrawn_is_gone_from_it_and_its_place_says_whose_it_was(dot, morning):
    headline = Article.objects.get(pk=morning.articles[3]).current.headline
    assert headline in text(dot)
    Article.objects.filter(pk=morning.articles[3]).update(withdrawn_at=NOW, notice="It was not so.")
    page = text(dot)
    assert headline not in page
    assert "has withdrawn this article. It was not so." in page
    assert page.count('<span class="number"') == 10


def test_a_correction_stands_beside_what_it_corrects(dot, morning):
    Article.objects.filter(pk=morning.articles[2]).update(notice="The harbour is deeper.")
    assert "The harbour is deeper." in text(dot)


def test_no_text_stands_in_it_for_anyone(cast, morning, settings):
    settings.ACCESS = "members"
    for name, client in cast.items():
        page = text(client)
        assert page.count('<span class="number"') == 10, name
        assert SECRET not in page, name


def test_a_title_of_headlines_only_has_no_lead(dot, paper, hung):
    Terms.objects.update(readable="headline")
    print_public(NOW)
    page = text(dot)
    assert "What the ice did" not in page
    assert BODY[:60] not in page


def test_the_list_leads_to_each_by_what_led_it(dot, morning):
    page = text(dot, "/editions/")
    assert f'href="{MORNING}en/"' in page
    assert Article.objects.get(pk=morning.articles[0]).current.headline in page
    Article.objects.filter(pk=morning.articles[0]).update(withdrawn_at=NOW)
    assert Article.objects.get(pk=morning.articles[0]).current.headline not in text(dot, "/editions/")


def test_before_the_first_the_list_says_so(dot, db, now, hung):
    assert "No edition yet" in text(dot, "/editions/")
    assert dot.get("/edition/").url == "/editions/"


def test_a_page_of_it_costs_a_fixed_number_of_statements(dot, morning, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        dot.get(MORNING)
