"""Readers' own editions: at their hour, in their zone, of their size, without what they do not want."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inkstand.articles.models import Article
from inkstand.editions.models import Edition, Errand, Hour
from inkstand.editions.own import LATE, print_own
from inkstand.editions.printing import PATIENCE
from inkstand.membership.models import Grant
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.prefer import prefer
from inkstand.stories.tests.paper import NOW
from inkstand.titles.models import Terms, Title

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ada(paper):
    return wants("ada", morning_at=time(11), evening_at=time(17))


def wants(name, **wishes):
    reader = Reader.objects.create_user(f"{name}@example.org")
    prefer(reader=reader, **wishes)
    print_own(NOW)
    return reader


def does(reader, do, **facts):
    carry_out(reader=reader, actions=[action(do, at=NOW, **facts)], now=NOW)


def editions(reader):
    return list(Edition.objects.filter(reader=reader).order_by("strikes_at"))


def test_an_edition_is_made_at_the_readers_hour_and_not_before(ada):
    eleven = datetime(2026, 3, 14, 11, tzinfo=UTC)
    assert print_own(eleven - MINUTE) == 0
    assert print_own(eleven) == 1
    (made,) = editions(ada)
    assert (made.day, made.half, made.strikes_at, len(made.stories)) == (date(2026, 3, 14), "morning", eleven, 10)
    assert made.next_at == datetime(2026, 3, 14, 17, tzinfo=UTC)


def test_their_zone_tells_the_hour_and_the_day(paper):
    kiri = wants("kiri", morning_at=time(7), evening_at=None, time_zone="Pacific/Kiritimati", edition_size=5)
    print_own(datetime(2026, 3, 14, 17, tzinfo=UTC))
    (made,) = editions(kiri)
    assert (made.day, made.zone, len(made.stories)) == (date(2026, 3, 15), "Pacific/Kiritimati", 5)
    assert made.next_at == datetime(2026, 3, 15, 17, tzinfo=UTC)


def test_no_edition_is_made_twice_and_none_where_no_hour_is_set(ada):
    wants("bo", morning_at=None, evening_at=None)
    assert [print_own(NOW + 2 * HOUR) for _ in range(3)] == [1, 0, 0]
    assert Edition.objects.count() == 1


def test_who_moves_their_hour_gets_it_from_the_next_strike_on_and_one_a_day(ada):
    print_own(NOW + 2 * HOUR)
    prefer(reader=ada, morning_at=time(13))
    assert print_own(NOW + 3 * HOUR) == 0
    assert print_own(datetime(2026, 3, 14, 13, tzinfo=UTC)) == 0
    assert Hour.objects.get(reader=ada, half="morning").next_at == datetime(2026, 3, 15, 13, tzinfo=UTC)


def test_after_an_outage_of_days_the_newest_is_made_and_no_other(ada):
    Hour.objects.update(next_at=NOW - 5 * DAY)
    assert print_own(NOW + 2 * HOUR) == 1
    assert [(made.half, made.day) for made in editions(ada)] == [("morning", date(2026, 3, 14))]


def test_what_they_block_mute_and_read_is_not_in_it(ada):
    courier = Title.objects.get(name="Harbour Courier")
    read = Article.objects.filter(title__name="Meridian").order_by("pk").first()
    does(ada, "block", title=courier.pk)
    does(ada, "mute", word="number 103")
    does(ada, "read", article=read.pk, progress=100)
    print_own(NOW + 2 * HOUR)
    (made,) = editions(ada)
    printed = Article.objects.filter(pk__in=made.articles).select_related("current")
    assert not printed.filter(title=courier).exists()
    assert read.pk not in made.articles
    assert not [piece for piece in printed if "number 103" in piece.current.headline]
    assert len(made.stories) == 10


def test_who_wants_only_what_they_can_open_gets_that(paper, settings):
    settings.ACCESS = "members"
    Terms.objects.filter(title__name="Meridian").update(readable="everyone")
    cy = wants("cy", morning_at=time(11), only_open=True)
    bo = wants("bo", morning_at=time(11), only_open=True)
    Grant.objects.create(reader=bo, kind="trial", starts_at=NOW - DAY, ends_at=NOW + DAY)
    print_own(NOW + 2 * HOUR)
    titles = {
        who: set(Article.objects.filter(pk__in=editions(who)[0].articles).values_list("title__name", flat=True))
        for who in (cy, bo)
    }
    assert titles[cy] == {"Meridian"}
    assert len(titles[bo]) == 3


def test_the_evening_has_nothing_of_the_morning(ada):
    print_own(NOW + 2 * HOUR)
    print_own(NOW + 8 * HOUR)
    morning, evening = editions(ada)
    assert set(morning.articles).isdisjoint(evening.articles)


def test_a_paper_too_young_for_a_first_edition_waits_and_then_prints_what_it_has(ada):
    Article.objects.exclude(pk__in=Article.objects.order_by("pk").values("pk")[:3]).update(withdrawn_at=NOW)
    eleven = datetime(2026, 3, 14, 11, tzinfo=UTC)
    assert print_own(eleven) == print_own(eleven + 5 * MINUTE) == 0
    assert print_own(eleven + PATIENCE) == 1
    assert len(editions(ada)[0].stories) == 3


def test_whoever_asked_is_brought_it_by_mail_and_push_once(ada):
    prefer(reader=ada, by_mail=True, by_push=True)
    print_own(NOW + 2 * HOUR)
    print_own(NOW + 2 * HOUR + MINUTE)
    assert sorted(Errand.objects.values_list("way", "kind")) == [("mail", "edition"), ("push", "edition")]


def test_what_is_made_too_late_is_not_brought(ada):
    prefer(reader=ada, by_mail=True, evening_at=None)
    print_own(datetime(2026, 3, 14, 11, tzinfo=UTC) + LATE)
    assert len(editions(ada)) == 1
    assert not Errand.objects.exists()


def test_nobody_whose_hour_has_come_costs_one_statement(ada):
    with CaptureQueriesContext(connection) as asked:
        assert print_own(NOW) == 0
    assert len(asked) == 1


def test_many_readers_cost_as_many_statements_as_one(ada):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            print_own(NOW + 2 * HOUR)
        return len(asked)

    one = statements()
    Edition.objects.all().delete()
    Hour.objects.all().delete()
    for number in range(12):
        wants(f"reader{number}", morning_at=time(11))
    print_own(NOW)
    assert statements() == one
    assert Edition.objects.count() == 13


def test_an_erased_reader_leaves_no_edition(ada):
    print_own(NOW + 2 * HOUR)
    ada.delete()
    assert not Edition.objects.exists()
