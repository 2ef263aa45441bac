"""What a reader did: read, saved, followed, muted, highlighted.

Refuses to touch an article's row.
"""
