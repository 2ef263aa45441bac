"""Undoing Content-Encoding a little at a time, so that a bomb costs no more than the caller has allowed.

No step makes more than about half a megabyte: the caller counts between steps and stops when it has enough.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli
import zstandard

STEP = 1 << 16
# Nobody needs more than two codings at once, nor a thousand gzip members in a file; both are ways to burn CPU.
MOST_CODINGS = 2
MOST_MEMBERS = 2_000
# RFC 9659: a browser's zstd window is 8 MiB at most. 16 bytes of input hold at most a few blocks of 128 KiB each.
_ZSTD_WINDOW = 8 << 20
_ZSTD_SLICE = 16


class Corrupt(ValueError):
    """The bytes are not what their coding says. Says why, to follow “but”."""


class Coding(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """What can be unpacked with this data, in steps. Raises Corrupt."""

    def finish(self) -> None:
        """Raises Corrupt where the stream broke off."""


class _Zlib:
    """gzip, with one member after another; and deflate, both as the standard says and bare as some servers send it."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._stream = zlib.decompressobj(wbits)
        self._members = 1

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and self._ready(data):
            yield from self._inflate(data)
            data = self._stream.unused_data

    def _ready(self, data: bytes) -> bool:
        """Whether the data is the stream's: after its end only a further gzip member is, anything else is padding."""
        if not self._stream.eof:
            return True
        if self._wbits != 31 or data[0] != 0x1F:
            return False
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise Corrupt("it is cut into too many members")
        self._stream = zlib.decompressobj(self._wbits)
        return True

    def _inflate(self, data: bytes) -> Iterator[bytes]:
        while True:
            try:
                piece = self._stream.decompress(data, STEP)
            except zlib.error:
                raise Corrupt("it is not") from None
            if piece:
                yield piece
            data = self._stream.unconsumed_tail
            # A full step may have left output behind within zlib, even with all input taken.
            if self._stream.eof or not (data or len(piece) == STEP):
                return

    def finish(self) -> None:
        if not self._stream.eof:
            raise Corrupt("it breaks off")


class _Deflate:
    """Looks at the first two bytes to tell a zlib stream from a bare one."""

    def __init__(self) -> None:
        self._head = b""
        self._inner: _Zlib | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._head += data
            if len(self._head) < 2:
                return
            data, self._head = self._head, b""
            wrapped = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
            self._inner = _Zlib(15 if wrapped else -15)
        yield from self._inner.feed(data)

    def finish(self) -> None:
        if self._inner is None:
            raise Corrupt("it breaks off")
        self._inner.finish()


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        # It may say that it can take more while it still holds output, so only an empty step ends the feed.
        while not self._stream.is_finished() and (piece := self._process(data)):
            yield piece
            data = b""

    def _process(self, data: bytes) -> bytes:
        try:
            piece: bytes = self._stream.process(data, output_buffer_limit=STEP)
        except brotli.error:
            raise Corrupt("it is not") from None
        return piece

    def finish(self) -> None:
        if not self._stream.is_finished():
            raise Corrupt("it breaks off")


class _Zstd:
    """The library has no bound on its output, so the input goes in by slices too small to hold much."""

    def __init__(self) -> None:
        self._members = 0
        self._open()

    def _open(self) -> None:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise Corrupt("it is cut into too many frames")
        self._stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_SLICE):
            yield from self._slice(data[start : start + _ZSTD_SLICE])

    def _slice(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream.eof:
                self._open()
            try:
                piece = self._stream.decompress(data)
            except zstandard.ZstdError:
                raise Corrupt("it is not") from None
            if piece:
                yield piece
            data = self._stream.unused_data if self._stream.eof else b""

    def finish(self) -> None:
        if not self._stream.eof:
            raise Corrupt("it breaks off")


_CODINGS: dict[str, Callable[[], Coding]] = {
    "gzip": lambda: _Zlib(31),
    "x-gzip": lambda: _Zlib(31),
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
ACCEPTED = "gzip, deflate, br, zstd"


def codings(header: str) -> list[Coding]:
    """The codings that a Content-Encoding header names, the outermost first. Raises Corrupt where there are too many.

    Servers write “none”, “UTF-8” and the like there; where a name is not known the body is taken as it is, as
    browsers do.
    """
    names = [name for part in header.lower().split(",") if (name := part.strip()) and name != "identity"]
    if len(names) > MOST_CODINGS:
        raise Corrupt("nobody packs a thing that often")
    return [_CODINGS[name]() for name in reversed(names)] if set(names) <= _CODINGS.keys() else []


def through(stages: list[Coding], data: bytes) -> Iterator[bytes]:
    """Feeds data through the codings one within the other, in steps."""
    if not stages:
        yield data
        return
    for piece in stages[0].feed(data):
        yield from through(stages[1:], piece)
