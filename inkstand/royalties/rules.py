"""The rule a month is settled by. A paper that has published none settles by the first, below."""

from collections.abc import Iterable
from datetime import date, datetime

from inkstand.kit.months import month_of
from inkstand.royalties.errors import RuleTooEarly
from inkstand.royalties.models import Rule
from inkstand.royalties.months import after, told
from inkstand.royalties.values import Pays

FIRST = {
    "starts": date(2000, 1, 1),
    "pays": Pays.USER_CENTRIC,
    "operator_permille": 300,
    "copy_permille": 250,
    "min_seconds": 10,
}


def rule_for(month: date) -> Rule:
    return rules_for([month])[month]


def rules_for(months: Iterable[date]) -> dict[date, Rule]:
    """Of each month, the newest version of those that hold for it; one statement."""
    rules = list(Rule.objects.order_by("-version")) or [Rule.objects.get_or_create(version=1, defaults=FIRST)[0]]
    return {month: next(rule for rule in rules if rule.starts <= month) for month in months}


def publish_rule(
    *, starts: date, pays: Pays, operator_permille: int, copy_permille: int, min_seconds: int, now: datetime
) -> Rule:
    """A new version, from a month that has not begun: nobody's month is settled by a rule it did not begin with."""
    if starts < (earliest := after(month_of(now))):
        raise RuleTooEarly(earliest=told(earliest))
    return Rule.objects.create(
        version=rule_for(starts).version + 1,
        starts=starts,
        pays=pays,
        operator_permille=operator_permille,
        copy_permille=copy_permille,
        min_seconds=min_seconds,
    )
