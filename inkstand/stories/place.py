"""Articles into stories, in order of arrival: each joins the story it tells, or begins one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from inkstand.kit import html
from inkstand.stories import summing
from inkstand.stories.copies import fingerprint
from inkstand.stories.decide import Join, New
from inkstand.stories.features import pack
from inkstand.stories.standing import Standing, put_back, take

LEAD = 2_000  # characters of the text that placing reads

_UNPLACED = """
    SELECT a.id, a.title_id, a.language, a.published_at, r.headline, r.standfirst, left(r.body, 20000)
    FROM articles_article a
    JOIN articles_revision r ON r.id = a.current_id
    LEFT JOIN stories_account c ON c.article_id = a.id
    WHERE a.id = ANY(%s) AND c.id IS NULL
    ORDER BY a.id
"""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An article as placing reads it: `text` is plain, what stands under the headline and the text itself."""

    article: int
    title: int
    language: str
    published: datetime
    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """Where one article was put. `begins` a story, `runs` a new running story."""

    arrived: Arrived
    story: int
    running: int
    score: float
    features: bytes
    begins: bool
    runs: bool


@transaction.atomic
def place(articles: Sequence[int], *, now: datetime) -> None:
    """Places those that are in no story yet. Placing the same twice equals once."""
    window = take(now)
    arrived = _arrived(articles)
    stories, threads = _numbers("stories_story", len(arrived)), _numbers("stories_runningstory", len(arrived))
    given = [_give(window, one, *fresh) for one, *fresh in zip(arrived, stories, threads, strict=True)]
    _write(given, window)
    summing.sum_up({one.story for one in given})
    put_back(window)


def _arrived(articles: Sequence[int]) -> list[Arrived]:
    with connection.cursor() as cursor:
        cursor.execute(_UNPLACED, [list(articles)])
        return [
            Arrived(article, title, language, published, headline, f"{standfirst} {html.text(body)}".strip())
            for article, title, language, published, headline, standfirst, body in cursor.fetchall()
        ]


def _give(window: Standing, one: Arrived, fresh_story: int, fresh_running: int) -> Given:
    """Decides, and puts the article into the window, so that the next one finds it there."""
    told = window.furniture.read_past(one.title, one.text)
    features = window.placing.read(one.headline, told[:LEAD], one.language)
    at = one.published.timestamp()
    placed = window.placing.place(features, at)
    story = placed.event.story if isinstance(placed.event, Join) else fresh_story
    running = placed.running.story if isinstance(placed.running, Join) else fresh_running
    window.add(one.article, features, at=at, story=story, of=running)
    score = 0.0 if isinstance(placed.event, New) else placed.event.score
    return Given(one, story, running, score, pack(features), story == fresh_story, running == fresh_running)


def _write(given: Sequence[Given], window: Standing) -> None:
    numbers = _numbers("stories_account", len(given))
    with connection.cursor() as cursor:
        with cursor.copy("COPY stories_runningstory (id, began_at, moved_at) FROM STDIN") as copy:
            for one in given:
                if one.runs:
                    copy.write_row((one.running, one.arrived.published, one.arrived.published))
        with cursor.copy(f"COPY stories_story ({_STORY}) FROM STDIN") as copy:
            for one in given:
                if one.begins:
                    copy.write_row((one.story, one.arrived.published, one.arrived.published, one.running, *_NEW))
        with cursor.copy(f"COPY stories_account ({_ACCOUNT}) FROM STDIN") as copy:
            for number, one in zip(numbers, given, strict=True):
                print_ = fingerprint(one.arrived.text)
                told = (one.arrived.article, one.story, one.arrived.published, one.score, one.features, print_)
                copy.write_row((number, *told))
    window.seen = numbers[-1] if numbers else window.seen


_STORY = "id, began_at, moved_at, running_id, accounts, voices, titles, countries, languages, original"
_NEW: tuple[Any, ...] = (1, 1, 1, [], [], [])
_ACCOUNT = "id, article_id, story_id, published_at, score, features, fingerprint"


def _numbers(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [number for (number,) in cursor.fetchall()]
