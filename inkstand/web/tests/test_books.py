"""Money as people see it: tickets and beats of the article page, a reader's receipt, a publisher's months."""

import json
from datetime import UTC, date, datetime

import pytest

from inkstand.kit import clock
from inkstand.membership.models import Grant
from inkstand.readers.models import Reader
from inkstand.royalties.models import Insider, Reading
from inkstand.royalties.settle import settle
from inkstand.royalties.tests.town import MARCH, pays
from inkstand.royalties.tests.town import reads as has_read
from inkstand.titles.models import Publisher, Title
from inkstand.web.tests.conftest import NOW, draft, print_articles, reader, signed_in, title

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
SPRING = datetime(2026, 4, 3, 6, tzinfo=UTC)


@pytest.fixture
def article(db, now, settings):
    settings.ACCESS = "members"
    return print_articles(title(), draft())[0]


def ticket(client, article):
    return client.get(f"/article/{article.pk}/ticket/", headers=BROWSER).json()["ticket"]


def beat(client, said, seen=0.5):
    told = {"ticket": said, "visible": True, "foreground": True, "seen": seen}
    return client.post("/beat/", json.dumps(told), content_type="application/json").status_code


def later(monkeypatch, **passed):
    monkeypatch.setattr(clock, "now", lambda: NOW.replace(**passed))


def test_only_who_may_read_it_whole_and_pays_by_reading_is_given_a_ticket(cast, article):
    given = {name for name, client in cast.items() if ticket(client, article)}
    assert given == {"Ada", "Bo"}


def test_a_robot_with_a_members_cookie_is_given_none(cast, article):
    asked = cast["Ada"].get(f"/article/{article.pk}/ticket/", headers={"User-Agent": "curl/8"})
    assert asked.json()["ticket"] == ""
    assert "no-store" in asked.headers["Cache-Control"]


def test_beats_are_counted_by_the_clock_and_by_what_was_seen(cast, article, monkeypatch):
    said = ticket(cast["Ada"], article)
    later(monkeypatch, second=12)
    assert beat(cast["Ada"], said) == 204
    later(monkeypatch, second=14)
    assert beat(cast["Ada"], said, seen=1.0) == 204
    found = Reading.objects.get()
    assert (found.seconds, found.seen) == (12, 500)


TOO_FAR = b'{"ticket": "", "visible": 1, "foreground": 1, "seen": 1%s}' % (b"0" * 400)
TICKETLESS = [b'{"ticket": "forged", "visible": 1}', b'{"ticket": 3}']


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b"{}", *TICKETLESS, TOO_FAR, b"[" * 100_000])
def test_what_is_no_beat_is_refused(dot, db, now, body):
    assert dot.post("/beat/", body, content_type="application/json").status_code == 400


def test_a_forged_ticket_is_told_to_stop(dot, db, now):
    assert beat(dot, "forged") == 410


def test_not_worth_it_is_counted_and_taken_back(cast, article):
    said = ticket(cast["Ada"], article)
    for is_worth in (False, True):
        told = json.dumps({"ticket": said, "worth_it": is_worth})
        assert cast["Ada"].post("/worth/", told, content_type="application/json").status_code == 204
        assert Reading.objects.get().not_worth_it is not is_worth


@pytest.fixture
def march(article, tmp_path, settings):
    """Ada paid in March and read one article; Pat works for its publisher and sees its months."""
    settings.HOME = tmp_path
    ada = reader("ada")
    Grant.objects.create(reader=ada, kind="member", starts_at=NOW)
    pays(ada.pk)
    has_read(ada.pk, article)
    pat = reader("pat")
    Insider.objects.create(reader=pat, publisher=article.title.publisher, sees_months=True)
    return signed_in(ada), signed_in(pat), article.title.publisher


def settled(monkeypatch, settings):
    settle(MARCH, now=SPRING, home=settings.HOME)
    monkeypatch.setattr(clock, "now", lambda: SPRING)


def test_a_reader_sees_where_the_fee_went(march):
    html = march[0].get("/fee/").content.decode()
    assert "€6.65" in html
    assert "Harbour Courier" in html


def test_a_settled_months_receipt_is_there_for_who_wished_it(march, monkeypatch, settings):
    assert march[0].post("/fee/keep/", {"keep": "1"}).status_code == 302
    settled(monkeypatch, settings)
    assert "Harbour Courier" in march[0].get("/fee/2026-03/").content.decode()
    march[0].post("/fee/keep/", {"keep": "0"})
    assert "No receipt of this month was kept" in march[0].get("/fee/2026-03/").content.decode()


@pytest.mark.parametrize("month", ["2026-13", "x", "0000-01"])
def test_there_is_no_such_month(march, month):
    assert march[0].get(f"/fee/{month}/").status_code == 404


def test_a_publisher_sees_sums_and_takes_its_papers(march, monkeypatch, settings):
    settled(monkeypatch, settings)
    _, pat, publisher = march
    page = pat.get("/publisher/", follow=True).content.decode()
    assert publisher.name in page
    assert "€6.65" in page
    name = f"2026-03-publisher-{publisher.pk}"
    assert pat.get(f"/publisher/{publisher.pk}/2026-03/{name}.pdf").content.startswith(b"%PDF")
    assert pat.get(f"/publisher/{publisher.pk}/2026-03/{name}.csv.sig").status_code == 200
    assert pat.get(f"/publisher/{publisher.pk}/2026-03/../secret").status_code == 404
    assert pat.get(f"/publisher/{publisher.pk}/2026-04/{name}.pdf").status_code == 404


def test_nobody_elses_months_are_open(march, monkeypatch, settings, dot):
    settled(monkeypatch, settings)
    ada, pat, publisher = march
    other = Publisher.objects.create(name="Other Press")
    Title.objects.create(publisher=other, name="Other", slug="other")
    name = f"2026-03-publisher-{publisher.pk}.pdf"
    for client, pk in ((ada, publisher.pk), (pat, other.pk)):
        assert client.get(f"/publisher/{pk}/").status_code == 404
        assert client.get(f"/publisher/{pk}/2026-03/{name}").status_code == 404
    assert dot.get(f"/publisher/{publisher.pk}/").status_code == 302
    assert ada.get("/publisher/").status_code == 404
    Insider.objects.update(sees_months=False)
    assert pat.get(f"/publisher/{publisher.pk}/").status_code == 404


def test_fewer_than_ten_readers_are_not_told(march, monkeypatch, settings):
    settled(monkeypatch, settings)
    page = march[1].get("/publisher/", follow=True).content.decode()
    assert "Fewer than ten are not told" in page
    assert "ada@example.org" not in page


def test_a_correction_stands_before_it_is_on_a_statement(march, monkeypatch, settings):
    from inkstand.royalties.corrections import correct

    settled(monkeypatch, settings)
    gains = {march[2].pk: 123}
    correct(of=date(2026, 3, 1), currency="EUR", gains=gains, reference="c1", why="counted late", now=SPRING)
    page = march[1].get("/publisher/", follow=True).content.decode()
    assert "counted late" in page
    assert "€1.23" in page


def test_a_reader_who_is_erased_leaves_no_wish(march):
    march[0].post("/fee/keep/", {"keep": "1"})
    Reader.objects.get(name="Ada").delete()
