"""Several deeds at the same moment, each on a connection of its own: what only a race brings to light."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections


def at_once(*deeds):
    """What each gave or raised, in their order; all begin together."""
    gate = threading.Barrier(len(deeds))

    def one(deed):
        gate.wait()
        try:
            return deed()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def both_under_way(deed):
    """`deed`, called by two at once: neither goes on before the other has called it too, or waits for this one."""
    called = []

    def held(*said, **more):
        called.append(said)
        until = time.monotonic() + 10
        while len(called) < 2 and not somebody_waits() and time.monotonic() < until:
            time.sleep(0.005)
        return deed(*said, **more)

    return held


def somebody_waits():
    """Whether another connection waits for what this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]
