"""How often readers opened a story that stood before them, beside how often they would open any: what is popular here.

Sums alone: nobody's reading can be told from them, and readers who want no For You are not in them.
"""

from datetime import datetime, timedelta

from django.db import connection

SPAN = timedelta(days=2)
# Rows looked at: the newest so many tell what is popular now, in as much time however many readers there are.
MOST = 50_000
_OPENED = """
    WITH shown AS (
        SELECT s.reader_id, s.story_id, EXISTS (
            SELECT 1 FROM stories_account c JOIN reading_read r ON r.article_id = c.article_id
            WHERE c.story_id = s.story_id AND r.reader_id = s.reader_id
        )::int AS opened
        FROM (
            SELECT * FROM reading_shown WHERE last_at > %(since)s ORDER BY last_at DESC LIMIT %(most)s
        ) s
    ), usual AS (SELECT reader_id, avg(opened) AS rate FROM shown GROUP BY reader_id)
    SELECT story_id, sum(opened)::float8, sum(rate)::float8 FROM shown JOIN usual USING (reader_id) GROUP BY story_id
"""


def opened(now: datetime) -> dict[int, tuple[float, float]]:
    """Opens and expected opens, by story. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, {"since": now - SPAN, "most": MOST})
        return {story: (times, expected) for story, times, expected in cursor.fetchall()}
