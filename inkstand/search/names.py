"""Names of people and places among publishers' keywords, which mostly are neither.

A keyword is taken for a name only where its form says so: `Curie, Marie` and `…/person/marie-curie` are people, a
country's name in a language of the interface is a place, and two or three capitalised words that are no topic are a
name of somebody or something.
"""

import re
from functools import lru_cache

from babel import Locale

from inkstand.search.topics import filed_under

PERSON, PLACE = "person", "place"
_TONGUES = ("en", "de", "es", "fr")
_TURNED = re.compile(r"([^\W\d_][\w'’ -]{1,30}), ([^\W\d_][\w.'’ -]{1,30})")
_PATH = re.compile(r"(?:.*/)?(?:person|people)/([a-z][a-z-]{3,60})")
_ASIDE = re.compile(r"\s*\([^)]*\)$")
# A generation or a rank is no part of the name that a headline prints.
_AFTER = re.compile(r" (?:Jr|Sr|II|III|IV)\.?$")
_WORD = r"[^\W\d_a-z][^\W\d_]*[a-z][\w'’.-]*"
_NAME = re.compile(rf"{_WORD}(?: (?:[A-Z]\.?|de|van|von|der|bin|al|el|da|dos|di))*(?: {_WORD}){{1,2}}")


def name_of(keyword: str) -> tuple[str, str] | None:
    """(PERSON or PLACE, its key), as `subjects` takes it; None where the keyword is no name."""
    said = _ASIDE.sub("", " ".join(keyword.split()))
    if country := countries().get(said.casefold()):
        return PLACE, country
    if found := _PATH.fullmatch(said):
        return PERSON, found[1].replace("-", " ").title()
    if found := _TURNED.fullmatch(said):
        return PERSON, f"{_first(found[2])} {found[1]}"
    return (PERSON, said) if _NAME.fullmatch(said) and not filed_under("", [said]) else None


def _first(names: str) -> str:
    """`Joseph R Jr` as `Joseph`: headlines leave the rest out."""
    return re.sub(r"(?: [A-Z]\.?)+$", "", _AFTER.sub("", names))


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Code by the country's name in lower case, in each language of the interface."""
    territories = ((code, name) for tongue in _TONGUES for code, name in Locale(tongue).territories.items())
    return {name.casefold(): code for code, name in territories if len(code) == 2 and code.isalpha()}
