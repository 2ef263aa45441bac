"""The one command, `inkstand`. Exit codes: 0 done, 1 refused with a message on stderr, 2 wrong use."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from inkstand import __version__
from inkstand.kit.errors import InkstandError
from inkstand.ops.say import say

Words = argparse.Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    words = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inkstand.config.settings")
    try:
        words.run(words)
    except InkstandError as refusal:
        say(f"inkstand: {refusal}")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (as `inkstand articles --json | head`): that is no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="inkstand", description="All your news in one place.")
    top.add_argument("--version", action="version", version=f"inkstand {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for add in (_add_serving, _add_wire, _add_titles, _add_lists, _add_royalties, _add_checks):
        add(commands)
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: Commands, name: str, says: str, run: Callable[[Words], None]) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=says, description=says)
    command.set_defaults(run=run)
    return command


def _add_serving(commands: Commands) -> None:
    _command(commands, "up", "Run all of it: database, web, worker. Ctrl-C stops it.", _up)
    for name, run in (("web", _web), ("worker", _worker)):
        part = _command(commands, name, f"Run the {name} alone.", run)
        part.add_argument("--supervised", action="store_true", help="stop when standard input ends")
    demo = _command(commands, "demo", "Print a small edition of fictional titles, and serve it.", _demo)
    demo.add_argument("--load-only", action="store_true", help="put it into the paper and leave")
    replay = _command(commands, "replay", "Run beside a replay of a real news day (where ../shared is).", _replay)
    replay.add_argument("--speed", type=float, default=60, help="replay seconds for each real one")
    replay.add_argument("--keep", type=Path, metavar="DIR", help="keep the paper in this folder")
    replay.add_argument("--at", default="2021-09-20T06:00", help="where the replay's clock starts, UTC")


def _add_wire(commands: Commands) -> None:
    poll = _command(commands, "poll", "Ask every due feed once, then place and rank.", _poll)
    poll.add_argument("--once", action="store_true", required=True, help="every due feed once, then leave")
    poll.add_argument("--all", action="store_true", help="every feed, due or not")


def _add_titles(commands: Commands) -> None:
    titles = commands.add_parser(
        "titles", help="The titles and their feeds.", description="The titles and their feeds."
    )
    verbs = titles.add_subparsers(metavar="VERB", required=True)
    _command(verbs, "import", "Bring titles in from an OPML file (- for standard input).", _titles_import).add_argument(
        "file"
    )
    _command(verbs, "export", "Print the titles as OPML.", _titles_export)
    _command(verbs, "add", "Add a title by the address of its feed or its page.", _titles_add).add_argument("url")
    listing = _command(verbs, "list", "List the titles.", _titles_list)
    listing.add_argument("--json", action="store_true", help="one object a line")


def _add_lists(commands: Commands) -> None:
    articles = _command(commands, "articles", "List the articles, newest first.", _articles)
    articles.add_argument("--json", action="store_true", help="one object a line")
    articles.add_argument("--limit", type=int, help="at most so many")
    front = _command(commands, "front", "Show the front page.", _front)
    front.add_argument("--json", action="store_true", help="as one object")


def _add_royalties(commands: Commands) -> None:
    says = "What publishers are owed."
    verbs = commands.add_parser("royalties", help=says, description=says).add_subparsers(metavar="VERB", required=True)
    settle = _command(verbs, "settle", "Settle a month that is over, as 2026-03.", _royalties_settle)
    settle.add_argument("month")
    told = _command(verbs, "statement", "Write a settled month's signed statements into files.", _royalties_statement)
    told.add_argument("month")
    told.add_argument("--publisher", type=int, help="the number of one publisher (default: all)")
    told.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to (default: here)")
    again = _command(
        verbs, "recompute", "Compute every amount of a settled month again from its inputs.", _royalties_recompute
    )
    again.add_argument("file")
    _add_bookings(verbs)


def _add_bookings(verbs: Commands) -> None:
    says = "Book that a publisher was paid, as: paid 7 79.80 EUR bank-17-april."
    paid = _command(verbs, "paid", says, _royalties_paid)
    says = (
        "Give a publisher more, or less, for a settled month, as: correct 2026-03 7 -0.80 EUR robot-1 'a robot read'."
    )
    right = _command(verbs, "correct", says, _royalties_correct)
    right.add_argument("month")
    for verb in (paid, right):
        verb.add_argument("publisher", type=int, help="its number, as on its statements")
        verb.add_argument("amount", help="with a point: 79.80")
        verb.add_argument("currency")
        verb.add_argument("reference", help="the event's own: booked twice under one, it is booked once")
    right.add_argument("why", help="what the publisher reads on its next statement")


def _add_checks(commands: Commands) -> None:
    bench = _command(commands, "bench", "Measure again what we say of speed and quality.", _bench)
    bench.add_argument("name")
    bench.add_argument("--data", type=Path, help="a folder of real data (default ../shared/data)")
    bench.add_argument("--json", action="store_true", help="as one object")
    _command(commands, "doctor", "Look over this installation and say what is wrong.", _doctor)
    manage = _command(commands, "manage", "Django's own commands, as `inkstand manage createsuperuser`.", _manage)
    manage.add_argument("rest", nargs=argparse.REMAINDER)


# Each verb imports what it needs when it runs: `inkstand --help` answers at once, and Django is set up before the
# rooms are imported.


def _in_the_paper(module: str, deed: str, *arguments: object, **named: object) -> None:
    """Does `deed` with the database up, Django set up and every table in place."""
    from inkstand.ops import lifeline

    with lifeline.ready():
        getattr(importlib.import_module(f"inkstand.ops.{module}"), deed)(*arguments, **named)


def _up(_: Words) -> None:
    from inkstand.ops import up

    up.up()


def _web(words: Words) -> None:
    from inkstand.ops import lifeline, web

    with lifeline.database(), lifeline.until_input_ends(words.supervised):
        web.serve()


def _worker(words: Words) -> None:
    from inkstand.ops import lifeline

    with lifeline.until_input_ends(words.supervised):
        _in_the_paper("worker", "work")


def _demo(words: Words) -> None:
    from inkstand.ops.demo import run

    run.demo(load_only=words.load_only)


def _replay(words: Words) -> None:
    from inkstand.ops import replay

    replay.replay(at=words.at, speed=words.speed, home=words.keep)


def _poll(words: Words) -> None:
    _in_the_paper("worker", "poll_once", every_feed=words.all)


def _titles_import(words: Words) -> None:
    _in_the_paper("lists", "import_opml", words.file)


def _titles_export(_: Words) -> None:
    _in_the_paper("lists", "export_opml")


def _titles_add(words: Words) -> None:
    _in_the_paper("lists", "add", words.url)


def _titles_list(words: Words) -> None:
    _in_the_paper("lists", "titles", as_json=words.json)


def _articles(words: Words) -> None:
    _in_the_paper("lists", "articles", as_json=words.json, limit=words.limit)


def _front(words: Words) -> None:
    _in_the_paper("lists", "front", as_json=words.json)


def _royalties_settle(words: Words) -> None:
    _in_the_paper("royalties", "settle_month", words.month)


def _royalties_statement(words: Words) -> None:
    _in_the_paper("royalties", "write_statements", words.month, words.publisher, words.to)


def _royalties_paid(words: Words) -> None:
    _in_the_paper("royalties", "book_paid", words.publisher, words.amount, words.currency, words.reference)


def _royalties_correct(words: Words) -> None:
    what = words.month, words.publisher, words.amount, words.currency
    _in_the_paper("royalties", "book_correction", *what, reference=words.reference, why=words.why)


def _royalties_recompute(words: Words) -> None:
    from inkstand.royalties import recompute

    sys.exit(recompute.main([words.file]))


def _bench(words: Words) -> None:
    from inkstand.ops import bench

    bench.run(words.name, words.data, as_json=words.json)


def _doctor(_: Words) -> None:
    from inkstand.ops import doctor

    doctor.doctor()


def _manage(words: Words) -> None:
    from django.core.management import execute_from_command_line

    from inkstand.ops import lifeline

    with lifeline.database():
        execute_from_command_line(["inkstand manage", *words.rest])


if __name__ == "__main__":
    sys.exit(main())
