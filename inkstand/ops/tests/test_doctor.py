"""What the doctor finds: a paper that is not there, one that reaches nobody, and one that is well."""

import contextlib

import pytest

from inkstand.ops import doctor, lifeline
from inkstand.ops.errors import NoPaperHere, NotWell
from inkstand.titles.models import Title
from inkstand.wire.models import Poll
from inkstand.wire.tests.factory import a_feed


@pytest.fixture
def ready(monkeypatch):
    monkeypatch.setattr(lifeline, "ready", lambda: contextlib.nullcontext(None))


def found():
    return {name: (well, says) for name, well, says in doctor.examine()}


def test_a_folder_without_a_paper_is_left_as_it_is(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("INKSTAND_HOME", str(tmp_path / "none"))
    with pytest.raises(NoPaperHere, match="INKSTAND_HOME"):
        doctor.doctor()
    assert not (tmp_path / "none").exists()


def test_a_paper_that_reaches_nobody_is_not_well(db, ready, capsys):
    for number in range(3):
        feed = a_feed(url=f"https://{number}.example/feed", name=f"Title {number}", home=f"https://{number}.example/")
        Poll.objects.filter(feed=feed.feed).update(failures=int(number < 2))
    assert found()["feeds"] == (False, "2 of 3 fail: does this machine reach the internet? See /desk/wire/poll/")
    with pytest.raises(NotWell, match="feeds"):
        doctor.doctor()
    assert "WANTS YOU  feeds" in capsys.readouterr().out
    Poll.objects.update(failures=0)
    assert found()["feeds"] == (True, "3, of which 0 fail at the moment")


def test_the_demo_editions_feeds_say_nothing_of_this_machine(db, ready):
    Title.objects.filter(pk=a_feed().title).update(is_demo=True)
    assert found()["feeds"][1].startswith("there is no feed")


def test_links_in_mail_that_lead_to_this_machine_are_told_of(db, ready, monkeypatch):
    assert found()["mail"][0]
    monkeypatch.setenv("INKSTAND_MAIL", "smtp://mail.example:25")
    assert found()["mail"] == (False, "its links lead to this machine: set INKSTAND_ADDRESS")
    monkeypatch.setenv("INKSTAND_ADDRESS", "https://news.example.org")
    assert found()["mail"][0]
