"""One answer as it went out, ready to go out again in each coding that browsers ask for."""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli

from inkstand.web.note import FREE

Headers = list[tuple[str, str]]

# Quality 5 packs a front page smaller than gzip's best, in the time of gzip's usual.
PACK: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
WORTH_PACKING = 400
# Bytes of a page's headers and address, beside its body.
OVERHEAD = 4000
_OF_THE_BODY = {"content-length", "content-encoding", "content-type", "etag"}
# A page says when it was drawn, so that its script knows today from yesterday. To the hour that is news, not to the
# second: a browser that has the page need not fetch it again for that.
_DRAWN_AT = re.compile(rb'( data-now="[^":]*)[^"]*')


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    headers: Headers
    body: bytes


@dataclass(slots=True)
class Page:
    """`drawn`: seconds on the clock before its first statement. Not `shared`: it was one asker's, and is not kept.

    `metered`: it costs whoever gets it a free article.
    """

    drawn: float
    status: str
    headers: Headers
    body: bytes
    shared: bool
    metered: bool = False
    etag: str = ""
    _codings: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.metered:  # whoever hands it out writes the visitor's own note
            self.headers = [(name, value) for name, value in self.headers if name.lower() != "set-cookie"]
        elif self.shared:
            said = _DRAWN_AT.sub(rb"\1", self.body)
            self.etag = f'W/"{hashlib.sha256(said).hexdigest()[:20]}"'
            own = {"vary", "etag", "cache-control"}
            kept = [(name, value) for name, value in self.headers if name.lower() not in own]
            vary, manner = "Accept-Encoding, Accept-Language, Cookie", _header(self.headers, "cache-control")
            self.headers = [*kept, ("Vary", vary), ("ETag", self.etag), ("Cache-Control", manner or "no-cache")]

    def size(self) -> int:
        """Bytes it holds at most: each packed form is smaller than the page."""
        return OVERHEAD + 2 * len(self.body)

    def answer(self, accepted: str, known: str) -> Answer:
        """For a browser that accepts these codings and has the page that `known` (If-None-Match) names."""
        if self.etag and self.etag in known:
            return self._codings.get("304") or self._add("304", self._unchanged())
        coding = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
        return self._codings.get(coding) or self._add(coding, self._packed(coding))

    def _add(self, name: str, answer: Answer) -> Answer:
        self._codings[name] = answer
        return answer

    def _unchanged(self) -> Answer:
        headers = [(name, value) for name, value in self.headers if name.lower() not in _OF_THE_BODY - {"etag"}]
        return Answer("304 Not Modified", headers, b"")

    def _packed(self, coding: str) -> Answer:
        headers = [(name, value) for name, value in self.headers if name.lower() != "content-length"]
        body = self.body
        text = _header(headers, "content-type").startswith(("text/", "application/"))
        if coding and text and len(body) >= WORTH_PACKING and not _header(headers, "content-encoding"):
            body = PACK[coding](body)
            headers.append(("Content-Encoding", coding))
        return Answer(self.status, [*headers, ("Content-Length", str(len(body)))], body)


def _header(headers: Headers, wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted), "")


def may_be_kept(status: str, headers: Headers, *, alike: bool, metered: bool) -> bool:
    """Whether an answer may be handed to the next of its kind: whole, no cookie, and no word on how to keep it.

    What goes to a signed-in reader is marked private as a whole; it is kept only where its view said `alike`. What is
    `metered` comes with the note on which it was charged, and with no other cookie.
    """
    manner = _header(headers, "cache-control")
    cookies = [value.strip() for name, value in headers if name.lower() == "set-cookie"]
    varies = {name.strip().lower() for name in _header(headers, "vary").split(",")}
    return (
        status.startswith("200")
        and all(metered and cookie.startswith(f"{FREE}=") for cookie in cookies)
        and (not manner or (alike and manner == "private, no-cache") or (metered and manner == "private, no-store"))
        and varies <= {"", "accept-encoding", "accept-language", "cookie"}
    )
