"""`inkstand bench settle`: a month of a million readings, of 100,000 members, over 500 titles, settled.

On an embedded database of its own, made for the bench: members at some 150 different fees in two currencies, titles
read as unevenly as newspapers are, one article in six a copy. Counted is all of `settle`: both rules, the ledger, the
signed inputs, and throwing away who read what. Memory is this process's and PostgreSQL's together, looked at ten
times a second.
"""

import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from inkstand.ops.bench.measure import Cpu

READINGS, MEMBERS, TITLES, ARTICLES = 1_000_000, 100_000, 500, 30_000
MONTH, NOW = date(2026, 3, 1), datetime(2026, 4, 3, tzinfo=UTC)

# Each statement is one set; `setseed` makes every run the same month. A title's chance falls with its number squared.
_MONTH = (
    "SELECT setseed(0.25)",
    "INSERT INTO articles_article (id, title_id, url, feed_item_id, section, language, received_at, published_at,"
    " dated, shown_from, notice) SELECT n, 1 + n % {titles}, '', '', '', '', now(), now(), true, now(), ''"
    " FROM generate_series(1, {articles}) n",
    "INSERT INTO stories_account (article_id, story_id, copy_of_id, published_at, score, features, fingerprint)"
    " SELECT n, 1, CASE WHEN n % 6 = 0 THEN n - 1 END, now(), 0, '', '' FROM generate_series(1, {articles}) n",
    "INSERT INTO royalties_monthsfee (period_id, reader, currency, minor, booking_id)"
    " SELECT '{month}', n * 7919, CASE WHEN n % 5 = 0 THEN 'USD' ELSE 'EUR' END, 100 + 5 * (n % 30) + n % 149 / 30,"
    " CASE WHEN n % 5 = 0 THEN 2 ELSE 1 END FROM generate_series(1, {members}) n",
    "INSERT INTO royalties_reading (period_id, reader, article_id, title_id, seconds, seen, limit_s, not_worth_it)"
    " SELECT '{month}', reader * 7919, article, 1 + article % {titles}, 5 + floor(random() * 400), 1000, 400, false"
    " FROM (SELECT DISTINCT 1 + floor(random() * {members})::int AS reader,"
    " floor(random() * {articles} / {titles})::int * {titles} + floor(power(random(), 2) * {titles})::int AS article"
    " FROM generate_series(1, {readings} * 11 / 10)) r"
    " WHERE article BETWEEN 1 AND {articles} LIMIT {readings}",
    "ANALYZE",
)


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inkstand-bench-")))
        home.chmod(0o755)
        os.environ["INKSTAND_HOME"] = str(home)
        os.environ.pop("DATABASE_URL", None)
        from inkstand.ops import lifeline

        server = stack.enter_context(lifeline.ready())
        assert server, "the bench runs on the embedded database"
        _make(say)
        return _settled(Cpu(server), home, say)


def _make(say: Callable[[str], None]) -> None:
    from django.db import connection, transaction

    from inkstand.royalties.periods import period
    from inkstand.stories.models import Story
    from inkstand.titles.models import Publisher, Title

    period(MONTH)
    sizes = {"readings": READINGS, "members": MEMBERS, "titles": TITLES, "articles": ARTICLES, "month": MONTH}
    with transaction.atomic(), connection.cursor() as cursor:
        # The rows are made to fit each other: checking each by itself would only make the bench wait.
        cursor.execute("SET LOCAL session_replication_role = replica")
        Publisher.objects.bulk_create(Publisher(pk=n, name=f"Publisher {n}") for n in range(1, 301))
        Title.objects.bulk_create(
            Title(pk=n, publisher_id=1 + n % 300, slug=f"title-{n}", name=f"Title {n}") for n in range(1, TITLES + 1)
        )
        Story.objects.create(pk=1, began_at=NOW, moved_at=NOW)
        for statement in _MONTH[:-1]:
            cursor.execute(statement.format(**sizes))
        _pots(cursor.execute)
    with connection.cursor() as cursor:
        cursor.execute(_MONTH[-1])
    say(f"a month of {READINGS:,} readings is made")


def _pots(execute: Callable[..., object]) -> None:
    """What the members paid, as one booking a currency: what the fees sum to stands in the pots."""
    execute(
        "INSERT INTO royalties_account (id, kind, currency, period_id) VALUES"
        " (1, 'pot', 'EUR', %(m)s), (2, 'pot', 'USD', %(m)s), (3, 'members', 'EUR', NULL), (4, 'members', 'USD', NULL)",
        {"m": MONTH},
    )
    execute(
        "INSERT INTO royalties_booking (id, kind, period_id, currency, reference, entries, why, booked_at) VALUES"
        " (1, 'payment', %(m)s, 'EUR', 'eur', 2, '', %(n)s), (2, 'payment', %(m)s, 'USD', 'usd', 2, '', %(n)s)",
        {"m": MONTH, "n": NOW},
    )
    execute(
        "INSERT INTO royalties_entry (id, booking_id, account_id, minor)"
        " SELECT (row_number() OVER ())::int, booking_id, account, minor FROM ("
        "  SELECT booking_id, booking_id AS account, sum(minor) AS minor FROM royalties_monthsfee GROUP BY booking_id"
        "  UNION ALL SELECT booking_id, booking_id + 2, -sum(minor) FROM royalties_monthsfee GROUP BY booking_id) e"
    )
    for table in ("account", "booking", "entry"):
        execute(f"SELECT setval(pg_get_serial_sequence('royalties_{table}', 'id'), 100)")


def _settled(cpu: Cpu, home: Path, say: Callable[[str], None]) -> dict[str, object]:
    from inkstand.royalties import recompute
    from inkstand.royalties.models import Inputs, Reading
    from inkstand.royalties.settle import settle

    readings = Reading.objects.count()
    with _watched(cpu) as peaks:
        _, cost = cpu.cost(lambda: settle(MONTH, now=NOW, home=home))
    text = Inputs.objects.get().text
    say(f"settled in {cost.wall:.1f} s; recomputing from its inputs")
    pots = json.loads(text)["pots"]
    differ = sum(len(recompute.faults(pot, recompute.amounts(pot, dict.fromkeys(_titles(pot))))) for pot in pots)
    return {
        "readings": readings,
        "members": MEMBERS,
        "titles": TITLES,
        "seconds": round(cost.wall, 1),
        "own_cpu_s": round(cost.own, 1),
        "postgres_cpu_s": round(cost.postgres, 1),
        "peak_mb": max(peaks),
        "inputs_kb": round(len(text.encode()) / 1000),
        "groups": sum(len(pot["groups"]) for pot in pots),
        "differ": differ,
    }


def _titles(pot: dict[str, dict[str, int]]) -> list[str]:
    return sorted(pot["weights"], key=int)


@contextmanager
def _watched(cpu: Cpu) -> Iterator[list[int]]:
    """Memory in MB while the block runs, looked at every tenth of a second."""
    peaks, done = [cpu.peak_mb()], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            peaks.append(cpu.peak_mb())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        done.set()
        watcher.join()
