"""Ids of rows, as they stand in addresses and forms."""


def is_id(text: str) -> bool:
    """Whether it may be one: digits, no more than PostgreSQL's bigint holds."""
    return text.isascii() and text.isdecimal() and len(text) < 19
