"""What is found, by whom, in what order, and what is never found."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkstand.articles.models import Article
from inkstand.articles.publish import Piece, lock, publish, revise, withdraw
from inkstand.articles.values import Draft
from inkstand.reading.filters import Filters
from inkstand.search import ask, bounded, facts, fill, meant, newest
from inkstand.search.find import find
from inkstand.search.mark import Shown, marked
from inkstand.search.models import Entry, Word
from inkstand.search.values import Query
from inkstand.titles.models import Publisher, Terms, Title

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
LEAD = " ".join(["The harbour froze in the night."] * 12)


def a_title(name="Harbour Courier", *, language="en", country="GB", readable=None, **terms):
    made = Title.objects.create(
        publisher=Publisher.objects.create(name=f"{name} Press"),
        name=name,
        slug=name.lower().replace(" ", "-"),
        language=language,
        country=country,
    )
    if readable:
        Terms.objects.create(title=made, readable=readable, **terms)
    return made


def draft(headline, **said):
    return Draft(**{"key": headline, "url": "", "headline": headline, "published": NOW - timedelta(hours=1), **said})


def printed(title, *drafts, embargo=timedelta(), now=NOW):
    with transaction.atomic():
        lock()
        ids = publish([Piece(title=title.pk, draft=one, embargo=embargo) for one in drafts], now=now)
    fill.catch_up(now=now)
    return ids


def found(words="", *, whole=True, now=NOW, **filters):
    matches = find(Query(words, **filters), whole=whole, now=now).matches
    headlines = dict(Article.objects.values_list("pk", "current__headline"))
    return [headlines[match.place.article] for match in matches]


def test_words_are_found_in_any_form_of_them_and_without_their_accents():
    printed(a_title(), draft("Ministers debated elections"), draft("Café society"))
    assert found("minister election") == ["Ministers debated elections"]
    assert found("cafe") == found("CAFÉS") == ["Café society"]


def test_each_language_has_its_own_forms():
    printed(a_title("Bote", language="de-AT"), draft("Die Häuser der Minister"), draft("Hard gearbeitet"))
    printed(a_title("Écho", language="fr"), draft("Les élections générales"))
    printed(a_title("Vremya", language="ru"), draft("Выборы президента"))
    printed(a_title("Waha", language="ar"), draft("الانتخابات الرئاسية"))
    printed(a_title("Glas", language="hr"), draft("Izbori u lipnju"))
    assert found("haus") == ["Die Häuser der Minister"]
    assert found("election generale") == ["Les élections générales"]
    assert found("выборов") == ["Выборы президента"]
    assert found("رئاسية") == ["الانتخابات الرئاسية"]
    assert found("lipnju") == ["Izbori u lipnju"]


def test_a_stop_word_of_one_language_does_not_widen_the_search_in_another():
    printed(a_title(), draft("Hard times at the harbour"))
    assert found("die hard") == []


def test_phrases_alternatives_and_what_is_not_wanted():
    printed(a_title(), draft("Night train returns"), draft("Train strike at night"), draft("Ferry strike"))
    assert found('"night train"') == ["Night train returns"]
    assert sorted(found("ferry or returns")) == ["Ferry strike", "Night train returns"]
    assert found("strike -ferry") == ["Train strike at night"]


def test_filters_and_their_counts():
    one, other = a_title(), a_title("Écho", language="fr", country="FR")
    printed(one, draft("Harbour one", section="SPORTS"), draft("Harbour two", section="World", body="<p>Ice.</p>"))
    printed(other, draft("Harbour trois", section="Sport", published=NOW - timedelta(days=9)))
    assert sorted(found("harbour", section="sport")) == ["Harbour one", "Harbour trois"]
    assert found("harbour", title=other.pk) == found("harbour", language="fr") == ["Harbour trois"]
    assert found("harbour", country="fr") == found(until=date(2026, 3, 5)) == ["Harbour trois"]
    assert len(found(since=date(2026, 3, 14))) == 2
    assert found("harbour", has_text=True) == ["Harbour two"]
    facets = find(Query("harbour"), whole=True, now=NOW).facets
    assert facets["title"] == {one.pk: 2, other.pk: 1}
    assert (facets["section"], facets["country"]) == ({"sport": 2, "world": 1}, {"GB": 2, "FR": 1})


def test_text_behind_the_wall_is_found_by_those_who_may_open_it_alone():
    body = f"<p>{LEAD}</p><p>The quartermaster confessed.</p>"
    printed(a_title(), draft("Members'", body=body))
    printed(a_title("Open", readable="everyone"), draft("Everyone's", body=body))
    printed(a_title("Shut", readable="headline"), draft("Nobody's", body=body, standfirst="A quartermaster."))
    assert sorted(found("quartermaster")) == ["Everyone's", "Members'"]
    assert found("quartermaster", whole=False) == found('"quartermaster confessed"', whole=False) == ["Everyone's"]
    assert sorted(found("froze", whole=False)) == ["Everyone's", "Members'"]
    assert found("-quartermaster froze", whole=False) == ["Members'"]
    assert found("nobody", whole=False) == ["Nobody's"]


def test_what_is_withdrawn_is_not_found_from_then_on():
    (pk,) = printed(a_title(), draft("Gone harbour"))
    withdraw(pk, notice="An error.", now=NOW)
    answer = find(Query("harbour"), whole=True, now=NOW)
    assert (answer.matches, answer.count, answer.facets["country"]) == ((), 0, {})


def test_an_embargo_holds_until_it_ends():
    printed(a_title(), draft("Early harbour", published=NOW), embargo=timedelta(hours=2))
    assert found("harbour") == []
    assert found("harbour", now=NOW + timedelta(hours=2)) == ["Early harbour"]


def test_a_revision_takes_the_place_of_what_was_said():
    (pk,) = printed(a_title(), draft("Bridge may close"))
    with transaction.atomic():
        lock()
        revise([(pk, draft("Tunnel opens"))], now=NOW)
    fill.catch_up(now=NOW)
    assert found("bridge") == []
    assert found("tunnel") == ["Tunnel opens"]
    assert Entry.objects.count() == 1


def test_catching_up_twice_is_once():
    printed(a_title(), draft("One"), draft("Two"))
    seen = dict(Word.objects.values_list("word", "seen"))
    assert fill.catch_up(now=NOW) == fill.refresh(now=NOW) == 0
    assert dict(Word.objects.values_list("word", "seen")) == seen == {"one": 1, "two": 1, "harbour": 2, "courier": 2}


def test_a_text_of_too_many_words_keeps_no_other_out():
    some = random.Random(1)
    long = " ".join("".join(chr(some.randint(0x4E00, 0x9FA0)) for _ in range(40)) for _ in range(3_500))
    printed(a_title(), draft("One"), draft("Two", body=f"<p>Quartermaster {long} confessed.</p>"), draft("Three"))
    assert found("one") == ["One"] and found("three") == ["Three"]
    assert found("quartermaster") == ["Two"] and found("confessed") == []


def test_no_search_has_pending_rows_to_go_through():
    printed(a_title(), draft("One"), draft("Two"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'entries_words'")
        assert cursor.fetchone() == (["fastupdate=on"],)
        cursor.execute("SELECT gin_clean_pending_list('entries_words')")
        assert cursor.fetchone() == (0,)


def test_terms_that_change_and_texts_that_expire_are_seen_at_the_next_look():
    title = a_title(readable="everyone", expires_days=7)
    printed(title, draft("Report", body="<p>The quartermaster confessed.</p>"))
    assert found("quartermaster") == ["Report"]
    later = NOW + timedelta(days=8)
    assert fill.refresh(now=later) == 1
    assert found("quartermaster", now=later) == []
    assert found("report", has_text=True, now=later) == []
    Terms.objects.update(expires_days=None)
    assert (fill.refresh(now=later), fill.refresh(now=later)) == (1, 0)
    assert found("quartermaster", now=later) == ["Report"]


def test_a_headline_weighs_more_than_the_text_and_today_more_than_last_month():
    printed(
        a_title(),
        draft("Told in passing", body="<p>Somebody mentioned the regatta.</p>"),
        draft("The regatta", published=NOW - timedelta(days=1)),
        draft("The regatta of last month", published=NOW - timedelta(days=60)),
    )
    assert found("regatta") == ["The regatta", "Told in passing", "The regatta of last month"]


def test_a_mistyped_name_is_found_by_what_was_meant():
    printed(a_title(), *(draft(f"Okonjo-Iweala speaks {n}", byline=("Zoë Lindqvist",)) for n in range(4)))
    answer = find(Query("Lindqivst okonjo"), whole=True, now=NOW)
    assert (answer.meant, len(answer.matches)) == ("lindqvist okonjo", 4)
    assert find(Query("Lindqvist"), whole=True, now=NOW).meant == ""
    assert find(Query("completely different"), whole=True, now=NOW).matches == ()


@pytest.mark.parametrize("batch", [400, 7])
def test_turning_the_pages_shows_every_match_once_whatever_comes_in_meanwhile(monkeypatch, batch):
    monkeypatch.setattr(newest, "BATCH", batch)
    title = a_title()
    printed(title, *(draft(f"Harbour {n}", published=NOW - timedelta(hours=n // 3)) for n in range(60)))
    answer = find(Query("harbour"), whole=True, now=NOW)
    seen = [match.place.article for match in answer.matches]
    while answer.after:
        printed(title, draft(f"Harbour new {len(seen)}", published=NOW))
        answer = find(Query("harbour"), whole=True, now=NOW, after=answer.after)
        seen += [match.place.article for match in answer.matches]
    assert len(seen) == len(set(seen)) == 60


def test_rare_matches_are_found_however_far_back(monkeypatch):
    monkeypatch.setattr(newest, "_SPAN", newest._SPAN.replace("LIMIT 2000", "LIMIT 5"))
    monkeypatch.setattr(newest, "BATCH", 4)
    said = ["Rare" if n in (3, 25, 49) else "Common" for n in range(50)]
    printed(a_title(), *(draft(f"{word} {n}", published=NOW - timedelta(days=n)) for n, word in enumerate(said)))
    assert found("rare") == ["Rare 3", "Rare 25", "Rare 49"]
    assert found("common") == ["Common 0", "Common 1", "Common 2", "Common 4"]


HOSTILE = st.text(max_size=400) | st.sampled_from(
    [
        "\0",
        "'",
        "''\\''",
        '"' * 999,
        "-" * 999,
        "or or or",
        "a" * 100_000,
        "('x' & !",
        ":*",
        "'=title:1'",
        "\ud800",
        "<->",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE, st.booleans(), st.text(max_size=20), st.text(max_size=20))
def test_nothing_that_can_be_typed_is_an_error(words, whole, country, section):
    find(Query(words, country=country, section=section), whole=whole, now=NOW)


SIGNS = ["or", '"', '-"', "-harbour", "-", "(frozen", "!froze", "froze|weeks", "-港口"]
WORDS = ["the", "harbours", "froze", "for", "Weeks:", "frozen", "Okonjo-Iweala", "haus", "port_side", "港", "港口"]


@pytest.fixture
def many_tongues():
    printed(a_title(), draft("The harbour froze for weeks"), draft("Okonjo-Iweala of the port_side (frozen)"))
    printed(a_title("Bote", language="de"), draft("Die Häuser am Harbour"), draft("Haus an Haus, wochenlang frozen"))
    printed(a_title("Gangbao", language="zh"), draft("港口罢工 for weeks"))
    printed(a_title("Hora", language="pt"), draft("O harbour não froze"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SIGNS) | st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), st.booleans())
def test_term_by_term_the_index_is_asked_for_the_very_same(many_tongues, words, whole):
    answer = find(Query(words), whole=whole, now=NOW)
    at_once = ask.matching(replace(ask.read(ask.clean(words)), terms=()), Query(), whole=whole)
    wanted = Entry.objects.extra(where=["words @@ %s::tsquery"], params=[at_once.exact or " ".join(at_once.each)])
    if not answer.meant:
        assert {match.place.article for match in answer.matches} == set(wanted.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("harbour strike", ["harbour", "strike"]),
        ('"night: train" -ferry home!', ["night", "train", "home"]),
        ('ice -"night train" "two words', ["ice", "two", "words"]),
        ("ferry or train", []),
        ("ferry OR train", []),
        ('"now or never"', ["now", "or", "never"]),
        ("-ice (snow a|b !c", []),
        ("ice - snow rain", ["ice", "rain"]),
    ],
)
def test_of_what_is_typed_those_words_are_terms_that_all_that_matches_has(words, terms):
    assert list(ask.terms(words)) == terms


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (NOW, NOW, ["=day:2026-03-14"]),
        (NOW - timedelta(hours=12), NOW, ["=day:2026-03-13", "=day:2026-03-14"]),
        (NOW - timedelta(days=45), NOW, ["=month:2026-01", "=month:2026-02", "=month:2026-03"]),
        (newest.BEGINNING, NOW, []),
    ],
)
def test_a_short_time_is_days_a_longer_one_months_and_all_of_it_no_word(since, until, words):
    assert sorted(facts.between(since, until)) == words


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2030, 1, 1)), st.data())
def test_whatever_is_published_within_a_time_has_one_of_its_words(at, data):
    back, on = (
        data.draw(st.timedeltas(timedelta(0), timedelta(days=1200))),
        data.draw(st.timedeltas(timedelta(0), timedelta(days=9))),
    )
    words = facts.between(at - back, at + on)
    assert not words or set(words) & set(facts.published(at))


def test_a_fact_cannot_be_typed():
    title = a_title()
    printed(title, draft("Harbour"))
    for typed in (f"=title:{title.pk}", f"'=title:{title.pk}'", "=full", '"=rules:english"'):
        assert found(typed) == []


def test_when_time_runs_out_what_was_found_is_shown(monkeypatch):
    monkeypatch.setattr(newest, "_FIRST", 1)
    monkeypatch.setattr(newest, "_SPAN", newest._SPAN.replace("LIMIT 2000", "LIMIT 3"))
    said = [draft(f"Harbour {n}", published=NOW - timedelta(days=n)) for n in range(9)]
    printed(a_title(), *said)
    slow = newest._MATCHES.replace("shown_from <= %(now)s", "shown_from <= %(now)s AND pg_sleep(0.3) IS NOT NULL")
    rows = newest._rows

    def slower_the_second_time(sought, most):
        found = rows(sought, most)
        monkeypatch.setattr(newest, "_MATCHES", slow)
        return found

    monkeypatch.setattr(newest, "_rows", slower_the_second_time)
    answer = find(Query("harbour"), whole=True, now=NOW)
    assert answer.cut_short
    assert len(answer.matches) == 3


def test_when_time_runs_out_before_anything_is_found_that_is_no_error(monkeypatch):
    printed(a_title(), draft("Harbour"))
    monkeypatch.setitem(bounded._LIMITS, "statement_timeout", "50ms")
    monkeypatch.setattr(newest, "_SPAN", "SELECT pg_sleep(9)")
    monkeypatch.setattr(meant, "_ALIKE", "SELECT pg_sleep(9), %s, %s")
    answer = find(Query("harbuor"), whole=True, now=NOW)
    assert (answer.cut_short, answer.matches, answer.meant) == (True, (), "")


def test_what_a_reader_hides_is_found_nowhere_and_counted_nowhere(monkeypatch):
    one, other = a_title(), a_title("Écho")
    printed(one, *(draft(f"Harbour {n}", tags=("Ferries",)) for n in range(9)))
    printed(other, draft("Harbour trois", published=NOW - timedelta(days=2)))
    blocked = find(Query("harbour"), whole=True, now=NOW, filters=Filters(titles=frozenset([one.pk])))
    assert (blocked.count, blocked.facets["title"]) == (1, {other.pk: 1})
    muted = find(Query("harbour"), whole=True, now=NOW, filters=Filters(words=("ferries",)))
    assert [match.title for match in muted.matches] == [other.pk]
    monkeypatch.setattr(newest, "BATCH", 3)
    hidden = find(Query("harbour"), whole=True, now=NOW, filters=Filters(titles=frozenset([one.pk])))
    assert [match.title for match in hidden.matches] == [other.pk]


def test_keywords_are_found_and_no_path_of_them():
    printed(a_title(), draft("Ice", tags=("Lindqvist, Zoë", "paper/desk/quayside")))
    assert found('"zoe lindqvist"') == ["Ice"]
    assert found("quayside") == []


def test_the_newest_first_however_well_the_words_fit():
    printed(
        a_title(), draft("Regatta regatta", published=NOW - timedelta(hours=9)), draft("Ice", body="<p>A regatta</p>")
    )
    answer = find(Query("regatta"), whole=True, now=NOW, newest_first=True)
    assert [match.place for match in answer.matches] == sorted((match.place for match in answer.matches), reverse=True)
    assert len(answer.matches) == 2


def test_chinese_and_japanese_are_found_by_any_part_of_a_clause():
    printed(a_title("Gangbao", language="zh"), draft("港口罢工持续三周", body="<p>渡轮停在岸边，船员等待消息。</p>"))
    printed(a_title("Minato", language="ja"), draft("港のストライキ、AI技術で終わる"))
    for words in ("罢工", "港口罢工", '"罢工持续"', "渡轮 船员", "持续三周 -日本", "渡", "周"):
        assert found(words) == found(words, whole=False) == ["港口罢工持续三周"], words
    assert found("ストライキ") == found("AI技術") == ["港のストライキ、AI技術で終わる"]
    assert found("工罢") == found("港口 -罢工") == []


def test_what_matched_in_them_is_marked():
    shown = Shown(1, "zh", "在港口罢工三周", "先" * 60 + "港口" + "后" * 200)
    (one,) = marked("'港口' <-> '口罢' <-> '罢工'", [shown]).values()
    assert one.headline == (("在", False), ("港口罢工", True), ("三周", False))
    assert one.excerpt[:3] == (("… ", False), ("先" * 20, False), ("港口", True))


def test_an_excerpt_says_where_it_is_cut():
    said = (
        "First words. " + "Then came much else. " * 30 + "The harbour froze. " + "More was told. " * 30 + "Last words."
    )
    short, middle, first = marked(
        "'harbour'",
        [
            Shown(1, "en", "", "The harbour froze."),
            Shown(2, "en", "", said),
            Shown(3, "en", "", said[said.index("harbour") :]),
        ],
    ).values()
    assert "".join(text for text, _ in short.excerpt) == "The harbour froze."
    assert (middle.excerpt[0], middle.excerpt[-1]) == (("… ", False), (" …", False))
    assert (first.excerpt[0], first.excerpt[-1]) == (("harbour", True), (" …", False))
