"""WebSub, the subscriber's side: a hub brings what a feed publishes, and polling stands in where it falls silent.

W3C Recommendation of 23 January 2018. Here are the request to a hub and every decision; rows and the endpoint that
hubs call are elsewhere.
"""

from inkstand.wire.websub.ask import subscribe, unsubscribe
from inkstand.wire.websub.errors import HubRefused
from inkstand.wire.websub.signature import new_secret, signature_ok
from inkstand.wire.websub.subscription import Subscription, is_trusted, next_poll_beside, renew_at
from inkstand.wire.websub.verify import Accept, Denied, Expected, Refuse, handle_verification

__all__ = [
    "Accept",
    "Denied",
    "Expected",
    "HubRefused",
    "Refuse",
    "Subscription",
    "handle_verification",
    "is_trusted",
    "new_secret",
    "next_poll_beside",
    "renew_at",
    "signature_ok",
    "subscribe",
    "unsubscribe",
]
