"""What a reader follows, with the newest of each; which stories have moved; and what they want to see no more."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inkstand.articles.models import Article
from inkstand.reading.mine import Moved, of
from inkstand.reading.models import Follow
from inkstand.reading.prefer import prefer
from inkstand.web.kept.alike import kept_no_longer
from inkstand.web.pages.cards import by_id
from inkstand.web.pages.frame import now_of, signed_in_reader
from inkstand.web.pages.newest import newest
from inkstand.web.pages.search import opens_members_texts
from inkstand.web.pages.sieve import filters_of
from inkstand.web.pages.subject import address_of, found, name_of
from inkstand.web.values import Card, Link


@dataclass(frozen=True, slots=True)
class Followed:
    """Something the reader follows: its page, its newest articles, and by what it is unfollowed."""

    link: Link
    kind: str
    key: str
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A followed story that has a newer account than the reader saw."""

    story: int
    address: str
    card: Card
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowingView:
    """`groups` are by kind, named. `words` are muted, `titles` blocked (with their ids)."""

    moves: tuple[Move, ...]
    groups: tuple[tuple[str, tuple[Followed, ...]], ...]
    words: tuple[str, ...]
    titles: tuple[tuple[int, Link], ...]
    only_open: bool


@login_required
def following(request: HttpRequest) -> HttpResponse:
    own, now, filters = of(signed_in_reader(request)), now_of(request), filters_of(request)
    follows = list(own.follows())
    names = named(follows)
    cards = newest(follows, now, filters, whole=opens_members_texts(request))
    shown = [one for one in follows if one.pk in names]
    view = FollowingView(
        moves=tuple(moves(own.moved(), now, request)),
        groups=tuple(groups(shown, names, cards)),
        words=tuple(own.mutes().values_list("word", flat=True)),
        titles=tuple(
            (row.title_id, Link(row.title.name, reverse("title", args=[row.title.slug]))) for row in own.blocks()
        ),
        only_open=own.preferences().only_open,
    )
    return render(request, "mine/following.html", {"view": view})


@login_required
@require_POST
def only_open(request: HttpRequest) -> HttpResponse:
    """The switch "only what I can open"."""
    prefer(reader=signed_in_reader(request), only_open=request.POST.get("on") == "1")
    return kept_no_longer(HttpResponseRedirect(reverse("following") + "#hidden"))


def moves(moved: Iterable[Moved], now: datetime, request: HttpRequest) -> Iterator[Move]:
    """Each with its newest account that is not hidden. Two statements."""
    when = {one.story: one.moved_at for one in moved}
    newest_first = (
        Article.objects.in_the_paper(now)
        .filter(account__story__in=when)
        .order_by("account__story", "-published_at", "-pk")
    )
    heads = dict(newest_first.distinct("account__story").values_list("account__story", "pk"))
    cards = by_id(heads.values(), now, filters_of(request))
    for story, at in when.items():
        if heads.get(story) in cards:
            yield Move(story, reverse("story", args=[story]), cards[heads[story]], at)


def groups(
    follows: Sequence[Follow], names: Mapping[int, Link], cards: Mapping[int, tuple[Card, ...]]
) -> Iterator[tuple[str, tuple[Followed, ...]]]:
    for kind, name in _KINDS.items():
        mine = [one for one in follows if one.kind == kind]
        if mine:
            yield name(), tuple(Followed(names[one.pk], kind, one.key, cards.get(one.pk, ())) for one in mine)


def named(follows: Iterable[Follow]) -> dict[int, Link]:
    """Name and page of each, by its id; what is no longer there has none. Two statements."""
    keys = {one.pk: (one.kind, one.key) for one in follows}
    there = found(keys.values())
    return {pk: Link(name_of(there[key]), address_of(there[key])) for pk, key in keys.items() if key in there}


# Called where they are shown, for the language is the reader's.
_KINDS: dict[str, Callable[[], str]] = {
    "story": lambda: _("Stories"),
    "title": lambda: _("Titles"),
    "section": lambda: _("Sections"),
    "topic": lambda: _("Topics"),
    "person": lambda: _("People"),
    "place": lambda: _("Places"),
    "search": lambda: _("Searches"),
}
