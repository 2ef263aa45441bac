"""Where pages are kept: so many bytes of them, those longest unasked for thrown away first."""

import contextlib
import threading
from collections import OrderedDict

from inkstand.web.kept.asked import Asked
from inkstand.web.kept.page import Page


class Shelf:
    def __init__(self, most: int) -> None:
        self.most, self.held = most, 0
        self._pages: OrderedDict[Asked, Page] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, asked: Asked) -> Page | None:
        page = self._pages.get(asked)
        if page is not None:
            with contextlib.suppress(KeyError):  # thrown away by another thread since: this time it still serves
                self._pages.move_to_end(asked)
        return page

    def put(self, asked: Asked, page: Page) -> None:
        with self._lock:
            before = self._pages.pop(asked, None)
            self._pages[asked] = page
            self.held += page.size() - (before.size() if before else 0)
            while self.held > self.most:
                _, oldest = self._pages.popitem(last=False)
                self.held -= oldest.size()
