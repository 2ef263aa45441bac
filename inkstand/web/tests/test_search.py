"""The search page, without script: what is asked, what is found and marked, what must not show."""

import re
from datetime import timedelta
from html import unescape

import pytest

from inkstand.articles.publish import withdraw
from inkstand.reading.models import Follow
from inkstand.search import fill
from inkstand.search.subjects import subject
from inkstand.search.values import Mark, Place, Query
from inkstand.titles.models import Terms
from inkstand.web.pages.search import mark_from, mark_to
from inkstand.web.pages.subject import address_of
from inkstand.web.tests.conftest import NOW, SECRET, draft, print_articles, title


@pytest.fixture
def searched(dot, paper):
    fill.catch_up(now=NOW)

    def searched(address="", by=dot):
        answer = by.get(f"/search/{address}")
        assert answer.status_code == 200
        return answer.content.decode()

    return searched


def headlines(html):
    return [unescape(re.sub("<.*?>", "", found)) for found in re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", html)]


def test_the_form_stands_ready_and_says_how_to_ask(searched):
    html = searched()
    assert '<form role="search" action="/search/">' in html
    assert "How to ask" in html
    assert headlines(html) == []


def test_what_matched_is_marked_in_headline_and_text(searched):
    html = searched("?q=reports+froze")
    assert len(headlines(html)) == 25
    assert "Harbour <mark>report</mark> number" in html
    assert "The harbour <mark>froze</mark> over in the night" in html


def test_nothing_of_a_text_comes_out_as_html(searched, now):
    print_articles(title("Trouble"), draft(900, headline="<b>Bold</b> & <script>brisk</script>", standfirst="\x02<i>"))
    fill.catch_up(now=NOW)
    html = searched("?q=bold")
    assert "&lt;b&gt;<mark>Bold</mark>&lt;/b&gt; &amp; &lt;script&gt;" in html
    assert "<script>brisk" not in html


def test_counts_narrow_the_search_down(searched):
    html = searched("?q=harbour")
    address = unescape(
        re.search(r'<a href="(\?[^"]*title=meridian[^"]*)"><bdi>Meridian</bdi> <span class="soft">10<', html)[1]
    )
    narrowed = searched(address)
    assert len(headlines(narrowed)) == 10
    assert 'href="?q=harbour"' in narrowed


def test_turning_the_pages_shows_all_once(searched):
    first = searched("?q=harbour")
    second = searched(unescape(re.search(r'href="(\?[^"]*before=[^"]*)"', first)[1]))
    assert len(set(headlines(first) + headlines(second))) == len(headlines(first) + headlines(second)) == 30


def test_whoever_may_not_open_a_text_neither_sees_nor_finds_it(searched, cast, settings):
    settings.ACCESS = "members"
    for name, client in cast.items():
        found = searched("?q=master+learns", by=client)
        assert SECRET not in found
        assert bool(headlines(found)) == (name in ("Ada", "Bo", "Ed")), name
    settings.ACCESS = "open"
    assert headlines(searched("?q=master+learns"))


def test_of_a_title_that_gives_headlines_only_the_headline_shows(searched):
    Terms.objects.update(readable="headline")
    html = searched("?q=harbour")
    assert len(headlines(html)) == 25
    assert "What the ice did" not in html
    assert "froze over" not in html


def test_what_is_withdrawn_or_not_out_yet_is_not_there(searched, now):
    (gone,) = print_articles(title("Gone"), draft(901, headline="Quokka gone"))
    (early,) = print_articles(title("Early"), draft(902, headline="Quokka early"))
    withdraw(gone.pk, notice="An error.", now=NOW)
    type(early).objects.filter(pk=early.pk).update(shown_from=NOW + timedelta(hours=1))
    fill.catch_up(now=NOW)
    html = searched("?q=quokka")
    assert headlines(html) == []
    assert "Nothing is found" in html


def test_a_mistyped_word_is_said_to_be_taken_for_another(searched):
    html = searched("?q=Harbuor")
    assert "harbour" in re.search(r'role="status">(.*?)</p>', html)[1]
    assert len(headlines(html)) == 25


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("?q=x&from=soon", "“soon” is no day"),
        ("?from=2026-03-02&to=2026-03-01", "The last day is before the first."),
        ("?title=nowhere", "There is no title of that name"),
    ],
)
def test_what_cannot_be_used_is_said_in_words(searched, address, says):
    html = searched(address)
    assert says in html
    assert headlines(html) == []


def test_what_cannot_be_used_narrows_nothing_down(searched):
    html = searched("?q=harbour&from=soon&to=2026-03-14")
    assert "Without the filter:" in html
    assert "until 2026-03-14" in html
    assert "from soon" not in html


def test_a_search_that_finds_nothing_can_be_followed(searched):
    html = searched("?q=xylophonist")
    assert "Nothing is found" in html
    assert 'data-follow="search:words=xylophonist"' in html


@pytest.mark.parametrize(
    "address",
    [
        "?q=" + "a" * 100_000,
        "?q=%00&before=%00",
        "?q=harbour&before=2026_1_2_3",
        "?q=harbour&before=2026-03-14T09:30:00%2B00:00_99999999999999999999_1_1",
        "?q=harbour&before=0001-01-01T00:00:00%2B00:00_1__0",
        "?q=harbour&before=2026-03-14T09:30:00%2B00:00_1_nan_1",
        "?q=%ED%A0%80&section=%27&country=%27%27&language=%5C&title=%00",
        "?q=harbour&from=0001-01-01&to=9999-12-31",
        "?q=-------------------------------------------------------------------------------------",
    ],
)
def test_nothing_that_stands_in_an_address_is_an_error(searched, address):
    assert "Search" in searched(address)


def test_a_mark_in_an_address_is_the_same_mark():
    for mark in (Mark(Place(NOW, 7), 0.1 + 0.2, 3), Mark(Place(NOW, 7))):
        assert mark_from(mark_to(mark)) == mark


def test_a_search_costs_the_same_however_much_it_finds(searched, dot, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        dot.get("/search/?q=harbour&country=GB")


def test_the_filters_of_the_form_have_what_was_found_and_keep_what_was_chosen(searched):
    html = searched("?q=harbour")
    assert '<select id="title" name="title"><option value="">Any</option>' in html
    assert '<option value="meridian">Meridian (10)</option>' in html
    assert '<option value="science-technology">Science and technology (' in html
    chosen = searched("?q=harbour&title=meridian&topic=science-technology")
    assert '<option value="meridian" selected>Meridian</option>' in chosen
    assert 'Filters <span class="number">2</span>' in chosen
    assert 0 < len(headlines(chosen)) < 10


def test_a_search_that_finds_nothing_keeps_its_filters_to_be_taken_away(searched):
    html = searched("?q=xylophonist&section=world")
    assert "Nothing is found" in html
    assert 'href="?q=xylophonist"' in html
    assert '<option value="world" selected>World</option>' in html


def test_a_search_can_be_followed_with_its_filters_and_found_again(searched, cast):
    html = searched("?q=harbour&title=meridian&section=world")
    what = unescape(re.search(r'data-follow="(search:[^"]*)"', html)[1])
    key = what.removeprefix("search:")
    asked = cast["Ada"].get("/mine/ask/", {"do": "follow", "kind": "search", "key": key})
    assert "harbour · Meridian · World" in unescape(asked.content.decode())
    cast["Ada"].post("/mine/ask/", {"do": "follow", "kind": "search", "key": key})
    (follow,) = Follow.objects.filter(kind="search")
    again = subject("search", follow.key)
    assert headlines(cast["Ada"].get(address_of(again)).content.decode()) == headlines(html)
    assert subject("search", "harbour ice").query == Query(words="harbour ice")


def test_nothing_that_cannot_be_kept_is_offered_to_follow(searched):
    assert "data-follow" not in searched(f"?q={'ä' * 100}+harbour+or+harbour")
    assert "data-follow" not in searched()
