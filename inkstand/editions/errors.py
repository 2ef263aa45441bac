"""What the editions room refuses."""

from inkstand.kit.errors import InkstandError


class SubscriptionUnusable(InkstandError):
    code = "subscription-unusable"
    message = "This browser's subscription cannot be used: its {part} make no sense. Switch notices off and on again."
