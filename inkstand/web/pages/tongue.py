"""The reader's own language first."""

from collections.abc import Mapping, Sequence

from inkstand.web.values import Card

# Where fewer than this are in the reader's language, the others are shown among them.
ENOUGH = 8


def own(ids: Sequence[int], cards: Mapping[int, Card], language: str) -> list[int]:
    """Those of `ids` whose cards are in the reader's language; where these are few, all, but these first."""
    known = [pk for pk in ids if pk in cards]
    mine = [pk for pk in known if not is_foreign(cards[pk].language, language)]
    return mine if len(mine) >= ENOUGH else mine + [pk for pk in known if pk not in mine]


def is_foreign(spoken: str, language: str) -> bool:
    """Whether `spoken`, as `pt-BR`, is another language than the reader's; one that is not known is taken as theirs."""
    return bool(spoken) and spoken.split("-")[0] != language.split("-")[0]
