"""What a room gives a reader to take away: files for one zip, made while they are read, however many rows there are."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file: `name` is its path in the zip, as `reading/history.json`; `text` its pieces, read once."""

    name: str
    text: Iterable[str]


def listed(name: str, rows: Iterable[Mapping[str, object]]) -> Leaf:
    """A JSON array, a row a line."""
    return Leaf(name, _array(rows))


def told(name: str, facts: Mapping[str, object]) -> Leaf:
    """One JSON object."""
    return Leaf(name, [json.dumps(facts, ensure_ascii=False, indent=1, default=_plain), "\n"])


def _array(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    mark = "["
    for row in rows:
        yield mark + "\n" + json.dumps(row, ensure_ascii=False, default=_plain)
        mark = ","
    yield "[]\n" if mark == "[" else "\n]\n"


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)
