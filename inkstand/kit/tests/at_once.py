"""Several deeds at the same moment, each on a connection of its own: what only a race brings to light."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


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
