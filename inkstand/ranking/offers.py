"""What For You chooses from: every story worth printing, in the front page's order, written down at each print."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from inkstand.ranking.foryou import Offer
from inkstand.ranking.front import Candidate, Front
from inkstand.ranking.gather import Gathered, Told
from inkstand.ranking.keys import key
from inkstand.ranking.models import FrontPage, Offers

MOST = 500  # stories
ACCOUNTS = 8  # of a story: the best come first, a reader who blocks them all wants no more of it
SUBJECTS = 10


def write(page: FrontPage, rows: Sequence[Mapping[str, Any]]) -> None:
    Offers.objects.filter(page__language=page.language).delete()
    Offers.objects.create(page=page, stories=list(rows))


def newest(languages: Iterable[str]) -> int | None:
    """The number of the newest offers in the first of these languages that there are any in. A statement for each."""
    found = (_newest(language).values_list("page", flat=True).first() for language in languages)
    return next(filter(None, found), None)


def read(languages: Iterable[str]) -> tuple[int, tuple[Offer, ...]] | None:
    """The same, with the offers themselves."""
    found = (_newest(language).values_list("page", "stories").first() for language in languages)
    return next(((number, tuple(map(_offer, stories))) for number, stories in filter(None, found)), None)


def _newest(language: str) -> models.QuerySet[Offers]:
    return Offers.objects.filter(page__language=language).order_by("-page")


def rows(
    front: Front,
    candidates: Iterable[Candidate],
    stories: Mapping[int, Gathered],
    accounts: Mapping[int, Sequence[Told]],
    opened: Mapping[int, tuple[float, float]],
) -> list[dict[str, Any]]:
    """Pure, but for the shape that a row is kept in. `accounts` are those a page in this language may show; the one
    that the front page shows comes first."""
    shown = {slot.story: slot.title for slot in front.headed()}
    return [
        {
            "story": story,
            "weight": round(weight, 4),
            "began": stories[story].evidence.began.isoformat(),
            "subjects": _subjects(accounts[story]),
            "accounts": [[told.article, told.title] for told in _one_a_title(accounts[story], shown.get(story))],
            "opened": opened.get(story, (0.0, 0.0)),
            "titles": len({voice.title for voice in stories[story].evidence.voices}),
        }
        for story, weight in weighed(front, candidates)[:MOST]
    ]


def weighed(front: Front, candidates: Iterable[Candidate]) -> list[tuple[int, float]]:
    """Stories with weights that fall in the front page's order: what it holds calm, and what editors pinned, keeps its
    place before those of more points by weighing as much as they do. A pin's own points order nothing but a front."""
    points = {one.story: one.score.value - max(0.0, one.score.parts["editors"]) for one in candidates}
    worth = {one.story for one in candidates if one.score.value > 0}
    headed = [slot.story for slot in front.headed()]
    rest = sorted(worth.difference(headed), key=lambda story: (-points[story], story))
    least, order = 0.0, []
    for story in reversed([*headed, *rest]):
        least = max(least, points[story])
        order.append((story, least))
    return order[::-1]


def _subjects(accounts: Sequence[Told]) -> list[str]:
    """The section that most titles file it in, and what else most of them say it is about."""
    named = Counter(subject for told in accounts for subject in told.subjects)
    filed = [subject for subject, _ in named.most_common() if subject.startswith("section:")]
    return [*filed[:1], *[subject for subject, _ in named.most_common() if subject not in filed][:SUBJECTS]]


def _one_a_title(accounts: Sequence[Told], first: int | None) -> list[Told]:
    best = list({told.title: told for told in reversed(accounts)}.values())[::-1]
    return sorted(best, key=lambda told: told.title != first)[:ACCOUNTS]


def _offer(row: Mapping[str, Any]) -> Offer:
    opened, expected = row["opened"]
    (_, title), *_rest = row["accounts"]
    return Offer(
        row["story"],
        row["weight"],
        datetime.fromisoformat(row["began"]),
        (key("title", title), *row["subjects"]),
        opened,
        expected,
        tuple((article, title) for article, title in row["accounts"]),
        row["titles"],
    )
