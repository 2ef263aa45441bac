"""`inkstand bench growth`: what a poll costs as the paper grows from 10,000 to 1,000,000 articles.

At each size, a hundred feeds that are new to the paper are asked twice: first with twenty new items each, then with
one. CPU seconds as in `inkstand bench poll`. The articles that are there already are made up in SQL, with their
revisions and deliveries. Draws docs/plots/poll-growth.png where the project's docs are.
"""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from inkstand.ops import replay
from inkstand.ops.bench.measure import Cpu
from inkstand.ops.bench.poll import a_round, paper_beside_replay

SIZES = (10_000, 100_000, 300_000, 1_000_000)
FEEDS = 100
PLOT = Path(__file__).resolve().parents[3] / "docs" / "plots" / "poll-growth.png"

_GROW = """
WITH feed AS (SELECT min(id) AS id, min(title_id) AS title FROM titles_feed),
fresh AS (
    INSERT INTO articles_article (title_id, address, url, feed_id, feed_item_id, section, language, received_at,
        published_at, dated, shown_from, notice, current_id)
    SELECT feed.title, 'https://old.example/' || n, 'https://old.example/' || n, feed.id, 'old-' || n, 'World', 'en',
        at, at, true, at, '', NULL
    FROM feed, generate_series(%(low)s::int, %(high)s::int - 1) n, LATERAL (SELECT now() - n * interval '20 s' AS at) t
    RETURNING id, feed_id, feed_item_id, published_at
), said AS (
    INSERT INTO articles_revision (article_id, number, headline, standfirst, body, section, tags, byline, pictures,
        rights, received_at)
    SELECT id, 1, 'An old headline of some length, number ' || id, repeat('A standfirst. ', 10), '', 'World', '{}',
        '{}', '[]', '', published_at FROM fresh
)
INSERT INTO wire_delivery (feed_id, key, digest, article, origin)
SELECT feed_id, md5(feed_item_id)::uuid, md5(feed_item_id)::uuid, id, true FROM fresh
"""


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    figures: dict[str, object] = {}
    with ExitStack() as stack:
        cpu, feeds = paper_beside_replay(stack, FEEDS * len(SIZES))
        stored = 0
        for step, size in enumerate(SIZES):
            _grow(stored, size)
            stored = size
            figures |= _measure(cpu, feeds[step * FEEDS : (step + 1) * FEEDS], size, say)
    if PLOT.parent.is_dir():
        _draw(figures)
    return figures


def _grow(low: int, high: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_GROW, {"low": low, "high": high})
        cursor.execute("ANALYZE")


def _measure(cpu: Cpu, feeds: list[int], size: int, say: Callable[[str], None]) -> dict[str, object]:
    from inkstand.wire.models import Poll

    found: dict[str, object] = {}
    for name, mode in (("first", "a"), ("one_new", "b")):
        replay.get(f"/clock?mode={mode}")
        Poll.objects.exclude(feed__in=feeds).update(lease_until="2100-01-01T00:00Z")
        Poll.objects.filter(feed__in=feeds).update(lease_until=None, due_at="2000-01-01T00:00Z")
        figures = a_round(name, cpu)
        found |= {f"{name}_cpu_s_at_{size}": figures[f"{name}_cpu_s"]}
    say(f"{size:>9,} articles: {found}")
    return found


def _draw(figures: dict[str, object]) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
    for name, label in (("first", "20 new items each"), ("one_new", "1 new item each")):
        axes.plot(SIZES, [float(str(figures[f"{name}_cpu_s_at_{size}"])) for size in SIZES], marker="o", label=label)
    axes.set(xscale="log", ylim=(0, None), xlabel="articles in the paper", ylabel="CPU seconds, database included")
    axes.set_title(f"Asking {FEEDS} feeds as the paper grows")
    axes.legend()
    figure.savefig(PLOT, dpi=110)
    pyplot.close(figure)
