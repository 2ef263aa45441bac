"""The web server's first question: is the page at hand? Only if not does Django hear of the request."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http.cookie import parse_cookie

from inkstand.kit import clock
from inkstand.membership import meter
from inkstand.web import free as bound
from inkstand.web.kept.alike import ALIKE
from inkstand.web.kept.asked import LEFT, VISITOR, Asked, Environ, Whose, read, reduced
from inkstand.web.kept.page import Headers, Page, may_be_kept
from inkstand.web.kept.readers import Readers
from inkstand.web.kept.shelf import Shelf
from inkstand.web.note import COSTS_ONE, FREE, charged, note_of

# After FRESH_S a page is drawn again, by one thread; the others hand out the old one meanwhile, until LAST_S. So what
# is withdrawn is gone everywhere within five seconds, without a word between processes.
FRESH_S, LAST_S = 3.0, 4.5
WAIT_S = 10.0
MOST_BYTES = 48_000_000

StartResponse = Callable[[str, Headers], Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class KeepPages:
    """The outermost WSGI application. `whose` tells of a session's key what its reader is to us."""

    def __init__(
        self,
        application: Application,
        *,
        whose: Whose | None = None,
        clock: Callable[[], float] = time.monotonic,
        most: int = MOST_BYTES,
    ) -> None:
        self._application, self._clock = application, clock
        self._whose = whose or Readers(clock)
        self._shelf = Shelf(most)
        self._turns: dict[Asked, threading.Lock] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = read(environ, self._whose)
        if asked is None:
            return self._application(environ, start_response)
        page = self._shelf.get(asked)
        if page is None or not page.shared or self._age(page) > FRESH_S:
            page = self._drawn(asked, page, environ)
        answer = page.answer(environ.get("HTTP_ACCEPT_ENCODING", ""), environ.get("HTTP_IF_NONE_MATCH", ""))
        start_response(answer.status, [*answer.headers, _charge(environ)] if page.metered else answer.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _drawn(self, asked: Asked, old: Page | None, environ: Environ) -> Page:
        """The page anew: one asker draws it, the others pass on the old one while it may pass, or wait."""
        passing = old is not None and old.shared and self._age(old) <= LAST_S
        if old is None or old.shared or self._age(old) > FRESH_S:
            with self._turn(asked, wait=not passing) as mine:
                found = self._shelf.get(asked)
                longest = FRESH_S if mine and found is old else LAST_S
                if found is not None and found.shared and self._age(found) <= longest:
                    return found
                if found is None or found is old:
                    return self._draw(asked, environ)
        # Each asker's own: nobody waits for another's.
        return self._draw(asked, environ)

    def _age(self, page: Page) -> float:
        return self._clock() - page.drawn

    @contextmanager
    def _turn(self, asked: Asked, *, wait: bool) -> Iterator[bool]:
        """Whether it is ours to draw this page."""
        turn = self._turns.setdefault(asked, threading.Lock())
        mine = turn.acquire(blocking=wait, timeout=WAIT_S if wait else -1)
        try:
            yield mine
        finally:
            if mine:
                self._turns.pop(asked, None)
                turn.release()

    def _draw(self, asked: Asked, environ: Environ) -> Page:
        drawn, said = self._clock(), reduced(environ, asked)
        status, headers, body = _call(self._application, said)
        alike = said.get(ALIKE)
        metered = COSTS_ONE in said and asked.whose.startswith(LEFT)
        meant = alike == asked.whose or (asked.whose.startswith(VISITOR) and alike in (None, VISITOR))
        shared = meant and may_be_kept(status, headers, alike=alike is not None, metered=metered)
        page = Page(drawn, status, headers, body, shared, metered=shared and metered)
        self._shelf.put(asked, page if shared else Page(drawn, "", [], b"", shared=False))
        return page


def _charge(environ: Environ) -> tuple[str, str]:
    """The visitor's note with this article on it; one fresh on it is counted for their address range, too."""
    now, note = clock.now(), note_of(parse_cookie(environ.get("HTTP_COOKIE", "")).get(FREE, ""))
    article = int(environ["PATH_INFO"].split("/")[2])
    if article not in meter.opened(note, now):
        bound.count_outside_django(environ, now)
    return charged(note, article, now)


def _call(application: Application, environ: Environ) -> tuple[str, Headers, bytes]:
    said: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, _: object = None) -> None:
        said.append((status, headers))

    answer = application(environ, start_response)
    try:
        body = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    status, headers = said[-1]
    return status, headers, body
