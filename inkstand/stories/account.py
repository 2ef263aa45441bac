"""One title's article within a story, as a plain value: what copies, firsts and summaries are decided from."""

from dataclasses import dataclass
from datetime import datetime

from inkstand.articles.values import Picture


@dataclass(frozen=True, slots=True)
class Account:
    """`at` is when it appeared: the publisher's time, never later than we saw it. `country` and `language` are ISO
    codes, "" where not known. `text` is plain. `fingerprint` is `copies.fingerprint(text)`."""

    article: int
    title: int
    title_name: str
    headline: str
    at: datetime
    lead: str = ""
    text: str = ""
    country: str = ""
    language: str = ""
    picture: Picture | None = None
    fingerprint: bytes = b""
