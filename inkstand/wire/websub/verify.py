"""The answer to a hub that asks whether we meant it (verification of intent). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

_LONGEST_CHALLENGE = 4_096
_LONGEST_LEASE_S = 90 * 86_400


@dataclass(frozen=True, slots=True)
class Expected:
    """What we asked this hub for last, and has not been answered or stands."""

    topic: str
    mode: Literal["subscribe", "unsubscribe"] = "subscribe"


@dataclass(frozen=True, slots=True)
class Accept:
    """Answer 200 with the challenge as plain text. `lease_s` is how long the hub will deliver, 0 where unsaid."""

    challenge: str
    lease_s: int


@dataclass(frozen=True, slots=True)
class Denied:
    """The hub will not have us. Answer 200 and poll."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer 404: somebody asks for what we did not."""

    reason: str


def handle_verification(query: Mapping[str, str], expected: Expected | None) -> Accept | Denied | Refuse:
    """Answers a hub's GET. `query` are its parameters, `expected` what stands for the path that it called."""
    mode, topic = query.get("hub.mode", ""), query.get("hub.topic", "")
    if expected is None:
        return Refuse("there is no such subscription")
    if topic != expected.topic:
        return Refuse("the topic is another")
    if mode == "denied":
        return Denied(query.get("hub.reason", ""))
    if mode != expected.mode:
        return Refuse("the mode is another")
    challenge = query.get("hub.challenge", "")
    if not 0 < len(challenge) <= _LONGEST_CHALLENGE:
        return Refuse("there is no challenge")
    return Accept(challenge, _lease(query.get("hub.lease_seconds", "")))


def _lease(text: str) -> int:
    return min(int(text), _LONGEST_LEASE_S) if text.isascii() and text.isdecimal() else 0
