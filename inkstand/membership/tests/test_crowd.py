"""Free articles by address range: counted for a day, under marks nobody can undo."""

from datetime import UTC, datetime, timedelta

import pytest

from inkstand.membership import crowd
from inkstand.membership.models import RangeCount, RangeSalt

NOW = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "belongs"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("no address", ""),
        ("", ""),
    ],
)
def test_ranges(address, belongs):
    assert crowd.range_of(address) == belongs


@pytest.mark.django_db
def test_a_range_is_full_after_its_bound_and_another_is_not_and_the_next_day_neither():
    for host in range(3):
        assert not crowd.is_full(f"203.0.113.{host}", 3, NOW)
        crowd.count(f"203.0.113.{host}", NOW)
    assert crowd.is_full("203.0.113.200", 3, NOW)
    assert not crowd.is_full("198.51.100.1", 3, NOW)
    assert not crowd.is_full("203.0.113.200", 3, NOW + timedelta(hours=1))


@pytest.mark.django_db
def test_no_address_is_kept_and_the_day_is_forgotten():
    crowd.count("203.0.113.7", NOW)
    kept = "".join(str(value) for row in RangeCount.objects.values_list() for value in row)
    assert "203" not in kept.replace("2026", "")[:3] and "203.0.113" not in kept
    crowd.forget(now=NOW)
    assert RangeCount.objects.count() == 1
    crowd.forget(now=NOW + timedelta(hours=1))
    assert not RangeSalt.objects.exists() and not RangeCount.objects.exists()


@pytest.mark.django_db
def test_the_same_range_has_another_mark_the_next_day():
    for day in range(2):
        crowd.count("203.0.113.7", NOW + timedelta(days=day))
    first, second = RangeCount.objects.values_list("mark", flat=True)
    assert first != second
