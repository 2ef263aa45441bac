"""When to renew a subscription, and how far to rely on it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A hub may forget to say how long it will deliver, and then may stop after any time.
ASSUMED_LEASE = timedelta(days=5)
# Renewed with a fifth of the lease to go: several tries fit in before it ends.
_RENEW_AT = 0.8
# A hub that has proved itself is still looked after: one poll in so long finds out whether it has fallen silent.
SAFETY = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Subscription:
    """How one hub has served for one feed. Times are aware UTC; None for what has not happened.

    `delivered_at` is the last delivery with a good signature; `missed_at` the last poll that found an item new which
    the hub had not brought. `lease_s` is 0 where the hub did not say.
    """

    verified_at: datetime | None = None
    lease_s: int = 0
    delivered_at: datetime | None = None
    missed_at: datetime | None = None

    @property
    def lease(self) -> timedelta:
        return timedelta(seconds=self.lease_s) if self.lease_s else ASSUMED_LEASE


def renew_at(subscription: Subscription) -> datetime | None:
    """When to subscribe again; None where no subscription stands."""
    return subscription.verified_at and subscription.verified_at + subscription.lease * _RENEW_AT


def is_trusted(subscription: Subscription, now: datetime) -> bool:
    """Whether the hub may stand in for polling: its lease runs, it has delivered, and missed nothing since."""
    verified, delivered, missed = subscription.verified_at, subscription.delivered_at, subscription.missed_at
    if verified is None or now >= verified + subscription.lease or delivered is None:
        return False
    return missed is None or missed < delivered


def next_poll_beside(subscription: Subscription, polled_next: datetime, now: datetime) -> datetime:
    """When to poll a feed that has a hub: by its rhythm (`polled_next`), or more seldom while the hub is trusted."""
    return max(polled_next, now + SAFETY) if is_trusted(subscription, now) else polled_next
