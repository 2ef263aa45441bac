"""What an answer's headers say of when to come back and where to be pushed from. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[^\s=;,]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s;,\"]*))?)*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]*))", re.IGNORECASE)
_MOST_LINKS = 50


def max_age_s(headers: Mapping[str, str]) -> int:
    """Seconds for which the answer stays fresh: Cache-Control's max-age less the Age it came with; 0 where unsaid."""
    found = _MAX_AGE.search(headers.get("Cache-Control", ""))
    if not found:
        return 0
    age = headers.get("Age", "").strip()
    return max(0, int(found[1]) - (int(age) if age.isdecimal() else 0))


def retry_after_s(headers: Mapping[str, str], now: datetime) -> int:
    """Seconds that Retry-After asks us to wait, as number or date; 0 where it is absent, past or unreadable."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return int(text[:10])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return 0
    return max(0, int((at if at.tzinfo else at.replace(tzinfo=now.tzinfo)).timestamp() - now.timestamp()))


def hub_of(headers: Mapping[str, str], document_hub: str, document_self: str) -> tuple[str, str] | None:
    """The hub that offers to push a feed, and the topic to name to it; None where either is unsaid.

    The headers go before the document, as WebSub has it.
    """
    found = links(headers.get("Link", ""))
    hub, topic = found.get("hub") or document_hub, found.get("self") or document_self
    return (hub, topic) if hub and topic else None


def links(header: str) -> dict[str, str]:
    """Relation to address, of a Link header (RFC 8288); the first of each relation stands."""
    found: dict[str, str] = {}
    for _, link in zip(range(_MOST_LINKS), _LINK.finditer(header), strict=False):
        relation = _REL.search(link[2])
        for name in (relation[1] or relation[2] or "").lower().split() if relation else ():
            found.setdefault(name, link[1].strip())
    return found
