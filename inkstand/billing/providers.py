"""Which provider takes this paper's payments."""

from functools import lru_cache

from django.conf import settings

from inkstand.billing.errors import BillingOff, StripeKeyMissing
from inkstand.billing.protocol import Provider
from inkstand.billing.till.provider import Till


def provider() -> Provider:
    """The provider that INKSTAND_BILLING names; `BillingOff` where it names none."""
    if settings.BILLING == "till":
        return Till()
    if settings.BILLING == "stripe":
        return _stripe(settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_TAX)
    raise BillingOff


def takes_payments() -> bool:
    return bool(settings.BILLING != "none")


@lru_cache(maxsize=1)
def _stripe(key: str, secret: str, tax: bool) -> Provider:
    # The library takes 0.3 s to import: whoever does not use it does not wait for it.
    from inkstand.billing.stripe.provider import Stripe

    for name, value in (("INKSTAND_STRIPE_KEY", key), ("INKSTAND_STRIPE_WEBHOOK_SECRET", secret)):
        if not value:
            raise StripeKeyMissing(name=name)
    return Stripe(key, secret, tax=tax)
