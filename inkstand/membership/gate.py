"""The gate: may this reader open this article? The only place that hands out a text."""

from datetime import datetime

from inkstand.kit import html
from inkstand.membership.values import METERED, READS_ALL, Licence, Meter, Open, Reason, Standing, Teaser

LEAD_WORDS = 60
_JOINED_BEFORE = {Standing.REGISTERED, Standing.LAPSED}


def may_open(
    body: str, licence: Licence, standing: Standing, meter: Meter, now: datetime, *, everyone_reads: bool = False
) -> Open | Teaser:
    """`Open` with the sanitised `body`, or `Teaser` with at most LEAD_WORDS of it and the reason.

    `everyone_reads` is the private install (INKSTAND_ACCESS=open): members' texts are open to all. What the
    publisher does not allow stays shut to everyone.
    """
    if reason := _publisher_refuses(licence, now):
        return Teaser(lead=_lead(body, reason), reason=reason)
    if meter.given or licence.readable in opened_to(standing, everyone_reads=everyone_reads):
        return Open(body)
    if standing in METERED and _meter_lets(meter):
        return Open(body, metered=True)
    reason = Reason.JOIN if standing in _JOINED_BEFORE else Reason.SIGN_UP
    return Teaser(lead=_lead(body, reason), reason=reason)


def opened_to(standing: Standing, *, everyone_reads: bool = False) -> frozenset[str]:
    """The terms under which a reader of this standing opens a text, free articles not counted."""
    return frozenset({"everyone", "members"} if everyone_reads or standing in READS_ALL else {"everyone"})


def _meter_lets(meter: Meter) -> bool:
    """An article once opened stays open; a fresh one costs one of the month's, and one of the address range's."""
    return meter.has_this or (meter.used < meter.free and not meter.crowded)


def _publisher_refuses(licence: Licence, now: datetime) -> Reason | None:
    if now < licence.shown_from:
        return Reason.EMBARGO
    if licence.shown_until is not None and now >= licence.shown_until:
        return Reason.EXPIRED
    return Reason.PUBLISHER if licence.readable == "headline" else None


def _lead(body: str, reason: Reason) -> str:
    """A teaser's lead; nothing of the text where the publisher gave only headline and link."""
    return html.lead(body, LEAD_WORDS) if reason in (Reason.SIGN_UP, Reason.JOIN) else ""
