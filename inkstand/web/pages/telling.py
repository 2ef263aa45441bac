"""How a story is told, out of its accounts: copies under their originals, languages, appearances, countries. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inkstand.web.places import country_name, language_name
from inkstand.web.values import Appearance, Card, Link, Share, Tongue, Voice


@dataclass(frozen=True, slots=True)
class Told:
    """An account that may be shown. `copy_of` is the article whose text it prints; `country` is its title's."""

    article: int
    card: Card
    at: datetime
    copy_of: int | None = None
    country: str = ""


def in_order(told: Iterable[Told]) -> list[Told]:
    return sorted(told, key=lambda one: (one.at, one.article))


def voices(told: Iterable[Told], first: int, original: Sequence[int]) -> list[Voice]:
    """Copies folded; where an original may not be shown, its first copy stands for it.

    `first` and `original` are articles: who reported first, and whose reporting others credit. They lead, the most
    credited before all; the rest keep their order in time.
    """
    same: dict[int, list[Told]] = defaultdict(list)
    for one in in_order(told):
        same[one.copy_of or one.article].append(one)
    heads = [_original_first(run, text) for text, run in same.items()]
    leading = {article: place for place, article in enumerate([*original, first])}
    heads.sort(key=lambda run: leading.get(run[0].article, len(leading)))
    return [_voice(*run, first=first, original=original) for run in heads]


def _original_first(run: list[Told], text: int) -> list[Told]:
    return [*(one for one in run if one.article == text), *(one for one in run if one.article != text)]


def _voice(head: Told, *copies: Told, first: int, original: Sequence[int]) -> Voice:
    others = {one.card.title.name: one.card.address for one in reversed(copies) if one.card.title != head.card.title}
    links = tuple(Link(name, address) for name, address in reversed(others.items()))
    return Voice(head.card, links, is_first=head.article == first, is_original=head.article in original)


def tongues(found: Iterable[Voice], language: str) -> tuple[Tongue, ...]:
    """By language: the reader's first, then the one most accounts are in."""
    spoken: dict[str, list[Voice]] = defaultdict(list)
    for voice in found:
        spoken[main(voice.card.language)].append(voice)
    order = sorted(spoken, key=lambda tag: (tag != main(language), -len(spoken[tag]), tag))
    return tuple(Tongue(language_name(tag, language) if tag else "", tag, tuple(spoken[tag])) for tag in order)


def appearances(told: Iterable[Told]) -> tuple[Appearance, ...]:
    """Each title's first article, in order of time."""
    first: dict[str, Told] = {}
    for one in in_order(told):
        first.setdefault(one.card.title.address, one)
    shown = list(first.values())
    span = max(shown[-1].at - shown[0].at, timedelta(seconds=1))
    return tuple(
        Appearance(one.card.title.name, one.card.address, one.at, round(2 + 96 * ((one.at - shown[0].at) / span), 1))
        for one in shown
    )


def mix(told: Iterable[Told], language: str) -> tuple[Share, ...]:
    """Titles by country, most first; by language where that tells no two apart (countries of the demo edition have no
    names); accounts by title where that does not either. Nothing where each title has told it once.
    """
    known = in_order(told)
    titles = _by(known, lambda one: country_name(one.country, language) if one.country else "")
    if len(titles) < 2:
        titles = _by(known, lambda one: language_name(main(one.card.language), language))
    if len(titles) < 2:
        told_by = Counter(one.card.title.name for one in known)
        return _shares(told_by, {}) if max(told_by.values()) > 1 else ()
    return _shares({name: len(of) for name, of in titles.items()}, titles)


def _by(told: Iterable[Told], key: Callable[[Told], str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in told:
        found[key(one)][one.card.title.name] = None
    return {name: tuple(titles) for name, titles in found.items()}


def _shares(counts: Mapping[str, int], titles: Mapping[str, tuple[str, ...]]) -> tuple[Share, ...]:
    """What has no name comes last."""
    order = sorted(counts, key=lambda name: (not name, -counts[name], name))
    widest = max(counts.values())
    return tuple(Share(name, counts[name], round(100 * counts[name] / widest), titles.get(name, ())) for name in order)


def main(tag: str) -> str:
    return tag.lower().split("-")[0]
