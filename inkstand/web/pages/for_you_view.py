"""What For You and its profile show: names for keys, sentences for reasons, levers for cards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inkstand.ranking.foryou import Card as Placed
from inkstand.ranking.keys import narrow, parted
from inkstand.ranking.profile import Profile
from inkstand.ranking.reasons import Reason
from inkstand.web.pages.subject import found, name_of
from inkstand.web.values import Card, Link

# A card names so many of the subjects that a lever would move, and offers so many of them never to be seen again.
SUBJECTS, NEVER = 3, 2
REASONS = 3
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A card of For You. `because` says why it is there, the strongest reason first. `about` are the keys that
    "more" and "less" move, `subjects` their names; `never` are pairs of key and name."""

    card: Card
    because: str
    surprise: bool
    about: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    never: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Liking:
    """Something the reader likes or does not. `width` is in hundredths of the strongest."""

    key: str
    name: str
    kind: str
    width: int


@dataclass(frozen=True, slots=True)
class ForYouView:
    """`reads` is how many articles were learned from. `on` is None for a visitor, of whom nothing is learned."""

    chosen: tuple[Chosen, ...]
    on: bool | None
    reads: int = 0
    likes: tuple[Liking, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileView:
    on: bool
    reads: int
    likes: tuple[Liking, ...]
    dislikes: tuple[Liking, ...]
    followed: tuple[Link, ...]
    muted: tuple[Link, ...]


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Names by key, of the titles, sections, topics, places and stories that there are; any other is its own name. Two
    statements."""
    wanted = {key: parted(key) for key in keys}
    there = found(wanted.values())
    names = {key: name_of(there[one]) if one in there else _own_name(*one) for key, one in wanted.items()}
    return {key: name for key, name in names.items() if name}


def _own_name(kind: str, name: str) -> str:
    """A publisher's keyword speaks for itself; what is gone has no name."""
    return "" if kind in ("title", "story", "section") else name[:1].upper() + name[1:]


def chosen(placed: Sequence[Placed], cards: Mapping[int, Card], names: Names, *, levers: bool) -> tuple[Chosen, ...]:
    """Those that have a card, in their order."""
    return tuple(_chosen(one, cards[one.article], names, levers) for one in placed if one.article in cards)


def _chosen(one: Placed, card: Card, names: Names, levers: bool) -> Chosen:
    because = " ".join(sentence(reason, names) for reason in _worth_saying(one.reasons))
    if not levers:
        return Chosen(card, because, one.surprise)
    subjects = [key for key in narrow(one.levers) if not key.startswith("title:") and key in names][:SUBJECTS]
    title = tuple(key for key in one.levers if key.startswith("title:"))
    about = tuple(subjects) or title
    # The narrowest are worth shutting out; a whole section only where nothing narrower is known.
    shut = [key for key in subjects if not key.startswith("section:")] or subjects
    return Chosen(
        card,
        because,
        one.surprise,
        about,
        tuple(names.get(key, card.title.name) for key in about),
        tuple((key, names.get(key, card.title.name)) for key in (*title, *shut[:NEVER])),
    )


def _worth_saying(reasons: Sequence[Reason]) -> Sequence[Reason]:
    """That it is in the paper at all is a reason only where there is no other, or where several titles tell it."""
    kept = [reason for reason in reasons if reason.key != "front" or reason.count > 1]
    return kept[:REASONS] or reasons


def sentence(reason: Reason, names: Names) -> str:
    """A reason in words, by name where it has names."""
    behind = [names[key] for key in reason.facts.get("keys", ()) if key in names]  # type: ignore[attr-defined]
    if behind and reason.key == "follows":
        return _("Because you follow %(names)s.") % {"names": ", ".join(behind)}
    if behind and reason.key == "likes":
        return _("Because you like to read %(names)s.") % {"names": ", ".join(behind)}
    return reason.sentence(ngettext)


def likings(profile: Profile, names: Names, *, liked: bool = True) -> tuple[Liking, ...]:
    """What is liked, or what is not, the strongest first."""
    points = {key: abs(x) for key, x in profile.likes.items() if (x > 0) is liked and key in names}
    most = max(points.values(), default=1.0)
    ranked = sorted(points, key=lambda key: -points[key])
    return tuple(Liking(key, names[key], kind_of(key), max(2, round(100 * points[key] / most))) for key in ranked)


def kind_of(key: str) -> str:
    """What sort of thing a key names, in the reader's words."""
    words = {
        "title": _("Title"),
        "section": _("Section"),
        "topic": _("Topic"),
        "person": _("Name"),
        "place": _("Place"),
        "story": _("Story"),
        "search": _("Search"),
    }
    return words.get(parted(key)[0], "")


def profile_view(profile: Profile) -> ProfileView:
    names = names_of({*profile.likes, *profile.followed, *profile.muted})
    return ProfileView(
        profile.on,
        len(profile.reads),
        likings(profile, names),
        likings(profile, names, liked=False),
        _listed(profile.followed, names),
        _listed(profile.muted, names),
    )


def _listed(keys: Iterable[str], names: Names) -> tuple[Link, ...]:
    """Each with its key for an address."""
    return tuple(sorted((Link(names[key], key) for key in keys if key in names), key=lambda link: link.name.casefold()))
