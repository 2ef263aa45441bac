"""`/picture/WIDTH/SIGNATURE?u=ADDRESS`: a publisher's picture from our own disk, fetched once."""

import asyncio
import threading
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from inkstand import __version__
from inkstand.kit.http import Client, FetchFailed, Limits, Manners, parse_allow
from inkstand.web.gallery import Gallery
from inkstand.web.pictures import WIDTHS, is_signed

TOTAL_S = 12
# A picture that cannot be had is answered with a blank one and 200: a broken picture is no error of the reader's.
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>'


def picture(request: HttpRequest, width: int, signature: str) -> HttpResponse:
    url = request.GET.get("u", "")
    if width not in WIDTHS or not is_signed(url, signature):
        raise Http404("No page of ours shows this picture.")
    found = gallery().get(url, width)
    if found is None:
        return HttpResponse(BLANK, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=600"})
    return HttpResponse(
        found, content_type="image/webp", headers={"Cache-Control": "public, max-age=2592000, immutable"}
    )


def gallery() -> Gallery:
    """The gallery of this paper's data folder, one for a process."""
    return _gallery(settings.HOME / "pictures")


@cache
def _gallery(folder: Path) -> Gallery:
    return Gallery(folder, Fetcher())


class Fetcher:
    """The guarded client on a loop of its own, so that all threads of a process share its connections.

    Begun with the first fetch: pages ask the gallery what is missing, and need no client for that.
    """

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=loop.run_forever, daemon=True, name="pictures")
        self._thread.start()
        return loop

    @cached_property
    def _client(self) -> Client:
        return asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()

    async def _open(self) -> Client:
        client = Client(
            user_agent=f"Inkstand/{__version__}",
            allow=parse_allow(settings.ALLOW_HOSTS),
            limits=Limits(total_s=TOTAL_S, connect_s=4),
            manners=Manners(per_host=4, interval_s=0),
        )
        return await client.__aenter__()

    def __call__(self, url: str) -> bytes:
        asking = self._client.get(url, headers={"Accept": "image/*"})
        try:
            answer = asyncio.run_coroutine_threadsafe(asking, self._loop).result()
        except FetchFailed as error:
            raise OSError(str(error)) from error
        if answer.status != 200:
            raise OSError(f"{url} answered {answer.status}")
        return answer.body

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._client.__aexit__(None, None, None), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
