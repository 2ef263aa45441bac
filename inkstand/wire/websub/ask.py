"""Asking a hub to begin or to end its deliveries."""

from inkstand.kit.http import Client
from inkstand.wire.websub.errors import HubRefused

LEASE_S = 10 * 86_400


async def subscribe(
    client: Client, *, hub: str, topic: str, callback: str, secret: str, lease_s: int = LEASE_S
) -> None:
    """Asks; the hub then verifies at `callback`, which must be hard to guess. Raises HubRefused, FetchFailed."""
    wish = {"hub.secret": secret, "hub.lease_seconds": str(lease_s)}
    await _ask(client, hub, topic, {"hub.mode": "subscribe", "hub.callback": callback, **wish})


async def unsubscribe(client: Client, *, hub: str, topic: str, callback: str) -> None:
    """Raises HubRefused, FetchFailed."""
    await _ask(client, hub, topic, {"hub.mode": "unsubscribe", "hub.callback": callback})


async def _ask(client: Client, hub: str, topic: str, form: dict[str, str]) -> None:
    answer = await client.post(hub, data={"hub.topic": topic, **form})
    if not 200 <= answer.status < 300:
        raise HubRefused(hub=hub, topic=topic, status=answer.status)
