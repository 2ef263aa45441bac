"""`inkstand bench stories_restart`: how long until a worker that starts anew can place, from 200,000 articles in rows.

A fresh paper on the embedded PostgreSQL is filled with as many articles, stories and accounts as the window holds;
the features are those of the articles made for `inkstand bench stories_cost`, come round and round.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from inkstand.ops.bench.measure import Cpu
from inkstand.ops.bench.stories_cost import coming_round
from inkstand.stories.features import Reading
from inkstand.stories.placing import CAPACITY
from inkstand.stories.rarity import Rarity

if TYPE_CHECKING:
    from datetime import datetime

_ROWS = """
    INSERT INTO articles_article (title_id, address, url, feed_id, feed_item_id, section, language, received_at,
        published_at, dated, shown_from, notice, current_id)
    SELECT %(title)s, 'https://old.example/' || n, 'https://old.example/' || n, %(feed)s, 'old-' || n, 'World', 'en',
        at, at, true, at, '', NULL
    FROM generate_series(1, %(many)s) n, LATERAL (SELECT %(now)s - (%(many)s - n) * interval '20 s' AS at) t;
    INSERT INTO stories_runningstory (began_at, moved_at) SELECT %(now)s, %(now)s FROM generate_series(1, %(many)s);
    INSERT INTO stories_story (running_id, began_at, moved_at, accounts, voices, titles, countries, languages, original)
    SELECT id, %(now)s, %(now)s, 1, 1, 1, '{}', '{}', '{}' FROM stories_runningstory
"""


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="inkstand-bench-") as home:
        os.environ["INKSTAND_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        from inkstand.ops import lifeline

        with lifeline.ready() as server:
            from inkstand.kit import clock

            assert server, "the bench runs on the embedded database"

            now = clock.now()
            _fill(data, now)
            say(f"{CAPACITY:,} articles are in the rows")
            return _restart(now, Cpu(server))


def _restart(now: "datetime", cpu: Cpu) -> dict[str, object]:
    from django.db import transaction

    from inkstand.stories.standing import take

    window, cost = cpu.cost(lambda: transaction.atomic(take)(now))
    return {
        "articles": len(window.placing.window),
        "rebuild_s": cost.wall,
        "rebuild_cpu_s": cost.own + cost.postgres,
    }


def _fill(data: Path, now: "datetime") -> None:
    from django.db import connection, transaction

    from inkstand.titles.enter import Address, Entry, enter

    (feed,) = enter([Entry("Old News", (Address("https://old.example/feed"),))])
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _ROWS.split(";"):
            cursor.execute(statement, {"title": feed.title_id, "feed": feed.pk, "many": CAPACITY, "now": now})
        cursor.execute("SELECT a.id, a.published_at, s.id FROM articles_article a JOIN stories_story s ON s.id = a.id")
        rows = cursor.fetchall()
        with cursor.copy(
            "COPY stories_account (article_id, published_at, story_id, score, features, fingerprint) FROM STDIN"
        ) as copy:
            for row, features in zip(rows, coming_round(data, Reading(Rarity()).read), strict=False):
                copy.write_row((*row, 0.0, features, b""))
