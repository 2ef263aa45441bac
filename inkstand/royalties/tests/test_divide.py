"""Both rules, on values alone: shares sum to the pot for any weights, and the lone script says the same."""

import json
from collections import Counter
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from inkstand.royalties import recompute
from inkstand.royalties.divide import Cell, Pot, divided
from inkstand.royalties.groups import grouped
from inkstand.royalties.inputs import inputs
from inkstand.royalties.receipt import points, receipt
from inkstand.royalties.values import AT_LEAST, POINTS, Listed, Pays, Ruling

MARCH = date(2026, 3, 1)
RULE = Ruling(1, "user-centric", 300, 250, 10)
TITLES = (3, 5, 8, 13)

readers = st.lists(
    st.tuples(
        st.sampled_from([1, 50, 595, 600, 5950]),
        st.dictionaries(st.sampled_from(TITLES), st.integers(1, 10**7), max_size=4),
    ),
    max_size=60,
)


def settled(members, brought=0):
    """`members`: (fee, {title: weight}) of each; in Python what gather.py does in the database."""
    read = [(fee, by) for fee, by in members if by]
    counts = Counter(fee for fee, _ in read)
    groups = grouped(counts.items())
    number = {fee: at for at, group in enumerate(groups) for fee in group.fees}
    who, parts, weights = Counter(), Counter(), Counter()
    for fee, by in read:
        for title, share in points(by).items():
            who[number[fee], title] += 1
            parts[number[fee], title] += fee * share
            weights[number[fee], title] += by[title]
    cells = [Cell(*at, who[at], minor, weights[at]) for at, minor in parts.items()]
    pot = Pot("EUR", brought + sum(fee for fee, _ in members), brought)
    return divided(pot, groups, counts, cells)


@given(readers, st.integers(0, 10_000))
def test_both_rules_give_out_the_pot_exactly(members, brought):
    found = settled(members, brought)
    for amounts in found.amounts.values():
        assert sum(amounts.values()) == found.pot.minor
    assert bool(found.amounts) == any(by for _, by in members)


@given(readers, st.integers(0, 10_000))
def test_the_lone_script_finds_every_amount_again(members, brought):
    found = settled(members, brought)
    month = json.loads(inputs(MARCH, RULE, [Listed(t, f"T{t}", "P") for t in TITLES], [found]))
    assert recompute.report(month) == 0


@given(readers.filter(lambda members: any(by for _, by in members)), st.data())
def test_the_lone_script_finds_any_amount_that_was_changed(members, data):
    month = json.loads(inputs(MARCH, RULE, [Listed(t, f"T{t}", "P") for t in TITLES], [settled(members)]))
    pot = month["pots"][0]
    place = data.draw(st.sampled_from([pot["amounts"]["user-centric"], pot["amounts"]["pro-rata"]]))
    key = data.draw(st.sampled_from(sorted(map(str, TITLES))))
    place[key] = place.get(key, 0) + data.draw(st.sampled_from([-1, 1]))
    assert recompute.report(month) > 0


@given(readers)
def test_user_centric_is_within_a_point_and_a_unit_of_what_each_members_fee_says(members):
    """The exact sum of fee x time here / time in all, without points or rounding."""
    members = [(fee, by) for fee, by in members if by]
    found = settled(members)
    assert found.few.keys() | {t for g in found.groups for t in g.parts} == found.weights.keys()
    for title, minor in found.amounts.get(Pays.USER_CENTRIC, {}).items():
        exact = sum(Fraction(fee * by.get(title, 0), sum(by.values())) for fee, by in members)
        assert abs(minor - exact) < 1 + Fraction(sum(fee for fee, _ in members), POINTS)


@given(readers)
def test_no_group_is_small_where_all_together_are_not(members):
    found = settled(members)
    sizes = [group.group.readers for group in found.groups]
    assert sum(sizes) == sum(1 for _, by in members if by)
    assert all(size >= AT_LEAST for size in sizes) or len(sizes) == 1


@given(st.dictionaries(st.integers(1, 10**6), st.integers(1, 5000), max_size=300))
def test_groups_hold_every_fee_once_and_are_no_more_than_a_hundred(counts):
    groups = grouped(counts.items())
    assert sorted(fee for group in groups for fee in group.fees) == sorted(counts)
    assert len(groups) <= 101


def test_a_merged_group_says_its_fees_together_and_none_alone():
    found = settled([(600, {3: 60})] * 12 + [(595, {3: 60}), (50, {5: 60})] + [(300, {8: 9})] * 10)
    month = json.loads(inputs(MARCH, RULE, [Listed(t, f"T{t}", "P") for t in TITLES], [found]))
    assert [(group["readers"], group["fee"], group["fees"]) for group in month["pots"][0]["groups"]] == [
        (12, 600, 7200),
        (12, None, 3645),
    ]


@given(st.dictionaries(st.sampled_from(TITLES), st.integers(0, 10**7), max_size=4), st.integers(1, 10**6))
def test_a_receipt_sums_to_the_fee(read, fee):
    for pays in Pays:
        made = receipt(MARCH, "EUR", fee, read, {3: 10, 5: 20}, pays)
        assert sum(made.went.values()) == fee
    assert receipt(MARCH, "EUR", fee, {}, {}, Pays.USER_CENTRIC).went == {}


def test_what_few_of_a_group_read_stands_among_the_few_of_all():
    found = settled([(600, {3: 60})] * 10 + [(600, {5: 60})] * 9 + [(300, {3: 60})] * 3 + [(300, {5: 60})] * 9)
    assert [dict(group.parts) for group in found.groups] == [{3: 600 * 10 * POINTS}, {}]
    assert found.few == {3: 300 * 3 * POINTS, 5: (600 + 300) * 9 * POINTS}


def test_the_two_rules_differ_as_they_are_meant_to():
    """Ada reads one title a little; Bo reads the other all day. Each pays the same."""
    found = settled([(600, {3: 60}), (600, {5: 5940})])
    assert found.amounts[Pays.USER_CENTRIC] == {3: 600, 5: 600}
    assert found.amounts[Pays.PRO_RATA] == {3: 12, 5: 1188}


def test_the_fee_of_who_read_nothing_follows_the_others():
    found = settled([(600, {3: 60}), (600, {5: 60}), (300, {})])
    assert found.unread == 300
    assert found.amounts[Pays.USER_CENTRIC] == {3: 750, 5: 750}
