"""One reader's For You from rows: it learns with each read, starts as the front page, and forgets when told to."""

from datetime import UTC, datetime, timedelta

import pytest

from inkstand.articles.models import Article
from inkstand.ranking import forget, spaces
from inkstand.ranking.front import Candidate, Front, Slot
from inkstand.ranking.models import Forgotten, Offers, TasteSpace
from inkstand.ranking.offers import weighed
from inkstand.ranking.opened import opened
from inkstand.ranking.page import front_page, print_fronts
from inkstand.ranking.personal import for_you, profile_of
from inkstand.ranking.significance import Score
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.filters import NONE, Filters
from inkstand.reading.models import Lever, Shown
from inkstand.reading.prefer import prefer
from inkstand.search import fill
from inkstand.stories.place import place
from inkstand.wire.parse.values import Document, Item
from inkstand.wire.take_in import take_in
from inkstand.wire.tests.factory import a_feed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVENTS = {
    "Harbour bridge closes after storm": "World", "Orchestra finds a lost symphony": "Culture",
    "Chess title goes to a newcomer": "Sport", "Glacier loses its last ice": "Climate",
    "Night trains return to the coast": "World", "Bakers strike over flour prices": "Business",
    "Museum buys a stolen map back": "Culture", "Satellite falls into the sea": "Science",
    "Village votes to move uphill": "Politics", "Court frees the whistleblower": "World",
    "Wolves seen near the capital": "Climate", "Library lends its ten millionth book": "Culture",
    "Cup final goes to penalties": "Sport", "Cyclist wins the mountain stage": "Sport",
}  # fmt: skip


def bring(name, events, section=None, tags=()):
    source = a_feed(url=f"https://{name}.example/feed", name=name, home=f"https://{name}.example/", country="GB")
    items = tuple(
        Item(
            id=event,
            url=f"https://{name}.example/{number}",
            headline=event,
            summary=f"{event}, as it was seen by many in this town.",
            section=filed,
            tags=tags,
            published=NOON - timedelta(hours=1, minutes=number),
            language="en",
        )
        for number, (event, filed) in enumerate(events.items())
    )
    return take_in([(source, Document(items=items))], now=NOON).articles


@pytest.fixture
def paper():
    """Two titles that tell the same; the second tells the first six only."""
    first = bring("gazette", EVENTS)
    second = bring("courier", dict(list(EVENTS.items())[:6]))
    place([*first, *second], now=NOON)
    print_fronts(now=NOON)
    return {article.current.headline: article for article in Article.objects.filter(title__name="gazette")}


@pytest.fixture
def ada():
    return Reader.objects.create_user("ada@example.org")


def do(reader, what, at=NOON, **facts):
    assert [one.answer for one in carry_out(reader=reader, actions=[action(what, at=at, **facts)], now=at)] == ["done"]


def stories(reader, filters=NONE, now=NOON):
    return [card.story for card in for_you(reader, now, "en", filters).cards]


def story(article):
    return article.account.story_id


def test_it_starts_as_the_front_page(paper, ada):
    top = [slot["story"] for slot in front_page(NOON)["top"]]
    assert stories(ada)[: len(top)] == stories(None)[: len(top)] == top


def test_it_learns_with_each_read(paper, ada):
    wanted = story(paper["Cyclist wins the mountain stage"])
    before = stories(ada).index(wanted)
    for headline in ("Chess title goes to a newcomer", "Cup final goes to penalties"):
        do(ada, "read", article=paper[headline].pk, progress=100)
    assert stories(ada).index(wanted) < before
    assert profile_of(ada, NOON).likes["section:sport"] == 2.0


def test_what_was_read_is_not_offered_again(paper, ada):
    lead = paper["Harbour bridge closes after storm"]
    do(ada, "read", article=lead.pk, progress=30)
    assert story(lead) in stories(None) and story(lead) not in stories(ada)


def test_a_lever_moves_it_and_never_is_never(paper, ada):
    do(ada, "more", kind="section", key="culture")
    culture = {story(paper[headline]) for headline, section in EVENTS.items() if section == "Culture"}
    assert set(stories(ada)[:3]) == culture
    do(ada, "never", kind="section", key="culture")
    assert not culture & set(stories(ada))


def test_a_blocked_title_tells_nothing_and_another_tells_it_instead(paper, ada):
    gazette = paper["Bakers strike over flour prices"].title_id
    do(ada, "block", title=gazette)
    cards = for_you(ada, NOON, "en", NONE).cards
    titles = set(Article.objects.filter(pk__in=[card.article for card in cards]).values_list("title__name", flat=True))
    assert titles == {"courier"}
    assert len(cards) == 6


def test_what_is_muted_or_left_the_paper_is_not_in_it(paper, ada):
    glacier, wolves = story(paper["Glacier loses its last ice"]), story(paper["Wolves seen near the capital"])
    Article.objects.filter(account__story=wolves).update(withdrawn_at=NOON)
    assert not {glacier, wolves} & set(stories(ada, Filters(words=("glacier",))))


def test_off_reads_nothing_and_keeps_nothing(paper, ada):
    do(ada, "read", article=paper["Cup final goes to penalties"].pk, progress=100)
    do(ada, "more", kind="section", key="sport")
    do(ada, "shown", stories=[story(paper["Village votes to move uphill"])])
    prefer(reader=ada, for_you=False)
    assert not Shown.objects.exists() and not Lever.objects.exists()
    found = for_you(ada, NOON, "en", NONE)
    assert not found.profile.reads and not found.profile.likes
    assert [card.story for card in found.cards] == stories(None)
    assert {reason.key for card in found.cards for reason in card.reasons} == {"off"}


def test_erased_is_as_if_nothing_had_been_read(paper, ada):
    do(ada, "read", article=paper["Cup final goes to penalties"].pk, progress=100)
    do(ada, "less", kind="section", key="world")
    do(ada, "shown", stories=[story(paper["Village votes to move uphill"])])
    do(ada, "never", kind="title", key="7")
    forget.erase(reader=ada, now=NOON)
    assert stories(ada) == stories(None)
    assert not Shown.objects.exists()
    assert [lever.say for lever in Lever.objects.all()] == ["never"]
    later = NOON + timedelta(minutes=1)
    do(ada, "read", at=later, article=paper["Chess title goes to a newcomer"].pk, progress=100)
    assert profile_of(ada, later).likes["section:sport"] == 1.0


def test_one_thing_may_be_forgotten_alone(paper, ada):
    do(ada, "read", article=paper["Cup final goes to penalties"].pk, progress=100)
    forget.forget(reader=ada, key="section:sport", now=NOON)
    forget.forget(reader=ada, key="section:sport", now=NOON)
    profile = profile_of(ada, NOON)
    assert "section:sport" not in profile.likes and len(profile.reads) == 1
    assert Forgotten.objects.count() == 1


def test_popular_is_what_is_opened_more_often_than_what_stood_beside_it(paper, ada):
    bo = Reader.objects.create_user("bo@example.org")
    bridge, trains = paper["Harbour bridge closes after storm"], paper["Night trains return to the coast"]
    for reader in (ada, bo):
        do(reader, "shown", stories=[story(bridge), story(trains)])
        do(reader, "read", article=bridge.pk, progress=10)
    assert opened(NOON) == {story(bridge): (2.0, 1.0), story(trains): (0.0, 1.0)}


def test_subjects_come_from_what_newsrooms_say(ada):
    tags = ("Football", "world", "River  Lin", "France", "night boats")
    place(bring("ledger", {"River rises": "World"}, tags=tags), now=NOON)
    print_fronts(now=NOON)
    (card,) = for_you(ada, NOON, "en", NONE).cards
    assert card.levers[1] == "section:world"
    assert set(card.levers[2:]) == {
        "topic:football", "topic:sport", "person:River Lin", "place:FR", "topic:night boats",
    }  # fmt: skip


def test_who_follows_a_wide_topic_gets_what_is_part_of_it(paper, ada):
    do(ada, "follow", kind="topic", key="sport")
    cards = for_you(ada, NOON, "en", NONE).cards
    sport = {story(paper[headline]) for headline, section in EVENTS.items() if section == "Sport"}
    assert {card.story for card in cards[: len(sport)]} == sport
    assert cards[0].reasons[0].facts == {"keys": ("topic:sport",)}


def test_it_costs_the_same_however_much_was_read(paper, ada, django_assert_max_num_queries):
    for article in paper.values():
        do(ada, "read", article=article.pk, progress=50)
    with django_assert_max_num_queries(11):
        for_you(ada, NOON, "en", NONE)


def test_offers_of_the_newest_print_alone_are_kept(paper):
    print_fronts(now=NOON + timedelta(minutes=1))
    assert sorted(Offers.objects.values_list("page__language", flat=True)) == ["", "en"]


def test_weights_fall_in_the_order_of_the_front_page():
    def candidate(number, value, editors=0.0):
        return Candidate(number, Score(value, {"editors": editors}), (1,), NOON)

    there = [candidate(1, 1002.0, 1000.0), candidate(2, 8.0), candidate(3, 9.0), candidate(4, 1.0), candidate(5, 0.0)]
    front = Front(NOON, *(Slot(one.story, 1, one.score) for one in there[:1]), (Slot(2, 1, there[1].score),))
    assert weighed(front, there) == [(1, 9.0), (2, 9.0), (3, 9.0), (4, 1.0)]


def test_the_space_is_learned_from_what_is_there_and_used_by_the_next_request(paper, ada, monkeypatch):
    assert spaces.learn_space(now=NOON) == 0
    monkeypatch.setattr(spaces, "FEWEST", 10)
    assert spaces.learn_space(now=NOON) == spaces.learn_space(now=NOON) == 20
    assert TasteSpace.objects.count() == 1
    do(ada, "read", article=paper["Cup final goes to penalties"].pk, progress=100)
    parts = [card.reasons for card in for_you(ada, NOON, "en", NONE).cards]
    assert parts
    held = spaces.held()
    assert held is spaces.held()
    mine = [paper["Cup final goes to penalties"].pk, paper["Satellite falls into the sea"].pk]
    again = held.texts([mine[1], mine[0], mine[1]])
    assert (again.points[0] == again.points[2]).all() and not (again.points[0] == again.points[1]).all()
    assert len(again.wordings) == 3


def test_texts_out_of_hand_are_read_anew(paper, monkeypatch):
    monkeypatch.setattr(spaces, "FEWEST", 10)
    monkeypatch.setattr(spaces, "AT_HAND", 5)
    spaces.learn_space(now=NOON)
    ids = [article.pk for article in paper.values()]
    held = spaces.held()
    whole = held.texts(ids).points
    assert (held.texts(ids[:2]).points == whole[:2]).all()
    assert (held.texts(ids[::-1]).points[-1] == whole[0]).all()


@pytest.mark.parametrize(
    ("kind", "key", "headline"),
    [
        ("person", "Whistleblower", "Court frees the whistleblower"),
        ("place", "Sea", "Satellite falls into the sea"),
        ("place", "MT", "Ferry to Malta runs again"),
        ("search", "words=whistleblower+frees", "Court frees the whistleblower"),
        ("story", "", "Library lends its ten millionth book"),
        ("topic", "football", "Ferry to Malta runs again"),
        ("section", "science", "Satellite falls into the sea"),
    ],
)
def test_what_is_followed_stands_first_whether_a_keyword_says_so_or_the_words_alone(paper, ada, kind, key, headline):
    place(bring("herald", {"Ferry to Malta runs again": "Life"}, tags=("Football",)), now=NOON)
    print_fronts(now=NOON)
    fill.catch_up(now=NOON)
    story = Article.objects.filter(current__headline=headline).values_list("account__story", flat=True)[0]
    key = key or str(story)
    assert stories(ada)[0] != story
    do(ada, "follow", kind=kind, key=key)
    card = for_you(ada, NOON, "en", NONE).cards[0]
    assert card.story == story
    assert [one.facts["keys"] for one in card.reasons if one.key == "follows"] == [(f"{kind}:{key}",)]
    assert not any(lever.startswith(("search:", "story:")) for lever in card.levers)
