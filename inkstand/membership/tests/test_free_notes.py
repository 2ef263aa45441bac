"""The free articles of readers who are no members: counted with the account, thrown away with the month."""

from datetime import timedelta

import pytest

from inkstand.membership import free_notes, meter
from inkstand.membership.models import FreeNote
from inkstand.membership.tests.test_gate import NOW
from inkstand.readers.models import Reader


@pytest.fixture
def cy(db):
    return Reader.objects.create_user("cy@example.org")


def test_each_article_is_counted_once(cy):
    assert free_notes.note_of(cy) == ""
    for article in (7, 9, 7):
        free_notes.spend(cy, article, NOW)
    assert meter.opened(free_notes.note_of(cy), NOW) == (7, 9)


def test_next_month_begins_afresh_and_the_last_is_thrown_away(cy):
    free_notes.spend(cy, 7, NOW)
    free_notes.forget(now=NOW)
    assert FreeNote.objects.count() == 1
    later = NOW + timedelta(days=40)
    assert meter.opened(free_notes.note_of(cy), later) == ()
    free_notes.forget(now=later)
    assert FreeNote.objects.count() == 0
