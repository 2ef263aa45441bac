"""Everything one reader did, as one zip: each room gives its own leaves, and they are packed while they are read."""

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings

from inkstand.billing import export as billing
from inkstand.editions import export as editions
from inkstand.kit.leaf import Leaf
from inkstand.membership import export as membership
from inkstand.ranking import export as ranking
from inkstand.readers import export as readers
from inkstand.readers.models import Reader
from inkstand.reading import export as reading
from inkstand.reading import mine
from inkstand.royalties import export as royalties

ROOMS: tuple[Callable[[Reader], Iterable[Leaf]], ...] = (
    readers.leaves,
    reading.leaves,
    membership.leaves,
    billing.leaves,
    royalties.leaves,
    editions.leaves,
)
# Rows of history that are packed while the reader waits: some ten seconds of work.
LONGEST = 50_000
_CHUNK = 64 * 1024


def leaves(reader: Reader, now: datetime) -> Iterator[Leaf]:
    yield Leaf("READ-ME.txt", [_says(now)])
    for room in ROOMS:
        yield from room(reader)
    yield from ranking.leaves(reader, now)


def is_long(reader: Reader) -> bool:
    return mine.of(reader).history().count() > LONGEST


def zipped(found: Iterable[Leaf], now: datetime) -> Iterator[bytes]:
    """The zip's bytes, in pieces of 64 KiB or so; never more than that is held."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        for leaf in found:
            info = ZipInfo(leaf.name, now.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            with archive.open(info, "w") as file:
                for text in leaf.text:
                    file.write(text.encode())
                    if pipe.held >= _CHUNK:
                        yield pipe.take()
    yield pipe.take()


class _Pipe(io.RawIOBase):
    """What ZipFile writes to, and we read from. It cannot seek, so ZipFile writes sizes after each file."""

    def __init__(self) -> None:
        self.held = 0
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # ZipFile writes bytes only
        self._parts.append(bytes(data))
        self.held += len(data)
        return len(data)

    def take(self) -> bytes:
        taken, self._parts, self.held = b"".join(self._parts), [], 0
        return taken


def _says(now: datetime) -> str:
    return f"""Everything that {settings.NAME} keeps of you, as of {now:%Y-%m-%d %H:%M} UTC.

account/     your account, its mail addresses, its ways to sign in, where it is signed in
reading/     what you read, saved, followed, muted, blocked and highlighted, and how you like the paper;
             follows.opml opens in any feed reader, highlights.md in any editor
for-you/     the whole profile that For You uses
membership/  trials, memberships, payments and receipts; amounts in minor units, as cents
editions/    the editions made for you, and what was sent

What you read counts towards what publishers are paid under a number that no longer leads back to you:
it can be neither shown nor taken out.
"""
