"""A browser that wants pushes, and one that wants them no more."""

from datetime import datetime
from urllib.parse import urlsplit

from inkstand.editions.errors import SubscriptionUnusable
from inkstand.editions.models import Subscription
from inkstand.editions.push.keys import decoded
from inkstand.editions.push.seal import Keys, are_keys
from inkstand.readers.models import Reader

# Browsers of one reader; the oldest makes room.
MOST = 12
LONGEST = 1000


def subscribe(*, reader: Reader, endpoint: str, public: str, secret: str, now: datetime) -> Subscription:
    """`public` and `secret` as the browser gives them (p256dh and auth). SubscriptionUnusable names what is wrong.

    A browser that another reader signed in to before now tells this one: one endpoint is one browser.
    """
    keys = _keys(public, secret)
    if not _may_be(endpoint):
        raise SubscriptionUnusable(part="endpoint")
    found, _ = Subscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={"reader": reader, "public": keys.public, "secret": keys.secret, "added_at": now},
    )
    newest = Subscription.objects.filter(reader=reader).order_by("-added_at", "-pk").values_list("pk", flat=True)[:MOST]
    Subscription.objects.filter(reader=reader).exclude(pk__in=list(newest)).delete()
    return found


def unsubscribe(*, reader: Reader, endpoint: str) -> None:
    Subscription.objects.filter(reader=reader, endpoint=endpoint).delete()


def _keys(public: str, secret: str) -> Keys:
    try:
        keys = Keys(decoded(public), decoded(secret))
    except ValueError:
        raise SubscriptionUnusable(part="keys") from None
    if not are_keys(keys):
        raise SubscriptionUnusable(part="keys")
    return keys


def _may_be(endpoint: str) -> bool:
    """An address such as push services give; where it leads is looked at when it is asked, by the guard."""
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return False
    is_web = parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.username
    return is_web and len(endpoint) <= LONGEST and endpoint.isascii() and endpoint.isprintable()
