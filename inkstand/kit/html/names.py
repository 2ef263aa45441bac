"""Tag names, written as one reads them."""


def names(line: str) -> frozenset[str]:
    """The names in a line of them."""
    return frozenset(line.split())
