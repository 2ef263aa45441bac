"""JSON, outgoing feeds, reader-client protocols and webhooks.

Speaks to programs as web speaks to people.
"""
