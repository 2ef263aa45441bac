"""`inkstand doctor`: looks an installation over, and says of each thing that it is well or what would mend it."""

from collections.abc import Iterator
from datetime import timedelta

from inkstand.kit import clock
from inkstand.ops import environment, lifeline
from inkstand.ops.errors import ExtensionMissing, NoPaperHere, NotWell
from inkstand.ops.postgres import Postgres
from inkstand.ops.say import as_typed

Finding = tuple[str, bool, str]
EXTENSIONS = ("pg_trgm", "unaccent", "vector")


def doctor() -> None:
    """Prints a line a check; raises NotWell (exit code 1) when one failed."""
    sick = []
    for name, well, says in examine():
        print(f"{'well' if well else 'WANTS YOU':<10} {name:<14} {as_typed(says)}")
        sick += [] if well else [name]
    if sick:
        raise NotWell(names=", ".join(sick))


def examine() -> Iterator[Finding]:
    """NoPaperHere where none was begun: whoever looks begins nothing."""
    if not environment.read("DATABASE_URL") and Postgres(environment.home()).is_new:
        raise NoPaperHere(path=environment.home())
    with lifeline.ready() as server:
        yield "database", True, str(server.data) if server else "the one DATABASE_URL names"
        for check in (_extensions, _feeds, _polling, _work, _mail):
            yield check()


def _check(name: str, sick: str, well: str) -> Finding:
    return name, not sick, sick or well


def _extensions() -> Finding:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(EXTENSIONS)])
        there = {name for (name,) in cursor.fetchall()}
    missing = [str(ExtensionMissing(extension=name)) for name in EXTENSIONS if name not in there]
    return _check("extensions", " ".join(missing), ", ".join(EXTENSIONS))


def _feeds() -> Finding:
    from inkstand.titles.models import Feed
    from inkstand.wire.models import Poll

    # The demo edition's titles are asked for nothing.
    feeds = Feed.objects.filter(retired_at=None, title__is_demo=False).count()
    polls = Poll.objects.filter(feed__retired_at=None, feed__title__is_demo=False)
    failing, flagged = polls.filter(failures__gt=0).count(), polls.exclude(flagged_at=None).count()
    sick = f"failing for 30 days: {flagged}; see /desk/wire/poll/" if flagged else ""
    if failing * 2 > feeds:
        sick = f"{failing} of {feeds} fail: does this machine reach the internet? See /desk/wire/poll/"
    if not feeds:
        sick = "there is no feed: `inkstand titles import FILE.opml`, or `inkstand titles add URL`"
    return _check("feeds", sick, f"{feeds}, of which {failing} fail at the moment")


def _polling() -> Finding:
    from inkstand.wire.models import Poll

    late = Poll.objects.filter(feed__retired_at=None, due_at__lt=clock.now() - timedelta(minutes=30)).count()
    return _check(
        "polling", f"{late} feeds are over half an hour late: is `inkstand worker` running?" if late else "", "on time"
    )


def _work() -> Finding:
    from procrastinate.contrib.django.models import ProcrastinateJob

    failed = ProcrastinateJob.objects.filter(status="failed").count()
    return _check("work", f"failed jobs: {failed}; see the worker's log" if failed else "", "no failed job")


def _mail() -> Finding:
    if not environment.read("INKSTAND_MAIL"):
        return "mail", True, "is printed in the log; set INKSTAND_MAIL to send it"
    lost = "" if environment.read("INKSTAND_ADDRESS") else "its links lead to this machine: set INKSTAND_ADDRESS"
    return _check("mail", lost, "goes out")
