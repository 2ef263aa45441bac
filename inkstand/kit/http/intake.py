"""One body coming in: counted as received and as unpacked, and stopped at either cap."""

from collections.abc import Iterator

from inkstand.kit.http.errors import BadEncoding, TooLarge, TooLargeUnpacked
from inkstand.kit.http.unpack import Corrupt, codings, through
from inkstand.kit.http.values import Limits

# Files called feed.xml.gz or sitemap.xml.gz are often sent without a word on how they are packed.
_GZIP = b"\x1f\x8b\x08"


class Intake:
    """`size` is what is held so far, in bytes."""

    def __init__(self, url: str, encoding: str, limits: Limits) -> None:
        self._url, self._encoding, self._limits = url, encoding, limits
        self._pieces: list[bytes] = []
        self._received = 0
        self.size = 0
        try:
            self._stages = codings(encoding)
        except Corrupt as why:
            raise self._bad(why) from None

    def take(self, chunk: bytes) -> Iterator[None]:
        """Takes what came, and comes up for air after every step. Raises TooLarge, TooLargeUnpacked, BadEncoding."""
        if not self._received and not self._stages and chunk.startswith(_GZIP):
            self._encoding, self._stages = "gzip", codings("gzip")
        self._received += len(chunk)
        if self._received > self._limits.received:
            raise TooLarge(url=self._url, received=self._received, limit=self._limits.received)
        try:
            for piece in through(self._stages, chunk):
                self._keep(piece)
                yield
        except Corrupt as why:
            raise self._bad(why) from None

    def _keep(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self._limits.unpacked:
            raise TooLargeUnpacked(url=self._url, received=self._received, limit=self._limits.unpacked)
        self._pieces.append(piece)

    def body(self) -> bytes:
        """The whole body. Raises BadEncoding where a packed one broke off; an empty one is empty, whatever it says."""
        try:
            for stage in self._stages if self._received else ():
                stage.finish()
        except Corrupt as why:
            raise self._bad(why) from None
        return b"".join(self._pieces)

    def _bad(self, why: Corrupt) -> BadEncoding:
        return BadEncoding(url=self._url, encoding=self._encoding, reason=str(why))
