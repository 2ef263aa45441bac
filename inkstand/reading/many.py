"""The same for many readers at once, for work by the clock: each answer is by reader, and holds only their own."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from inkstand.reading.filters import NONE, Filters
from inkstand.reading.models import Block, Mute, Preferences, Read


def filters(readable: Mapping[int, frozenset[str]]) -> dict[int, Filters]:
    """What each reader does not want to see. `readable`: by reader, the terms under which they may open a text. Three
    statements."""
    titles: dict[int, set[int]] = defaultdict(set)
    for reader, title in Block.objects.filter(reader__in=readable).values_list("reader", "title"):
        titles[reader].add(title)
    words: dict[int, list[str]] = defaultdict(list)
    for reader, word in Mute.objects.filter(reader__in=readable).order_by("word").values_list("reader", "word"):
        words[reader].append(word)
    only = set(Preferences.objects.filter(reader__in=readable, only_open=True).values_list("reader", flat=True))
    return {
        reader: Filters(frozenset(titles[reader]), tuple(words[reader]), terms if reader in only else None) or NONE
        for reader, terms in readable.items()
    }


def opened(readers: Collection[int], since: datetime) -> dict[int, set[int]]:
    """The articles that each of them opened since then. One statement."""
    found: dict[int, set[int]] = defaultdict(set)
    for reader, article in Read.objects.filter(reader__in=readers, last_at__gt=since).values_list("reader", "article"):
        found[reader].add(article)
    return found
