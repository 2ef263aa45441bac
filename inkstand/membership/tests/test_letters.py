"""Letters about a trial: at its start, three days before its end, at its end; each once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from inkstand.membership.models import Grant, TrialLetter
from inkstand.membership.trial import TRIAL, start_trial
from inkstand.membership.trial_letters import send_due
from inkstand.readers.models import Reader

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BEGAN, ENDING, ENDED = "Your fourteen days", "Three days of your trial", "Your trial has ended"


@pytest.fixture
def bo():
    reader = Reader.objects.create_user("bo@example.org")
    start_trial(reader=reader, now=NOW)
    return reader


def by_the_day(days):
    """What went out, with the day it went out on, the job running every six hours and every letter asked for twice."""
    sent = []
    for hour in range(0, days * 24 + 1, 6):
        for _ in range(2):
            before = len(mail.outbox)
            send_due(now=NOW + timedelta(hours=hour))
            sent += [(hour / 24, letter.subject) for letter in mail.outbox[before:]]
    return sent


def test_three_letters_each_once_each_on_its_day(bo):
    sent = by_the_day(20)
    assert [day for day, _ in sent] == [0, 11, 14]
    for (_, subject), words in zip(sent, (BEGAN, ENDING, ENDED), strict=True):
        assert subject.startswith(words)
    assert "16 March 2026, 12:00 UTC" in mail.outbox[0].body


def test_who_has_joined_hears_nothing_of_the_trials_end(bo):
    Grant.objects.create(reader=bo, kind="member", starts_at=NOW + TRIAL, ends_at=NOW + 3 * TRIAL)
    assert [day for day, _ in by_the_day(20)] == [0]


def test_old_news_is_not_written_up(bo):
    send_due(now=NOW + timedelta(days=60))
    assert mail.outbox == []


def test_mail_that_does_not_go_out_is_tried_again(bo, monkeypatch):
    def broken(*_):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("inkstand.membership.letters.send_mail", broken)
        with pytest.raises(ConnectionRefusedError):
            send_due(now=NOW)
    assert not TrialLetter.objects.exists()
    assert send_due(now=NOW) == 1
