"""The file anyone can recompute a settled month from: anonymised inputs, the rule, and what was settled. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from inkstand.kit.money import places
from inkstand.royalties.divide import Divided, GroupRead
from inkstand.royalties.months import told
from inkstand.royalties.values import Listed, Ruling

FORMAT = 1


def inputs(month: date, rule: Ruling, titles: Sequence[Listed], pots: Iterable[Divided]) -> str:
    """JSON, one line a title and a group, that `recompute.py` reads; the same month always gives the same bytes."""
    whole = {
        "inkstand": "royalties",
        "format": FORMAT,
        "month": told(month),
        "rule": asdict(rule),
        "titles": [asdict(title) for title in titles],
        "pots": [_pot(pot) for pot in pots],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _pot(divided: Divided) -> dict[str, object]:
    return {
        "currency": divided.pot.currency,
        "places": places(divided.pot.currency),
        "pot": divided.pot.minor,
        "brought": divided.pot.brought,
        "unread": divided.unread,
        "groups": [_group(group) for group in divided.groups],
        "few": _by_title(divided.few),
        "weights": _by_title(divided.weights),
        "amounts": {rule.value: _by_title(amounts) for rule, amounts in divided.amounts.items()},
    }


def _group(read: GroupRead) -> dict[str, object]:
    """The fee is said only where all paid the same: a merged group says what it paid together."""
    fee = read.group.fees[0] if len(read.group.fees) == 1 else None
    return {"readers": read.group.readers, "fee": fee, "fees": read.minor, "parts": _by_title(read.parts)}


def _by_title(amounts: Mapping[int, int]) -> dict[str, int]:
    return {str(title): minor for title, minor in sorted(amounts.items()) if minor}
