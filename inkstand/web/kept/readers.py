"""Of a session, what its reader is to us: asked of the database at most once in three seconds."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import Error, close_old_connections
from django.http import HttpRequest

from inkstand.kit import clock as paper_clock
from inkstand.membership.standing import standing_of
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader
from inkstand.reading.mine import of

FRESH_S = 3
MOST = 20_000


class Readers:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, str | None]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, session: str) -> str | None:
        """The standing by which this reader's pages are kept; None where Django is to draw every page."""
        now = self._clock()
        asked, whose = self._known.get(session, (0.0, None))
        if asked and now - asked <= FRESH_S:
            return whose
        whose = whose_pages(session)
        with self._lock:
            self._known[session] = now, whose
            self._known.move_to_end(session)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return whose


def whose_pages(session: str) -> str | None:
    """None for nobody, for editors (who see what is not printed yet), for whoever hides a title or a word, and while
    the database is away."""
    close_old_connections()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    try:
        reader = get_user(request)
        if not isinstance(reader, Reader) or of(reader).filters():
            return None
        standing = standing_of(reader, paper_clock.now())
    except Error:
        return None
    return None if standing is Standing.EDITOR else str(standing)
