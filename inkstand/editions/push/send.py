"""Errands brought by push: to every browser of the reader, many at once, each answer taken for what it can mean."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import transaction

from inkstand import __version__
from inkstand.editions.errands import NotNow, Outcome, carry, waiting
from inkstand.editions.models import Errand, Subscription
from inkstand.editions.push.keys import push_key, signature
from inkstand.editions.push.seal import Keys, seal
from inkstand.kit.http import Client, FetchFailed, Limits, Manners, parse_allow
from inkstand.kit.http.errors import AddressRefused, BadUrl, PortRefused, SchemeRefused

BATCH = 50
LIMITS = Limits(received=65_536, unpacked=65_536, total_s=15, connect_s=5, redirects=0)
MANNERS = Manners(at_once=20, per_host=20, interval_s=0)
# The subscription is over (RFC 8030, 7.3). What says that our own signature is wrong (401, 403) ends none.
GONE = {404, 410}
# Instead of a status: nobody answered; and the guard lets nobody be asked there.
AWAY, FORBIDDEN = 0, -1

# What a reader is told by an errand; None where there is nothing left to tell.
Tell = Callable[[Errand, datetime], bytes | None]


@dataclass(frozen=True, slots=True, eq=False)
class Parcel:
    """A sealed message on its way to one browser."""

    errand: int
    subscription: int
    endpoint: str
    headers: dict[str, str]
    body: bytes


def carry_pushes(tell: Tell, now: datetime, go_on: Callable[[], bool]) -> int:
    """Brings what waits until nothing does, or until `go_on` says otherwise; how many errands were looked at."""
    looked_at = 0
    while go_on() and (count := _carry_batch(tell, now)):
        looked_at += count
    return looked_at


@transaction.atomic
def _carry_batch(tell: Tell, now: datetime) -> int:
    """What was on its way when a worker is killed goes out again; a browser shows two of one topic as one."""
    errands = list(waiting(Errand.Way.PUSH, now)[:BATCH])
    answers = asyncio.run(_send(packed)) if (packed := list(pack(errands, tell, now))) else {}
    over = [parcel.subscription for parcel, status in answers.items() if status in {*GONE, FORBIDDEN}]
    Subscription.objects.filter(pk__in=over).delete()
    said: dict[int, list[int]] = defaultdict(list)
    for parcel, status in answers.items():
        said[parcel.errand].append(status)
    for errand in errands:
        carry(errand, lambda one: outcome(said[one.pk]), now)
    return len(errands)


def outcome(statuses: Sequence[int]) -> Outcome:
    """What the push services' answers mean for an errand: one browser that has it is enough."""
    if any(200 <= status < 300 for status in statuses):
        return Outcome.BROUGHT
    if any(status == AWAY or status == 429 or status >= 500 for status in statuses):
        raise NotNow
    kept = [status for status in statuses if status not in {*GONE, FORBIDDEN}]
    return Outcome.REFUSED if kept else Outcome.NOWHERE


def pack(errands: Iterable[Errand], tell: Tell, now: datetime) -> Iterator[Parcel]:
    """One parcel for each browser of each errand's reader. One statement besides what `tell` asks."""
    fresh = [errand for errand in errands if now < errand.until and errand.reader.is_active]
    browsers: dict[int, list[Subscription]] = defaultdict(list)
    for row in Subscription.objects.filter(reader__in={errand.reader_id for errand in fresh}):
        browsers[row.reader_id].append(row)
    key = push_key(settings.HOME)
    for errand in fresh:
        said = tell(errand, now) if browsers[errand.reader_id] else None
        for row in browsers[errand.reader_id] if said is not None else ():
            body = seal(said or b"", Keys(bytes(row.public), bytes(row.secret)))
            yield Parcel(errand.pk, row.pk, row.endpoint, headers(errand, row.endpoint, key, now), body)


def headers(errand: Errand, endpoint: str, key: ec.EllipticCurvePrivateKey, now: datetime) -> dict[str, str]:
    return {
        "Authorization": signature(key, endpoint, whom_to_ask(), now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int((errand.until - now).total_seconds())),
        "Urgency": "high" if errand.kind == Errand.Kind.BREAKING else "normal",
        "Topic": topic(errand),
    }


def topic(errand: Errand) -> str:
    """What two pushes must share for the later to take the earlier's place, at the service and in the browser."""
    return f"edition-{errand.edition_id}" if errand.edition_id else f"story-{errand.story}"


def whom_to_ask() -> str:
    """Whom a push service may write to about us."""
    if settings.ORIGIN.startswith("https:"):
        return str(settings.ORIGIN)
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


async def _send(parcels: Sequence[Parcel]) -> dict[Parcel, int]:
    agent = f"Inkstand/{__version__}"
    allow = parse_allow(settings.ALLOW_HOSTS)
    async with Client(user_agent=agent, allow=allow, limits=LIMITS, manners=MANNERS) as client:
        statuses = await asyncio.gather(*(_post(client, parcel) for parcel in parcels))
    return dict(zip(parcels, statuses, strict=True))


async def _post(client: Client, parcel: Parcel) -> int:
    try:
        return (await client.post(parcel.endpoint, data=parcel.body, headers=parcel.headers)).status
    except (AddressRefused, PortRefused, SchemeRefused, BadUrl):
        return FORBIDDEN
    except FetchFailed:
        return AWAY
