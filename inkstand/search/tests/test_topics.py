"""Which topics a piece is of, which keywords are names, and what may be followed."""

from datetime import date

import pytest

from inkstand.search.names import name_of
from inkstand.search.subjects import query_of, subject, text_of
from inkstand.search.topics import BY_SLUG, TOPICS, filed_under, parts_of
from inkstand.search.values import MOST_CHARS, Query


@pytest.mark.parametrize(
    ("section", "tags", "topics"),
    [
        ("", [], ()),
        ("World", ["Opinion"], ()),
        ("SPORTS", [], ("sport",)),
        ("Sport/Football", [], ("sport", "football")),
        ("", ["paper/us/crime"], ("crime", "crime-law-justice")),
        ("Klima", ["Klimawandel"], ("climate-change", "environment")),
        ("", ["Coronavirus (2019-nCoV)"], ("diseases", "health")),
        ("", ["Life &amp; style", "Life & Style"], ("lifestyle-leisure",)),
        ("", ["medtop:20000418"], ("climate-change", "environment")),
        ("", ["http://cv.iptc.org/newscodes/mediatopic/15000000"], ("sport",)),
        ("", ["medtop:99999999", "A sporting chance"], ()),
    ],
)
def test_a_piece_is_of_the_topics_its_publisher_names_and_of_the_wider(section, tags, topics):
    assert set(filed_under(section, tags)) == set(topics)


def test_whoever_names_everything_is_not_believed():
    assert len(filed_under("", [topic.spellings[0] for topic in TOPICS])) <= 12


def test_the_vocabulary_is_a_tree_and_no_spelling_means_two_things():
    assert len(BY_SLUG) == len({topic.code for topic in TOPICS}) == len(TOPICS)
    assert {topic.broader for topic in TOPICS} - {""} <= {topic.slug for topic in TOPICS if not topic.broader}
    assert sum(not topic.broader for topic in TOPICS) == 17
    assert BY_SLUG["football"] in parts_of(BY_SLUG["sport"])
    spellings = [spelling for topic in TOPICS for spelling in topic.spellings]
    assert [one for one in spellings if spellings.count(one) > 1] == []


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_spelling_is_as_it_is_looked_up(topic):
    assert [one for one in topic.spellings if topic.slug not in filed_under("", [one])] == []


@pytest.mark.parametrize(
    ("keyword", "name"),
    [
        ("Lindqvist, Zoë", ("person", "Zoë Lindqvist")),
        ("Okafor, Samuel R Jr", ("person", "Samuel Okafor")),
        ("paper/person/zoe-lindqvist", ("person", "Zoe Lindqvist")),
        ("Zoë Lindqvist", ("person", "Zoë Lindqvist")),
        ("Vincent van Dam", ("person", "Vincent van Dam")),
        ("Norway", ("place", "NO")),
        ("Norwegen", ("place", "NO")),
        ("Public Health", None),
        ("harbour strike", None),
        ("Elections", None),
        ("2026 Budget", None),
        ("", None),
    ],
)
def test_a_keyword_is_a_name_only_where_its_form_says_so(keyword, name):
    assert name_of(keyword) == name


def test_a_country_is_looked_for_by_its_names_in_many_languages():
    words = subject("place", "DE").query.words
    assert '"Germany"' in words
    assert '"Deutschland"' in words
    assert len(words) <= MOST_CHARS
    assert subject("place", "Lower Harbour").query == Query(words='"Lower Harbour"')


def test_what_says_nothing_is_no_subject():
    nothing = [("topic", "phlogiston"), ("person", ' "" '), ("place", ""), ("search", "colour=red"), ("paper", "sport")]
    assert [found for kind, key in nothing if (found := subject(kind, key))] == []


@pytest.mark.parametrize(
    "query",
    [
        Query("harbour strike"),
        Query('"Zoë & co" = 50 % -ice', country="GB", language="pt"),
        Query(
            title=7, section="sport", topic="football", since=date(2026, 3, 1), until=date(2026, 3, 14), has_text=True
        ),
    ],
)
def test_a_query_comes_back_from_its_text(query):
    assert query_of(text_of(query)) == query
    assert subject("search", text_of(query)).query == query


@pytest.mark.parametrize("text", ["", "words=", "title=x", "since=yesterday", "words", "words=a&pages=2"])
def test_what_is_no_query_is_none(text):
    assert query_of(text) is None
