"""One question to one feed, and what came of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from inkstand.kit.errors import InkstandError
from inkstand.kit.http import Client, FetchFailed
from inkstand.wire.errors import FeedUnreadable, Why
from inkstand.wire.feed_errors import FeedAnswered, IntakeFailed
from inkstand.wire.health import Answer
from inkstand.wire.leases import Due

_READABLE = frozenset({200, 203, 226})
_UNCHANGED = 304


@dataclass(frozen=True, slots=True)
class Asked:
    """`body` is empty where there is nothing new to read. `message` is the trouble in words, for a person.

    `pushed`: a hub brought it, nobody asked.
    """

    due: Due
    answer: Answer
    headers: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    body: bytes = b""
    body_hash: bytes = b""
    message: str = ""
    pushed: bool = False

    @property
    def is_quiet(self) -> bool:
        """Well, and nothing has changed."""
        return self.answer.is_well and not self.body


async def ask(client: Client, due: Due) -> Asked:
    """Asks with conditions; a body that is the same as the last time counts as unchanged, whatever its headers say."""
    try:
        found = await client.get(due.url, headers=conditions(due))
    except FetchFailed as error:
        return failed(due, None, error)
    except Exception as error:  # a fault of ours at one address may not stop a thousand feeds
        return failed(due, None, IntakeFailed(url=due.url, reason=repr(error)))
    if found.status == _UNCHANGED:
        return Asked(due, Answer(found.status, hops=found.hops), found.headers, found.url)
    if found.status not in _READABLE:
        return failed(due, found.status, FeedAnswered(url=due.url, status=found.status), found.headers)
    if not found.body:
        return failed(due, found.status, FeedUnreadable(why=Why.EMPTY), found.headers)
    digest = hashlib.blake2b(found.body, digest_size=16).digest()
    body = b"" if digest == due.body_hash else found.body
    return Asked(due, Answer(found.status, hops=found.hops), found.headers, found.url, body, digest)


def conditions(due: Due) -> dict[str, str]:
    wanted = {"If-None-Match": due.etag, "If-Modified-Since": due.modified}
    return {name: value for name, value in wanted.items() if value}


def failed(due: Due, status: int | None, error: InkstandError, headers: Mapping[str, str] | None = None) -> Asked:
    return Asked(due, Answer(status, trouble=error.code), headers or {}, message=str(error))
