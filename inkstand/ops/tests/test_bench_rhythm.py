import random
from datetime import UTC, datetime, timedelta

import pytest

from inkstand.ops.bench import rhythm
from inkstand.ops.bench.rhythm import MINUTE, Capture, by_rhythm, fixed, read_day, run, simulate
from inkstand.ops.bench.shared import NO_SHARED, data_dir

START = datetime(2026, 11, 20, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def day(every: timedelta, hours: int = 10, kept: int = 20) -> list[Capture]:
    """A feed of its twenty newest items that brings one in each `every`."""
    steps = int(hours * HOUR / every)
    times = [START + every * step for step in range(-kept, steps)]
    return [Capture(times[last], {str(at): at for at in times[last - kept : last]}) for last in range(kept, len(times))]


def tried(captures, schedule, hours: int = 11):
    return simulate(captures, schedule, random.Random(1), START + hours * HOUR)


def test_lateness_is_the_wait_for_the_next_poll():
    tally = tried(day(20 * MINUTE), fixed(5))
    assert len(tally.late) == len(day(20 * MINUTE)) - 1 and tally.missed == 0
    assert max(tally.late) <= 5 and tally.polls == 132


def test_what_leaves_between_two_polls_is_missed():
    tally = tried(day(MINUTE), fixed(60))
    assert tally.missed > 300


def test_a_busy_feed_is_polled_more_than_a_slow_one():
    busy, slow = tried(day(10 * MINUTE), by_rhythm()), tried(day(5 * HOUR), by_rhythm())
    assert busy.polls > 4 * slow.polls


def test_a_feed_that_cannot_be_read_is_left_alone():
    broken = [Capture(START, is_readable=False)]
    assert tried(broken, by_rhythm()).polls < 10 < tried(broken, fixed(5)).polls


@pytest.mark.whole
@pytest.mark.shared
def test_on_the_news_day_the_rhythm_beats_the_interval_of_as_many_polls(monkeypatch):
    monkeypatch.setattr(rhythm, "RUNS", 1)
    data = data_dir()
    if data is None:
        pytest.skip(NO_SHARED)
    feeds = read_day(data)
    assert len(feeds) == 24 and sum(map(len, feeds.values())) == 1_045
    figures = run(data, lambda line: None)
    ours, theirs = figures["rhythm"], figures["fixed_15"]
    assert ours["polls"] <= 1.05 * theirs["polls"] and ours["median_late_min"] < 0.75 * theirs["median_late_min"]
