"""Web push: sealed for one browser (RFC 8291), signed as ours (RFC 8292), sent through the guarded client (RFC 8030).

Where a browser wants its pushes is what a stranger says: nothing is believed of an endpoint, and an answer of a push
service can do no more than end the subscription it belongs to.
"""
