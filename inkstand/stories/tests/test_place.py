"""Articles into stories, in the rows: joined, begun, copied, credited; nothing lost by restarts or repeats."""

from datetime import UTC, datetime, timedelta

import pytest

from inkstand.articles.models import Article
from inkstand.articles.publish import Piece, publish
from inkstand.articles.values import Draft
from inkstand.stories import standing as room
from inkstand.stories.look_again import look_again
from inkstand.stories.models import Account, Shift, Story
from inkstand.stories.place import place
from inkstand.titles.enter import Address, Entry, enter

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BRIDGE = (
    "Port Ellary's harbour bridge was closed to all traffic on Monday after engineers found cracks in two of its "
    "main cables, the harbour authority said. Ferries will run every ten minutes between the Customs Quay and Tarn. "
    "Some 40,000 people cross the bridge each day. The cracks were found by a routine inspection on Sunday night, "
    "and chief engineer Corisande Hale said that repairs would take at least six weeks."
)
BRIDGE_TOO = (
    "Commuters in Port Ellary face weeks of ferries: the harbour bridge is shut since Monday because cracked cables "
    "were discovered by inspectors. Corisande Hale, chief engineer of the harbour authority, spoke of six weeks of "
    "repairs at the least. Boats leave Customs Quay every ten minutes, according to the authority."
)
CHESS = (
    "Sixteen-year-old Mirela Ostrander won the national chess title in Thornholt on Sunday with a queen sacrifice on "
    "move 31 of the last game. She is the youngest champion since the tournament began in 1921."
)


def print_(name, headline, text, minutes=0):
    """An article of a title of its own; its id. Not placed yet."""
    (feed,) = enter([Entry(name, (Address(f"https://{name}.example/{len(headline)}"),), country="GB")])
    at = NOON + timedelta(minutes=minutes)
    draft = Draft(key=headline, url=feed.url, headline=headline, standfirst=text, published=at, language="en")
    (article,) = publish([Piece(title=feed.title_id, draft=draft, feed=feed.pk)], now=at)
    return article


def story_of(article):
    return Account.objects.get(article=article).story


@pytest.fixture
def told():
    """Two accounts of the bridge, one of the chess, as ids."""
    ids = [
        print_("courier", "Harbour bridge in Port Ellary closed after cracks found in cables", BRIDGE),
        print_("examiner", "Cracked cables shut Port Ellary harbour bridge for six weeks", BRIDGE_TOO, 30),
        print_("whistle", "Mirela Ostrander, 16, wins national chess title in Thornholt", CHESS, 40),
    ]
    place(ids, now=NOON)
    return ids


def test_two_accounts_of_one_event_are_one_story_and_another_event_is_another(told):
    bridge, too, chess = map(story_of, told)
    assert bridge == too != chess
    assert (bridge.titles, bridge.voices, bridge.accounts) == (2, 2, 2)
    assert bridge.countries == ["GB"]


def test_who_was_first_and_the_times_are_kept(told):
    story = story_of(told[0])
    assert story.first_id == told[0]
    assert (story.began_at, story.moved_at) == (NOON, NOON + timedelta(minutes=30))
    assert story.lead_id in told[:2]


def test_one_by_one_is_as_all_at_once(told):
    before = {article: story_of(article).first_id for article in told}
    Account.objects.all().delete()
    Story.objects.all().delete()
    for article in told:
        place([article], now=NOON)
    assert {article: story_of(article).first_id for article in told} == before


def test_placing_twice_is_once(told):
    place(told, now=NOON)
    assert Account.objects.count() == 3


def committed(deed, capture):
    """The window is put back when a transaction commits; a test's own never does."""
    with capture(execute=True):
        deed()
    return room._kept


def test_the_next_account_finds_its_story(told):
    late = print_("gazette", "Port Ellary bridge closed: cables cracked, says harbour authority", BRIDGE_TOO[:300], 60)
    place([late], now=NOON)
    assert story_of(late) == story_of(told[0])


def test_a_window_is_kept_between_placings_and_catches_up_with_other_processes(
    told, django_capture_on_commit_callbacks
):
    mine = committed(lambda: place([], now=NOON), django_capture_on_commit_callbacks)
    room.forget()
    late = print_("gazette", "Port Ellary bridge closed: cables cracked, says harbour authority", BRIDGE_TOO[:300], 60)
    place([late], now=NOON)
    room._keep(mine)
    assert room.take(NOON) is mine
    assert mine.seen == Account.objects.get(article=late).pk
    assert late in mine.articles.values()


def test_a_second_look_by_another_process_cannot_be_caught_up_with(told, django_capture_on_commit_callbacks):
    mine = committed(lambda: place([], now=NOON), django_capture_on_commit_callbacks)
    room.forget()
    bridge, chess = story_of(told[0]), story_of(told[2])
    Shift.objects.create(at=NOON, story=chess, into=bridge)
    room._keep(mine)
    assert room.take(NOON) is not mine


def test_after_a_restart_only_the_latest_stories_are_looked_at_again(told):
    bridge, chess = story_of(told[0]).pk, story_of(told[2]).pk
    assert room.take(NOON).placing.touched == {bridge, chess}
    assert room.take(NOON + timedelta(hours=3, minutes=35)).placing.touched == {chess}
    assert room.take(NOON + timedelta(hours=4)).placing.touched == set()


def test_what_is_rolled_back_is_not_kept(told):
    assert room._kept is None


def test_a_placing_that_fails_leaves_no_trace_in_memory(told, monkeypatch):
    late = print_("gazette", "Port Ellary bridge closed: cables cracked, says harbour authority", BRIDGE_TOO[:300], 60)
    monkeypatch.setattr("inkstand.stories.summing.sum_up", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        place([late], now=NOON)
    monkeypatch.undo()
    assert room._kept is None
    place([late], now=NOON)
    assert story_of(late) == story_of(told[0])


def test_the_same_text_under_another_title_is_a_copy_and_no_voice_of_its_own(told):
    copy = print_("gazette", "Cracks close harbour bridge in Port Ellary", BRIDGE.replace("Monday", "Monday night"), 50)
    place([copy], now=NOON)
    account = Account.objects.get(article=copy)
    assert (account.story, account.copy_of_id) == (story_of(told[0]), told[0])
    assert (account.story.accounts, account.story.titles, account.story.voices) == (3, 3, 2)


def test_a_second_look_at_what_is_right_changes_nothing(told):
    assert look_again(now=NOON) == 0
    assert not Shift.objects.exists()


def test_two_stories_that_prove_to_be_one_are_merged_and_the_old_address_says_so(told):
    bridge, chess = story_of(told[0]), story_of(told[2])
    # As if the second account had come alone: a story of its own.
    alone = Story.objects.create(began_at=NOON, moved_at=NOON, running=bridge.running)
    Account.objects.filter(article=told[1]).update(story=alone)
    assert look_again(now=NOON + timedelta(hours=1)) == 2
    alone.refresh_from_db()
    gone, into = (alone, bridge) if alone.merged_into_id else (Story.objects.get(pk=bridge.pk), alone)
    assert gone.merged_into_id == into.pk
    assert {story_of(article).pk for article in told[:2]} == {into.pk}
    assert story_of(told[2]) == chess
    assert Shift.objects.get().into_id == into.pk


def test_a_story_that_proves_to_be_two_is_split_and_the_new_one_says_of_which(told):
    bridge, chess = story_of(told[0]), story_of(told[2])
    # As if the chess had been taken for the bridge.
    Account.objects.filter(article=told[2]).update(story=bridge)
    Story.objects.filter(pk=chess.pk).delete()
    later = print_("gazette", "Port Ellary bridge closed: cables cracked, says harbour authority", BRIDGE_TOO[:300], 60)
    place([later], now=NOON)
    assert look_again(now=NOON + timedelta(hours=1)) == 2
    fresh = story_of(told[2])
    assert (fresh.split_from_id, fresh.lead_id, fresh.accounts) == (bridge.pk, told[2], 1)
    assert fresh.running_id != bridge.running_id
    assert {story_of(article).pk for article in (*told[:2], later)} == {bridge.pk}
    assert Story.objects.get(pk=bridge.pk).accounts == 3
    assert (Shift.objects.get().story_id, Shift.objects.get().article) == (bridge.pk, told[2])


def test_an_article_that_is_withdrawn_stays_in_its_storys_rows(told):
    Article.objects.filter(pk=told[0]).update(withdrawn_at=NOON)
    assert story_of(told[0]) == story_of(told[1])
