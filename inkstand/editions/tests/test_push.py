"""Pushes: sealed so that RFC 8291's own example comes out; brought to a service that opens and checks each."""

from datetime import time, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from inkstand.articles.models import Article
from inkstand.editions.alerts import alert
from inkstand.editions.errors import SubscriptionUnusable
from inkstand.editions.models import Edition, Errand, Subscription
from inkstand.editions.own import print_own
from inkstand.editions.push.keys import coded, decoded, push_key
from inkstand.editions.push.seal import MOST, Keys, are_keys, seal
from inkstand.editions.push.send import carry_pushes
from inkstand.editions.push.subscribe import MOST as BROWSERS
from inkstand.editions.push.subscribe import subscribe
from inkstand.editions.push.tell import tell
from inkstand.editions.tests.pushservice import Browser, PushService
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.prefer import prefer
from inkstand.stories.models import Account, Story
from inkstand.stories.tests.paper import NOW, SECRET, draft, print_articles, title

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# RFC 8291, appendix A.
_OWN = decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
OWN = ec.derive_private_key(int.from_bytes(_OWN, "big"), ec.SECP256R1())
THEIRS = Keys(
    decoded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
    decoded("BTBZMqHH6r4Tts7J_aSIgg"),
)
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out():
    said = b"When I grow up, I want to be a watermelon"
    assert coded(seal(said, THEIRS, OWN, decoded("DGv6ra1nlYgDCS1FRnbzlw"))) == SEALED


@pytest.mark.parametrize("size", [0, 1, 300, MOST])
def test_only_the_browser_opens_it_whatever_its_size(size):
    browser, other = Browser(""), Browser("")
    body = seal(b"x" * size, Keys(browser.public, browser.secret))
    assert len(body) <= 4096
    assert browser.open(body) == b"x" * size
    with pytest.raises(InvalidTag):
        other.open(body)


@pytest.mark.parametrize("public", [b"", b"\4" + b"\0" * 64, b"\4" + b"\1" * 64, b"\2" + b"\1" * 32, b"\4" * 66])
def test_a_point_off_the_curve_is_no_key(public):
    assert not are_keys(Keys(public, b"s" * 16))


def test_our_key_is_made_once_for_its_owner_alone(tmp_path):
    assert push_key(tmp_path).private_numbers() == push_key(tmp_path).private_numbers()
    assert (tmp_path / "push-key").stat().st_mode & 0o077 == 0


@pytest.fixture
def service(settings, tmp_path):
    with PushService() as running:
        settings.HOME, settings.ALLOW_HOSTS = tmp_path, running.host
        yield running


@pytest.fixture
def ada(paper, service):
    return wants("ada", service)


def wants(name, service, **wishes):
    reader = Reader.objects.create_user(f"{name}@example.org")
    prefer(reader=reader, **{"morning_at": time(11), "evening_at": None, "by_push": True, **wishes})
    subscribe(reader=reader, now=NOW, **service.browser(name).said)
    print_own(NOW)
    return reader


def push(now):
    return carry_pushes(tell, now, lambda: True)


TELLINGS = (
    "{}", "{}: thousands flee their homes overnight", "Rescuers search the flooded valley where {}",
    "{} after eleven days of heavy rain", "Nobody was warned before {}, mayor admits",
    "What we know: {}, army called in",
)  # fmt: skip


def great(titles=6, at=NOW, headline="The dam at Port Ellary broke"):
    """A story that so many titles tell at once, each in words of its own."""
    found = []
    for number, telling in enumerate(TELLINGS[:titles]):
        name, said = f"Paper {at:%H%M} {number}", telling.format(headline)
        (article,) = print_articles(title(name), draft(900 + number, headline=said, published=at), now=at)
        found.append(article)
    first = Account.objects.get(article=found[0]).story
    gather_into(first, found, at)
    return first


def gather_into(story, articles, at):
    Account.objects.filter(article__in=articles).update(story=story)
    Story.objects.filter(pk=story.pk).update(moved_at=at)
    Story.objects.filter(telling=None).update(merged_into=story)


def test_an_edition_is_told_of_to_whoever_asked(ada, service):
    print_own(NOW + 2 * HOUR)
    assert push(NOW + 2 * HOUR) == 1
    (said,) = service.got["ada"]
    lead = Article.objects.get(pk=Edition.objects.get().articles[0]).current.headline
    assert (said["title"], said["body"]) == ("Your morning edition", lead)
    assert said["address"] == "/edition/2026-03-14/morning/"
    assert SECRET not in str(said)
    assert push(NOW + 3 * HOUR) == 0


def test_breaking_news_comes_above_the_bar_once_and_loudly(ada, service):
    prefer(reader=ada, push_bar=5)
    wants("bo", service, push_bar=500)
    wants("cy", service)
    story = great()
    for minute in range(3):
        alert(NOW + minute * MINUTE)
        push(NOW + minute * MINUTE)
    assert [said["title"] for said in service.got["ada"]] == ["The dam at Port Ellary broke"]
    assert service.got["ada"][0]["address"] == f"/story/{story.pk}/"
    assert service.heads["ada"]["Urgency"] == "high"
    assert set(service.got) == {"ada"}


def test_a_story_that_ended_in_another_is_not_told_again(ada, service):
    prefer(reader=ada, push_bar=5)
    story = great()
    alert(NOW)
    other = great(at=NOW + MINUTE)
    told = Article.objects.filter(account__story=story)
    gather_into(other, list(told), NOW + MINUTE)
    Story.objects.filter(pk=story.pk).update(merged_into=other)
    assert alert(NOW + 2 * MINUTE) == 0


def test_no_more_than_a_day_allows(ada, service):
    prefer(reader=ada, push_bar=5, push_most=1)
    great()
    great(at=NOW + MINUTE, headline="A second dam broke")
    assert [alert(NOW + n * MINUTE) for n in (1, 2)] == [1, 0]


def test_nothing_is_made_in_quiet_hours_and_nothing_of_what_is_blocked(ada, service):
    prefer(reader=ada, push_bar=5, quiet_from=time(9), quiet_until=time(10))
    great()
    assert alert(NOW) == 0
    prefer(reader=ada, quiet_until=time(9))
    act(ada, "mute", word="dam")
    assert alert(NOW) == 0


def act(reader, do, at=NOW, **facts):
    carry_out(reader=reader, actions=[action(do, at=at, **facts)], now=at)


def test_a_pin_of_editors_is_no_breaking_news(ada, service):
    from inkstand.desk.models import Pick

    prefer(reader=ada, push_bar=50)
    story = great(titles=1)
    Pick.objects.create(article=story.lead, kind="pin", starts_at=NOW)
    assert alert(NOW) == 0


def test_a_followed_story_that_moves_is_told_once(ada, service):
    story = great()
    act(ada, "follow", kind="story", key=str(story.pk))
    assert alert(NOW + MINUTE) == 0
    later = great(at=NOW + HOUR, headline="Engineers close the breach")
    gather_into(story, list(Article.objects.filter(account__story=later)), NOW + HOUR)
    assert [alert(NOW + HOUR + n * MINUTE) for n in (1, 2)] == [1, 0]
    push(NOW + HOUR + 2 * MINUTE)
    assert service.got["ada"][0]["body"].startswith("A story you follow has moved")


def test_what_is_withdrawn_before_it_is_brought_is_not_brought(ada, service):
    prefer(reader=ada, push_bar=5)
    great()
    alert(NOW)
    Article.objects.update(withdrawn_at=NOW)
    push(NOW)
    assert not service.got
    assert Errand.objects.get().outcome == "nowhere"


def test_a_browser_that_is_gone_is_forgotten_and_one_that_is_busy_is_not(ada, service):
    bo = wants("bo", service)
    service.status = {"ada": 410, "bo": 503}
    print_own(NOW + 2 * HOUR)
    push(NOW + 2 * HOUR)
    assert list(Subscription.objects.values_list("reader", flat=True)) == [bo.pk]
    service.status = {}
    push(NOW + 2 * HOUR + 2 * MINUTE)
    assert list(service.got) == ["bo"]
    assert dict(Errand.objects.values_list("reader", "outcome")) == {ada.pk: "nowhere", bo.pk: "brought"}


def test_a_wrong_signature_of_ours_costs_nobody_their_subscription(ada, service):
    service.status = {"ada": 403}
    print_own(NOW + 2 * HOUR)
    push(NOW + 2 * HOUR)
    assert Subscription.objects.count() == 1
    assert Errand.objects.get().outcome == "refused"


def test_an_endpoint_in_our_own_network_is_never_asked_and_is_forgotten(ada, service, settings):
    settings.ALLOW_HOSTS = ""
    print_own(NOW + 2 * HOUR)
    push(NOW + 2 * HOUR)
    assert not service.got
    assert not Subscription.objects.exists()


def test_a_service_that_sends_us_on_is_not_followed(ada, service):
    with PushService() as inner:
        service.status, service.sends_on_to = {"ada": 307}, f"http://{inner.host}/ada"
        inner.browsers = service.browsers
        print_own(NOW + 2 * HOUR)
        push(NOW + 2 * HOUR)
        assert not inner.got


@pytest.mark.parametrize(
    "said",
    [
        {"endpoint": "ftp://push.example/1"},
        {"endpoint": "https://user:word@push.example/1"},
        {"endpoint": "https://push.example/" + "a" * 1000},
        {"endpoint": "https://[push.example/1"},
        {"endpoint": "javascript:alert(1)"},
        {"public": "AAAA"},
        {"public": "€"},
        {"secret": "AAAA"},
    ],
)
def test_what_is_no_subscription_is_refused(db, said):
    reader = Reader.objects.create_user("ada@example.org")
    with pytest.raises(SubscriptionUnusable):
        subscribe(reader=reader, now=NOW, **{**Browser("https://push.example/1").said, **said})


def test_one_browser_tells_one_reader_and_one_reader_has_so_many_browsers(db):
    ada, bo = (Reader.objects.create_user(f"{name}@example.org") for name in ("ada", "bo"))
    shared = Browser("https://push.example/shared")
    subscribe(reader=ada, now=NOW, **shared.said)
    subscribe(reader=bo, now=NOW, **shared.said)
    assert Subscription.objects.get().reader == bo
    for number in range(BROWSERS + 3):
        subscribe(reader=ada, now=NOW + number * MINUTE, **Browser(f"https://push.example/{number}").said)
    assert Subscription.objects.filter(reader=ada).count() == BROWSERS
