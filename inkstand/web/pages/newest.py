"""The newest of everything a reader follows, in as few statements as can be."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db.models import IntegerField, QuerySet, Value

from inkstand.articles.models import Article, Articles
from inkstand.articles.sections import BY_SLUG
from inkstand.reading.filters import Filters, without
from inkstand.reading.models import Follow
from inkstand.search.find import find
from inkstand.search.subjects import subject
from inkstand.web.pages.cards import by_id
from inkstand.web.values import Card

EACH = 3
# Of what is found by searching, so many are searched for; of the others the page has the name and the way there.
MOST_SEARCHED = 15


def newest(follows: Sequence[Follow], now: datetime, filters: Filters, *, whole: bool) -> dict[int, tuple[Card, ...]]:
    """By a follow's id, its newest EACH. One statement for titles, sections and stories, one for all cards, and a
    search for each of the others. `whole`: the reader may search in members' texts."""
    found: dict[int, list[int]] = defaultdict(list)
    paper = without(Article.objects.in_the_paper(now).filter(current__isnull=False), filters)
    parts = [_numbered(paper, follow) for follow in follows if follow.kind in _WHERE]
    if parts:
        for number, pk in parts[0].union(*parts[1:], all=True):
            found[number].append(pk)
    for follow in [one for one in follows if one.kind not in _WHERE][:MOST_SEARCHED]:
        found[follow.pk] = _sought(follow, now, filters, whole=whole)
    cards = by_id({pk for ids in found.values() for pk in ids}, now, filters)
    return {number: _in_time([cards[pk] for pk in ids if pk in cards]) for number, ids in found.items()}


def _in_time(cards: Sequence[Card]) -> tuple[Card, ...]:
    return tuple(sorted(cards, key=lambda card: (card.published is not None, card.published), reverse=True))


def _sought(follow: Follow, now: datetime, filters: Filters, *, whole: bool) -> list[int]:
    wanted = subject(follow.kind, follow.key)
    if wanted is None:
        return []
    found = find(wanted.query, whole=whole, now=now, filters=filters, newest_first=True)
    return [match.place.article for match in found.matches[:EACH]]


def _numbered(paper: Articles, follow: Follow) -> "QuerySet[Article, tuple[int, int]]":
    chosen = _WHERE[follow.kind](paper, follow.key).newest().annotate(number=Value(follow.pk, IntegerField()))
    return chosen.values_list("number", "pk")[:EACH]


def _filed(paper: Articles, slug: str) -> Articles:
    section = BY_SLUG.get(slug)
    return paper.filter(section__in=section.spellings() if section else [])


_WHERE: Mapping[str, Callable[[Articles, str], Articles]] = {
    "title": lambda paper, key: paper.filter(title=int(key)),
    "section": _filed,
    "story": lambda paper, key: paper.filter(account__story=int(key)),
}
