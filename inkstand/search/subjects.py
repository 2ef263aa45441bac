"""What a reader may follow that is found by searching: a topic, a person, a place, a search; a query with a name.

Its key is what `reading` keeps of it: a topic's slug, a person's name, a place's country code or name, the text of a
query. A key that says nothing (a topic that is gone, a query that cannot be read) is no subject.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from babel import Locale
from django.utils.functional import Promise

from inkstand.search.ask import clean
from inkstand.search.topics import BY_SLUG
from inkstand.search.values import Query

# No longer key is kept of what a reader follows.
MOST_KEY = 300
# Those in which a paper of many countries is most often printed; the names of most places are alike in the others.
_TONGUES = ("en", "de", "fr", "es", "it", "nl", "pl", "tr", "ru", "ar")


@dataclass(frozen=True, slots=True)
class Subject:
    """`kind` is topic, person, place or search. `query` finds its articles. A place is named by whoever shows it, in
    the reader's language; `country` is its code where it is one."""

    kind: str
    key: str
    name: str | Promise
    query: Query
    country: str = ""


def subject(kind: str, key: str) -> Subject | None:
    make = _MAKERS.get(kind)
    return make(key) if make else None


def text_of(query: Query) -> str:
    """A query as the key of a followed search: what is said of it, in the order of its fields."""
    said = {one.name: getattr(query, one.name) for one in fields(query)}
    return urlencode({name: _written(value) for name, value in said.items() if value})


def query_of(text: str) -> Query | None:
    """And back; None where it asks for nothing or was not written by `text_of`."""
    try:
        said = dict(parse_qsl(text, strict_parsing=True))
        query = Query(**{name: _READ.get(name, str)(value) for name, value in said.items()})
    except (TypeError, ValueError):
        return None
    return query if query.asks else None


_READ: dict[str, Callable[[str], Any]] = {
    "title": int,
    "since": date.fromisoformat,
    "until": date.fromisoformat,
    "has_text": lambda said: said == "1",
}


def _written(value: object) -> str:
    return "1" if value is True else str(value)


def _topic(key: str) -> Subject | None:
    found = BY_SLUG.get(key)
    return None if found is None else Subject("topic", key, found.name, Query(topic=key))


def _person(key: str) -> Subject | None:
    name = _bare(key)
    return Subject("person", name, name, Query(words=f'"{name}"')) if name else None


def _place(key: str) -> Subject | None:
    if names := _country(key):
        return Subject("place", key, names[0], Query(words=_either(names)), country=key)
    name = _bare(key)
    return Subject("place", name, name, Query(words=f'"{name}"')) if name else None


def _search(key: str) -> Subject | None:
    query = query_of(key) or (None if "=" in key else query_of(text_of(Query(_bare(key)))))
    return None if query is None else Subject("search", text_of(query), query.words, query)


_MAKERS: dict[str, Callable[[str], Subject | None]] = {
    "topic": _topic,
    "person": _person,
    "place": _place,
    "search": _search,
}


def _bare(name: str) -> str:
    return clean(name.replace('"', " "))


@lru_cache(maxsize=512)
def _country(code: str) -> tuple[str, ...]:
    """A country's names, each once, as many as a query takes; () where the code is none of a country's."""
    if not (len(code) == 2 and code.isalpha() and code.isupper()):
        return ()
    told = [_plain_name(Locale(tongue).territories.get(code, "")) for tongue in _TONGUES]
    names = tuple(dict.fromkeys(name for name in told if name))
    while len(names) > 1 and clean(_either(names)) != _either(names):
        names = names[:-1]
    return names


def _plain_name(name: str) -> str:
    """`Myanmar (Burma)` as `Myanmar`: no newspaper prints it so."""
    return _bare(name.partition("(")[0])


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(f'"{name}"' for name in names)
