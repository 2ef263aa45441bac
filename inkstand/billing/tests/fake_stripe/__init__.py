"""A Stripe of our own, on loopback: the calls we make, answered in the shapes of the API version of its own library.

Every request is held against the official library's typed parameters, and every answer against its resource classes,
so that neither we nor this server can drift from what Stripe publishes. `books` is what Stripe would do by itself:
trials, renewals, failed cards, retries, events. The clock is the test's.
"""
