"""What a reader's OpenID provider says of them, in the form a group names it: `affiliation=member@library.example`."""

from collections.abc import Iterator, Mapping
from typing import Any


def claims(said: Mapping[str, Any]) -> frozenset[str]:
    """Every claim of text, number or yes and no as `name=value`; of a list each of its values. `said` is what came."""
    return frozenset(f"{name}={value}" for name, whole in said.items() for value in _values(whole))


def _values(whole: object) -> Iterator[str]:
    for value in whole if isinstance(whole, list) else [whole]:
        if isinstance(value, bool):
            yield "true" if value else "false"
        elif isinstance(value, str | int) and (text := str(value).strip()):
            yield text
