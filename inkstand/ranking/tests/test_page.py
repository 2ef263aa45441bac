"""The front page made from rows: newsrooms' order, editors' wishes, languages, calm."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.articles.models import Article
from inkstand.desk.models import Pick
from inkstand.ranking import page
from inkstand.ranking.gather import Held, gather, held
from inkstand.ranking.models import FrontPage, Worth
from inkstand.ranking.worth import Said, tell, worth
from inkstand.stories.models import Story
from inkstand.stories.place import place
from inkstand.titles.models import Feed
from inkstand.wire.parse.values import Document, Item
from inkstand.wire.take_in import take_in
from inkstand.wire.tests.factory import a_feed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVENTS = (
    "Harbour bridge closes after storm", "Orchestra finds a lost symphony", "Chess title goes to a newcomer",
    "Glacier loses its last ice", "Night trains return to the coast", "Bakers strike over flour prices",
    "Museum buys a stolen map back", "Satellite falls into the sea", "Village votes to move uphill",
    "Court frees the whistleblower", "Wolves seen near the capital", "Library lends its ten millionth book",
)  # fmt: skip


@pytest.fixture
def paper():
    """Three titles that each tell the same twelve events; the first two lead with the bridge."""
    for number, name in enumerate(("gazette", "courier", "examiner")):
        source = a_feed(url=f"https://{name}.example/feed", name=name, home=f"https://{name}.example/", country="GB")
        Feed.objects.filter(pk=source.feed).update(is_front=True)
        events = EVENTS if number < 2 else EVENTS[::-1]
        items = tuple(
            Item(
                id=f"{name}-{event}",
                url=f"https://{name}.example/{EVENTS.index(event)}",
                headline=event,
                summary=f"{event}, says the {name} of this town, where it was seen by many.",
                section="World",
                published=NOON - timedelta(hours=1),
                language="en",
            )
            for event in events
        )
        take_in([(source, Document(items=items))], now=NOON)
    place(list(Article.objects.values_list("pk", flat=True)), now=NOON)


def headline(slot):
    return Article.objects.get(pk=slot["article"]).current.headline


def front(now=NOON):
    page.print_fronts(now=now)
    return page.front_page(now)


def every_slot(made):
    rows = [*made["top"], *made["latest"], *made["picks"], *made["good_news"]]
    return rows + [slot for slots in made["sections"].values() for slot in slots]


def test_what_newsrooms_lead_with_leads(paper):
    assert headline(front()["lead"]) == EVENTS[0]


def test_no_story_is_on_it_twice(paper):
    stories = [slot["story"] for slot in every_slot(front())]
    assert len(stories) == len(set(stories))


def test_each_place_says_why_in_words_and_points(paper):
    lead = front()["lead"]
    assert {reason["key"] for reason in lead["why"]} >= {"voices", "placements"}
    assert sum(lead["parts"].values()) == pytest.approx(lead["points"], abs=1e-2)


def test_what_many_readers_called_not_worth_it_sinks_and_rises_when_they_take_it_back(paper):
    lead = front()["lead"]
    accounts = Article.objects.filter(account__story=lead["story"]).values_list("pk", flat=True)
    tell({article: Said(readings=20, not_worth=15) for article in accounts})
    after = next(slot for slot in every_slot(front(NOON + timedelta(minutes=1))) if slot["story"] == lead["story"])
    assert after["parts"]["readers"] < 0 and after["points"] < lead["points"]
    assert "readers" in {reason["key"] for reason in after["why"]}
    tell({})
    assert not Worth.objects.exists()


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_few_bury_nothing_and_no_number_makes_it_nothing(content, disappointed):
    left = worth(Said(content + disappointed, disappointed))
    assert 0 < left <= 1 and (left == 1 if disappointed < 10 else left < 1)


def test_who_is_credited_with_its_reporting_counts_and_is_named(paper):
    credited = Article.objects.filter(current__headline=EVENTS[4]).first()
    story = credited.account.story_id
    before = next(slot for slot in every_slot(front()) if slot["story"] == story)
    Story.objects.filter(pk=story).update(original=[credited.pk])
    after = next(slot for slot in every_slot(front(NOON + timedelta(minutes=1))) if slot["story"] == story)
    assert after["parts"]["depth"] > before["parts"]["depth"]
    assert {"key": "original", "count": 1, "facts": {"titles": 1}} in after["why"]


def test_a_pin_leads_and_a_buried_story_is_gone(paper):
    pinned = Article.objects.filter(current__headline=EVENTS[11]).first()
    buried = Article.objects.filter(current__headline=EVENTS[0]).first()
    Pick.objects.create(article=pinned, kind="pin", starts_at=NOON)
    Pick.objects.create(article=buried, kind="bury", starts_at=NOON)
    made = front()
    assert headline(made["lead"]) == EVENTS[11]
    assert buried.account.story_id not in {slot["story"] for slot in every_slot(made)}


def test_a_pinned_article_tells_its_story_though_others_tell_it_too(paper):
    lead = front()["lead"]
    others = Article.objects.filter(account__story=lead["story"]).exclude(pk=lead["article"])
    for minute, pinned in enumerate(others, 1):
        Pick.objects.all().delete()
        Pick.objects.create(article=pinned, kind="pin", starts_at=NOON)
        assert front(NOON + timedelta(minutes=minute))["lead"]["article"] == pinned.pk


def test_picks_and_good_news_have_their_places(paper):
    Pick.objects.create(
        article=Article.objects.filter(current__headline=EVENTS[5]).first(), kind="good", starts_at=NOON
    )
    made = front()
    assert [headline(slot) for slot in made["good_news"]] in ([EVENTS[5]], []), "unless it stands at the top already"
    assert EVENTS[5] in {headline(slot) for slot in every_slot(made)}


def test_a_withdrawn_article_is_on_no_front(paper):
    Article.objects.filter(current__headline=EVENTS[0]).update(withdrawn_at=NOON)
    assert EVENTS[0] not in {headline(slot) for slot in every_slot(front())}


def test_a_second_print_a_minute_later_is_calm(paper):
    before, after = front(), front(NOON + timedelta(minutes=1))
    assert [slot["story"] for slot in before["top"]] == [slot["story"] for slot in after["top"]]


def test_a_language_without_an_edition_reads_that_of_all(paper):
    page.print_fronts(now=NOON)
    assert set(FrontPage.objects.values_list("language", flat=True)) == {"en", ""}
    assert page.front_page(NOON, "fr")["language"] == ""


def test_an_empty_paper_has_an_empty_front():
    assert page.front_page(NOON)["lead"] is None


def test_old_fronts_are_cleared_away(paper):
    front(NOON)
    front(NOON + page.KEPT + timedelta(minutes=1))
    assert not FrontPage.objects.filter(made_at=NOON).exists()


def test_gathering_takes_few_statements(paper, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert gather(NOON)


def test_without_a_text_a_headline_in_anothers_words_is_a_copy_and_a_live_page_is_known():
    told = {"gazette": ("/1", "Harbour bridge closes after the storm damages its northern arch")}
    told["courier"] = ("/live/1", "Harbour bridge closes after the storm damages northern arch")
    told["examiner"] = ("/1", "Storm damages northern arch: harbour bridge closes after inspection finds cracks")
    for minute, (name, (path, called)) in enumerate(told.items()):
        source = a_feed(url=f"https://{name}.example/feed", name=name, home=f"https://{name}.example/")
        item = Item(id=name, url=f"https://{name}.example{path}", headline=called, published=NOON, language="en")
        take_in([(source, Document(items=(item,)))], now=NOON + timedelta(minutes=minute))
    place(list(Article.objects.values_list("pk", flat=True)), now=NOON)
    (story,) = gather(NOON)
    assert [(account.copy, account.live) for account in story.accounts] == [
        (False, False),
        (True, True),
        (False, False),
    ]


def test_what_strays_from_its_story_does_not_tell_it_though_it_is_the_longest(paper):
    own = {"current__headline": EVENTS[0], "title__name": "gazette"}
    article = Article.objects.select_related("account", "current").get(**own)
    said, story = article.current, article.account.story_id
    for number, headline in enumerate((EVENTS[0], "A luthier takes six years over one guitar")):
        said.pk, said.number, said.headline, said.body = None, number + 2, headline, "word " * 900
        said.save()
        Article.objects.filter(pk=article.pk).update(current=said)
        slot = next(s for s in every_slot(front(NOON + timedelta(minutes=number))) if s["story"] == story)
        assert (slot["article"] == article.pk) is (headline == EVENTS[0])


def test_how_long_an_article_has_held_its_place():
    one, two, three = (NOON - timedelta(hours=hours) for hours in (1, 2, 3))
    found = held((one, [7, 8, 9]), [(two, [8, 7]), (three, [7])])
    assert found == {7: Held(0, three), 8: Held(1, two), 9: Held(2, one)}
