"""Feeds that hubs deliver (WebSub): asked for where a feed names one, renewed, and noted when they fall silent."""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from inkstand.kit.errors import InkstandError
from inkstand.wire import leases
from inkstand.wire.ask import Asked
from inkstand.wire.health import Answer
from inkstand.wire.models import Poll, Push
from inkstand.wire.outside import client
from inkstand.wire.settle import settle
from inkstand.wire.websub import (
    Accept,
    Denied,
    Expected,
    HubRefused,
    Refuse,
    Subscription,
    handle_verification,
    new_secret,
    renew_at,
    signature_ok,
    subscribe,
)

# A hub that did not answer, or never verified, is asked again after this.
ASK_AGAIN = timedelta(hours=6)
AT_ONCE = 50


def subscribe_due(*, now: datetime) -> int:
    """Asks the hubs of feeds that have one and no standing subscription; how many were asked.

    Hubs call us, so without a public address there is nothing to ask for.
    """
    if not settings.ADDRESS:
        return 0
    pushes = _begin(now) + list(Push.objects.filter(renew_at__lte=now)[:AT_ONCE])
    Push.objects.filter(pk__in=[push.pk for push in pushes]).update(asked_at=now, renew_at=now + ASK_AGAIN)
    for push, message in asyncio.run(_ask(pushes)):
        Push.objects.filter(pk=push.pk).update(message=message)
    return len(pushes)


def _begin(now: datetime) -> list[Push]:
    polls = Poll.objects.exclude(hub="").exclude(topic="").exclude(feed__in=Push.objects.values("feed"))[:AT_ONCE]
    return Push.objects.bulk_create(
        [
            Push(
                feed_id=poll.feed_id,
                token=secrets.token_urlsafe(32),
                hub=poll.hub,
                topic=poll.topic,
                secret=new_secret(),
                asked_at=now,
                renew_at=now + ASK_AGAIN,
            )
            for poll in polls
        ]
    )


async def _ask(pushes: Sequence[Push]) -> list[tuple[Push, str]]:
    async with client() as out:

        async def one(push: Push) -> tuple[Push, str]:
            callback = f"{settings.ADDRESS}/websub/{push.token}"
            try:
                await subscribe(out, hub=push.hub, topic=push.topic, callback=callback, secret=push.secret)
            except (HubRefused, InkstandError) as error:
                return push, str(error)
            return push, ""

        return await asyncio.gather(*(one(push) for push in pushes))


def verify(token: str, query: dict[str, str], *, now: datetime) -> Accept | Denied | Refuse:
    """A hub asks whether we meant it; our yes begins (or renews) its lease."""
    push = Push.objects.filter(token=token).first()
    answer = handle_verification(query, Expected(push.topic) if push else None)
    if push and isinstance(answer, Accept):
        renewal = renew_at(Subscription(verified_at=now, lease_s=answer.lease_s))
        Push.objects.filter(pk=push.pk).update(
            verified_at=now, lease_s=answer.lease_s, renew_at=renewal or now + ASK_AGAIN, message=""
        )
    elif push and isinstance(answer, Denied):
        Push.objects.filter(pk=push.pk).update(verified_at=None, message=f"The hub declined. {answer.reason}"[:500])
    return answer


@transaction.atomic
def deliver(token: str, signature: str, kind: str, body: bytes, *, now: datetime) -> bool:
    """Takes in what a hub brings, as a poll's answer would be; False where the signature is not our secret's."""
    push = Push.objects.filter(token=token).first()
    if push is None or not signature_ok(push.secret, signature, body):
        return False
    Push.objects.filter(pk=push.pk).update(delivered_at=now)
    due = leases.standing(push.feed_id)
    settle([Asked(due, Answer(200), {"Content-Type": kind}, due.url, body, pushed=True)], now=now)
    return True
