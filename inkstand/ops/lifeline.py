"""What a command stands on while it runs: a database to speak to, and an end that comes when its parent's does."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from inkstand.ops import environment
from inkstand.ops.errors import DatabaseUnreachable
from inkstand.ops.postgres import Postgres
from inkstand.ops.say import say


@contextmanager
def database() -> Iterator[Postgres | None]:
    """DATABASE_URL holds within: the operator's own, or the embedded server's, started if need be."""
    if url := environment.read("DATABASE_URL"):
        _answers(url)
        os.environ["DATABASE_URL"] = url
        yield None
        return
    server = Postgres(environment.home())
    if server.is_new:
        say(f"new paper    in {server.home}; INKSTAND_HOME names another folder")
    with server as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield server
        finally:
            del os.environ["DATABASE_URL"]


@contextmanager
def rooms() -> Iterator[Postgres | None]:
    """As `database`, with Django set up: only then may the rooms be imported."""
    import django

    with database() as server:
        django.setup()
        yield server


@contextmanager
def ready() -> Iterator[Postgres | None]:
    """As `rooms`, with every table as this version wants it."""
    with rooms() as server:
        migrate()
        yield server


def migrate() -> int:
    """How many migrations were carried out."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
    return len(plan)


def _answers(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise DatabaseUnreachable(reason=str(error).strip()) from error


@contextmanager
def until_input_ends(supervised: bool) -> Iterator[None]:
    """Under a supervisor, standard input is a pipe that ends with it, even with kill -9: then we end too."""
    if supervised:
        threading.Thread(target=_watch_input, daemon=True).start()
    yield


def _watch_input() -> None:
    # Not sys.stdin.read(): a server that forks its workers meanwhile would leave them waiting for its lock.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
