"""Stripe behind our verbs: Checkout, subscriptions, the customer portal, refunds, signed webhooks."""
