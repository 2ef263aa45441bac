"""What the news is full of: topics of the last week, names of the last days."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection

from inkstand.search.names import name_of

_WEEK, _DAYS = timedelta(days=7), timedelta(days=3)
_TOPICS = """
SELECT topic, count(*) FROM search_entry e JOIN articles_article a ON a.id = e.article_id, unnest(e.topics) topic
WHERE e.published_at BETWEEN %(since)s AND %(now)s AND e.shown_from <= %(now)s AND a.withdrawn_at IS NULL GROUP BY topic
"""
# Whoever prints a name most is counted once: many titles make it news.
_KEYWORDS = """
SELECT keyword, array_agg(DISTINCT a.title_id)
FROM articles_article a JOIN articles_revision r ON r.id = a.current_id, unnest(r.tags) keyword
WHERE a.published_at BETWEEN %(since)s AND %(now)s AND a.shown_from <= %(now)s AND a.withdrawn_at IS NULL
GROUP BY keyword
"""


def topics(now: datetime) -> Mapping[str, int]:
    """Articles of the last seven days by topic's slug. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TOPICS, {"since": now - _WEEK, "now": now})
        return dict(cursor.fetchall())


def names(now: datetime, fewest: int = 2, most: int = 40) -> list[tuple[str, str, int]]:
    """(kind, key, how many titles) of the names among the keywords of the last three days, those of most titles first.
    One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_KEYWORDS, {"since": now - _DAYS, "now": now})
        said: dict[tuple[str, str], set[int]] = {}
        for keyword, titles in cursor.fetchall():
            if name := name_of(keyword):
                said.setdefault(name, set()).update(titles)
    counted = Counter({name: len(titles) for name, titles in said.items() if len(titles) >= fewest})
    return [(kind, key, count) for (kind, key), count in counted.most_common(most)]
