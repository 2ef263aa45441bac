"""What can go wrong between us and a hub."""

from inkstand.kit.errors import InkstandError


class HubRefused(InkstandError):
    code = "websub-hub-refused"
    message = "The hub {hub} refused our subscription to {topic} ({status}). The feed is polled instead."
