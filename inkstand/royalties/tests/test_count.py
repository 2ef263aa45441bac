"""Beats counted: by a signed ticket, at the clock's pace, with nothing in the database that says who."""

import pytest
from django.db import connection

from inkstand.readers.models import Reader
from inkstand.royalties.count import count, not_worth_it
from inkstand.royalties.errors import MonthClosed, TicketRefused
from inkstand.royalties.issue import ticket_for
from inkstand.royalties.models import Insider, Pulse, Reading
from inkstand.royalties.settle import settle
from inkstand.royalties.tests.town import MARCH, NOW, SPRING, a_title, an_article, minutes, timedelta
from inkstand.royalties.ticket import LIFE, signed, verified
from inkstand.royalties.values import Beat

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def ada():
    return Reader.objects.create_user("ada@reader.example")


def opens(reader, article, *, words=400, user_agent=FIREFOX, now=NOW):
    return ticket_for(
        reader=reader, article=article.pk, title=article.title, words=words, user_agent=user_agent, now=now
    )


def beats(ticket, *seconds, seen=1.0, start=NOW):
    return [count(Beat(ticket, True, True, seen), now=start + timedelta(seconds=second)) for second in seconds]


def test_a_reading_is_counted_beat_by_beat(ada):
    article = an_article(a_title())
    assert beats(opens(ada, article), 15, 30, 45) == [15, 15, 15]
    reading = Reading.objects.get()
    assert (reading.seconds, reading.seen, reading.title_id) == (45, 1000, article.title_id)


def test_beats_sent_faster_gain_nothing(ada):
    ticket = opens(ada, an_article(a_title()))
    assert sum(beats(ticket, *range(1, 61))) <= 60
    assert sum(beats(ticket, *[60] * 50)) == 0


def test_two_pages_open_at_once_share_one_clock(ada):
    title = a_title()
    pages = [opens(ada, an_article(title), words=4000) for _ in range(2)]
    for second in range(15, 301, 15):
        for page in pages:
            beats(page, second)
        pages.reverse()
    assert sorted(Reading.objects.values_list("seconds", flat=True)) == [150, 150]


def test_a_text_of_four_hundred_words_is_two_minutes_and_no_more(ada):
    beats(opens(ada, an_article(a_title())), *range(15, 600, 15))
    assert Reading.objects.get().seconds == 120


@pytest.mark.parametrize("spoil", [lambda t: "", lambda t: t[:-1], lambda t: "x" + t, lambda t: t.replace(":", "")])
def test_a_ticket_not_of_ours_is_refused(ada, spoil):
    with pytest.raises(TicketRefused, match="not ours"):
        beats(spoil(opens(ada, an_article(a_title()))), 15)


def test_a_ticket_runs_out_and_does_not_hold_before_its_time(ada):
    ticket = opens(ada, an_article(a_title()))
    for now in (NOW + LIFE + minutes(1), NOW - minutes(1)):
        with pytest.raises(TicketRefused, match="run out"):
            verified(ticket, now)


def test_a_ticket_says_nothing_but_what_is_counted_with_it(ada):
    ticket = verified(opens(ada, an_article(a_title())), NOW)
    assert signed(ticket) == opens(ada, ticket_article(ticket))
    assert ticket.reader != ada.pk


def ticket_article(ticket):
    from inkstand.articles.models import Article

    return Article.objects.get(pk=ticket.article)


def test_who_gets_no_ticket(ada):
    article = an_article(a_title(home="https://courier.example/"))
    of_the_house = Reader.objects.create_user("ana@courier.example")
    editor = Reader.objects.create_user("ed@paper.example", is_staff=True)
    stringer = Reader.objects.create_user("sam@mail.example")
    Insider.objects.create(reader=stringer, publisher=article.title.publisher)
    assert opens(ada, article)
    assert [opens(reader, article) for reader in (None, of_the_house, editor, stringer)] == [""] * 4
    assert opens(ada, article, user_agent="Googlebot/2.1") == ""
    assert opens(stringer, an_article(a_title("Other Paper")))


def test_not_worth_it_is_said_once_and_can_be_taken_back(ada):
    ticket = opens(ada, an_article(a_title()))
    not_worth_it(ticket, now=NOW)
    assert Reading.objects.get().not_worth_it
    not_worth_it(ticket, now=NOW, is_so=False)
    assert not Reading.objects.get().not_worth_it


def test_another_month_is_another_number(ada):
    article = an_article(a_title())
    beats(opens(ada, article), 15)
    beats(opens(ada, article, now=SPRING), 15, start=SPRING)
    assert len(set(Reading.objects.values_list("reader", flat=True))) == 2


def test_a_late_beat_for_a_settled_month_is_refused(ada, tmp_path):
    ticket = opens(ada, an_article(a_title()), now=SPRING - timedelta(days=3))
    settle(MARCH, now=SPRING, home=tmp_path)
    with pytest.raises((TicketRefused, MonthClosed)):
        count(Beat(ticket, True, True, 1.0), now=SPRING)


def test_no_table_of_readings_knows_a_reader():
    names = {model._meta.db_table for model in (Reading, Pulse)}
    with connection.cursor() as cursor:
        for table in names:
            keys = connection.introspection.get_relations(cursor, table)
            assert "readers_reader" not in {target for _, target in keys.values()}
