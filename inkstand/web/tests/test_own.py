"""What the scripts on a reader's device are told of them, and what wipes it."""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from inkstand.articles.publish import withdraw
from inkstand.membership.models import Grant
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.mine import of
from inkstand.reading.prefer import prefer
from inkstand.titles.models import Terms
from inkstand.web.tests.conftest import NOW, draft, print_articles, title
from inkstand.web.tests.test_mine import SIGNS_OF_OTHERS


@pytest.fixture
def members_only(settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0


def right(client):
    return client.get("/mine/right/").json()


def who(name):
    return Reader.objects.get(email=f"{name}@example.org")


def does(name, do, **facts):
    carry_out(reader=who(name), actions=[action(do, at=NOW, **facts)], now=NOW)


def test_nobody_signed_in_is_told_nothing(dot, article):
    for address in ("/mine/right/", f"/article/{article.pk}/mine/"):
        assert dot.get(address).status_code == 401
    assert dot.post("/mine/look/", "{}", content_type="application/json").status_code == 401


def test_texts_may_lie_on_a_device_until_the_right_to_read_ends(cast, members_only):
    days = {name: right(cast[name])["seconds"] / 86400 for name in ("Ada", "Bo", "Ed")}
    assert days == {"Ada": 14, "Bo": 11, "Ed": 14}
    assert [right(cast[name])["reads"] for name in ("Ada", "Bo", "Cy", "Ed")] == ["all", "all", "some", "all"]


def test_of_two_grants_the_later_end_counts_and_one_to_come_does_not(cast, members_only):
    Grant.objects.create(reader=who("bo"), kind="member", starts_at=NOW, ends_at=NOW + timedelta(days=12))
    Grant.objects.create(reader=who("bo"), kind="member", starts_at=NOW + timedelta(days=20), ends_at=None)
    assert right(cast["Bo"])["seconds"] == 12 * 86400


def test_two_readers_have_two_names_and_neither_is_their_number(cast):
    names = {right(cast[name])["reader"] for name in ("Ada", "Bo", "Ed")}
    assert len(names) == 3 and all(len(name) == 16 for name in names)
    assert right(cast["Ada"])["reader"] in names


def test_a_device_keeps_what_was_saved_and_is_in_the_paper_still(cast, article):
    other = print_articles(title("Northern Ledger"), draft(9))[0]
    does("ada", "save", article=article.pk)
    does("ada", "save", article=other.pk)
    assert right(cast["Ada"])["keep"] == ["/", f"/article/{other.pk}/", f"/article/{article.pk}/"]
    withdraw(other.pk, notice="Gone.", now=NOW)
    assert right(cast["Ada"])["keep"] == ["/", f"/article/{article.pk}/"]
    assert right(cast["Bo"])["keep"] == ["/"]


def test_of_an_article_each_reader_is_told_their_own(cast, article):
    does("ada", "read", article=article.pk, revision=1, progress=40)
    does("ada", "save", article=article.pk)
    key = str(uuid.uuid4())
    does("ada", "highlight", key=key, article=article.pk, revision=1, quote="the fleet", start=40, end=49, note="Why?")
    told = cast["Ada"].get(f"/article/{article.pk}/mine/").json()
    assert (told["revision"], told["progress"], told["saved"], told["history"]) == (1, 40, True, True)
    assert told["highlights"] == [{"key": key, "quote": "the fleet", "start": 40, "end": 49, "note": "Why?"}]
    told = cast["Bo"].get(f"/article/{article.pk}/mine/").json()
    assert (told["revision"], told["saved"], told["highlights"]) == (0, False, [])


def test_a_device_is_told_that_no_history_is_kept(cast, article):
    prefer(reader=who("ada"), history_days=0)
    assert cast["Ada"].get(f"/article/{article.pk}/mine/").json()["history"] is False


def look(client, worn, **headers):
    said = {"Origin": "http://testserver", **headers}
    return client.post("/mine/look/", json.dumps(worn), content_type="application/json", headers=said)


def test_how_the_text_is_wanted_follows_the_reader(cast, article):
    worn = {"theme": "sepia", "size": "larger", "width": "wide", "face": "sans"}
    assert look(cast["Ada"], worn).json() == {"look": worn}
    assert look(cast["Ada"], {"width": ""}).json()["look"] == {**worn, "width": ""}
    assert cast["Ada"].get(f"/article/{article.pk}/mine/").json()["look"] == {**worn, "width": ""}
    assert set(cast["Bo"].get(f"/article/{article.pk}/mine/").json()["look"].values()) == {""}


@pytest.mark.parametrize(
    "worn", [{"size": "huge"}, {"theme": "pink"}, {"ink": "red"}, [], "sepia", {"size": ["large"]}]
)
def test_a_look_that_there_is_not_is_refused_and_changes_nothing(cast, worn):
    assert look(cast["Ada"], worn).status_code == 400
    deep = cast["Ada"].post("/mine/look/", "[" * 100_000, content_type="application/json")
    assert deep.status_code == 400
    assert of(who("ada")).preferences().text_size == 100


def test_no_other_site_changes_how_the_text_is_wanted(cast):
    for name, value in SIGNS_OF_OTHERS:
        assert look(cast["Ada"], {"theme": "dark"}, **{name: value}).status_code == 400
    form = cast["Ada"].post("/mine/look/", {"theme": "dark"}, headers={"Origin": "http://testserver"})
    assert form.status_code == 400 and of(who("ada")).preferences().theme == ""


def test_pages_tell_the_device_whose_they_are(cast, dot, article, members_only):
    told = {name: client.get("/").headers.get("Inkstand-Reader") for name, client in cast.items()}
    assert told == {"Ada": "all", "Bo": "all", "Cy": "some", "Dot": None, "Ed": "all"}


def test_a_page_says_how_long_its_publisher_lets_it_be_read(cast, article):
    Terms.objects.update(expires_days=2)
    shown = NOW - article.published_at
    assert int(cast["Ada"].get(f"/article/{article.pk}/").headers["Inkstand-Lasts"]) == 2 * 86400 - shown.seconds


def test_in_an_open_paper_whoever_is_signed_in_reads_all(cast, settings):
    settings.ACCESS = "open"
    assert cast["Cy"].get("/about/").headers["Inkstand-Reader"] == "all"


def test_signing_out_wipes_the_device_and_nothing_else_does(cast, article):
    client: Client = cast["Ada"]
    for address in ("/", "/account/logout/"):
        assert "Clear-Site-Data" not in client.get(address).headers
    assert client.post("/account/logout/").headers["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies["sessionid"] = "long-gone"
    assert "Clear-Site-Data" not in client.get("/").headers


def test_a_shared_link_opens_its_article_here(dot, article):
    for shared in (
        {"url": "https://example.org/1"},
        {"text": "Read this: https://example.org/1?utm_source=x soon"},
        {"title": "A headline", "url": "https://EXAMPLE.org/1#top"},
    ):
        assert dot.get("/open/", shared).headers.get("Location") == f"/article/{article.pk}/", shared
    gone = dot.get("/open/?url=https://example.org/none")
    assert gone.status_code == 404 and b'href="https://example.org/none"' in gone.content


def test_shared_words_are_searched_for_and_nothing_leads_to_the_front(dot, paper):
    assert dot.get("/open/?text=harbour+ice")["Location"] == "/search/?q=harbour+ice"
    assert dot.get("/open/")["Location"] == "/"
    assert dot.get("/open/?url=javascript:alert(1)")["Location"].startswith("/search/")


def test_a_withdrawn_article_is_not_opened_by_its_link(dot, article):
    withdraw(article.pk, notice="Gone.", now=NOW)
    assert dot.get("/open/?url=https://example.org/1").status_code == 404


def test_highlights_stand_by_article_and_go_along_as_markdown(cast, article, dot):
    other = print_articles(title("Northern Ledger"), draft(9, headline="Ice <b>again</b>"))[0]
    for piece, quote, start, note in (
        (article, "the fleet", 40, "Why?"),
        (other, "Ice lay", 60, ""),
        (article, "The", 0, ""),
    ):
        key = str(uuid.uuid4())
        does(
            "ada",
            "highlight",
            key=key,
            article=piece.pk,
            revision=1,
            quote=quote,
            start=start,
            end=start + 9,
            note=note,
        )
    page = cast["Ada"].get("/highlights/").content.decode()
    assert page.index("<blockquote>The<") < page.index("<blockquote>the fleet<") and "Why?" in page
    assert "Ice &lt;b&gt;again&lt;/b&gt;" in page
    taken = cast["Ada"].get("/highlights.md")
    assert taken["Content-Type"].startswith("text/markdown") and "> the fleet\n\nWhy?" in taken.content.decode()
    assert b"the fleet" not in cast["Bo"].get("/highlights/").content
    assert "Nothing marked yet" in cast["Bo"].get("/highlights/").content.decode()
    assert dot.get("/highlights/").status_code == dot.get("/highlights.md").status_code == 302
