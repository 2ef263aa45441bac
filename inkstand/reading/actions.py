"""What a reader does, as plain values: read from JSON or forms, checked, and put in order. Pure.

An action carries the id that its device made for it and the time it was done there, so that a queue filled without a
connection can be sent twice and is carried out once.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inkstand.reading.errors import ActionUnreadable

KINDS = ("title", "section", "topic", "person", "place", "story", "search")
MOST_SHOWN = 200
_LONGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Action:
    """`do` is a name in WANTS; of the rest, only what it wants is filled."""

    id: uuid.UUID
    at: datetime
    do: str
    article: int = 0
    title: int = 0
    story: int = 0
    stories: tuple[int, ...] = ()
    revision: int = 1
    progress: int = 0
    kind: str = ""
    key: str = ""
    word: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0
    note: str = ""

    @property
    def subject(self) -> str:
        """What two actions must share for the later one to undo the earlier; "" where none does."""
        family, *names = SUBJECTS.get(self.do, ("",))
        return ":".join([family, *(str(getattr(self, name)) for name in names)]) if family else ""


WANTS: dict[str, tuple[str, ...]] = {
    "read": ("article", "revision", "progress"),
    "forget": ("article",),
    "forget-all": (),
    "save": ("article",),
    "unsave": ("article",),
    "follow": ("kind", "key"),
    "unfollow": ("kind", "key"),
    "mute": ("word",),
    "unmute": ("word",),
    "block": ("title",),
    "unblock": ("title",),
    "highlight": ("key", "article", "revision", "quote", "start", "end", "note"),
    "note": ("key", "note"),
    "unhighlight": ("key",),
    "more": ("kind", "key"),
    "less": ("kind", "key"),
    "never": ("kind", "key"),
    "again": ("kind", "key"),
    "seen": ("story",),
    "shown": ("stories",),
}
# Where an action says nothing of these, this is meant.
_UNSAID: dict[str, Any] = {"revision": 1, "progress": 0, "note": ""}
SUBJECTS: dict[str, tuple[str, ...]] = {
    "save": ("save", "article"),
    "unsave": ("save", "article"),
    "follow": ("follow", "kind", "key"),
    "unfollow": ("follow", "kind", "key"),
    "mute": ("mute", "word"),
    "unmute": ("mute", "word"),
    "block": ("block", "title"),
    "unblock": ("block", "title"),
    "highlight": ("highlight", "key"),
    "note": ("highlight", "key"),
    "unhighlight": ("highlight", "key"),
    "never": ("never", "kind", "key"),
    "again": ("never", "kind", "key"),
}


def action(do: str, *, at: datetime, **facts: Any) -> Action:
    """An action done here and now, with an id of its own; checked as if it had come from a device."""
    return parse({"id": str(uuid.uuid4()), "at": at.isoformat(), "do": do, **facts})


def parse(said: Mapping[str, Any]) -> Action:
    """The action that a device or a form told; ActionUnreadable names the part that cannot be read."""
    do = said.get("do")
    if not isinstance(do, str) or do not in WANTS:
        raise ActionUnreadable(field="do", wanted=f"one of {', '.join(WANTS)}")
    facts = {name: _FIELDS[name](name, said.get(name, _UNSAID.get(name))) for name in WANTS[do]}
    if do in ("highlight", "note", "unhighlight"):
        facts["key"] = str(_uuid("key", facts["key"]))
    elif "kind" in facts:
        facts["key"] = _of_kind(facts["kind"], facts["key"])
    return Action(_uuid("id", said.get("id")), _moment("at", said.get("at")), do, **facts)


def _of_kind(kind: str, key: str) -> str:
    """An id as we write it, not as it was sent: 007 is 7."""
    return str(_number("key", key)) if kind in ("title", "story") else key


def _number(name: str, value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= _LONGEST_ID:
        raise ActionUnreadable(field=name, wanted="a whole number above 0")
    return value


def _up_to(most: int) -> Callable[[str, Any], int]:
    def read(name: str, value: Any) -> int:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise ActionUnreadable(field=name, wanted=f"a whole number from 0 to {most}")
        return value

    return read


def _text(most: int, *, may_be_empty: bool = False) -> Callable[[str, Any], str]:
    def read(name: str, value: Any) -> str:
        # PostgreSQL keeps no zero byte in a text.
        text = value.replace("\0", "").strip() if isinstance(value, str) else None
        if text is None or len(text) > most or not (text or may_be_empty):
            raise ActionUnreadable(field=name, wanted=f"a text of at most {most} characters")
        return text

    return read


def _kind(name: str, value: Any) -> str:
    if value not in KINDS:
        raise ActionUnreadable(field=name, wanted=f"one of {', '.join(KINDS)}")
    return str(value)


def _word(name: str, value: Any) -> str:
    return " ".join(_text(100)(name, value).casefold().split())


def _stories(name: str, value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > MOST_SHOWN:
        raise ActionUnreadable(field=name, wanted=f"a list of at most {MOST_SHOWN} ids")
    return tuple(dict.fromkeys(_number(name, one) for one in value))


def _uuid(name: str, value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except (ValueError, AttributeError, TypeError):
        raise ActionUnreadable(field=name, wanted="a UUID") from None


def _moment(name: str, value: Any) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        raise ActionUnreadable(field=name, wanted="a time as 2026-03-14T09:30:00Z") from None
    if at.tzinfo is None:
        raise ActionUnreadable(field=name, wanted="a time with its zone")
    return at


_FIELDS: dict[str, Callable[[str, Any], Any]] = {
    "article": _number,
    "title": _number,
    "story": _number,
    "stories": _stories,
    "revision": _number,
    "progress": _up_to(100),
    "kind": _kind,
    "key": _text(300),
    "word": _word,
    "quote": _text(5000),
    "start": _up_to(10_000_000),
    "end": _up_to(10_000_000),
    "note": _text(10_000, may_be_empty=True),
}
