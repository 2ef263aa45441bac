"""Codes that people copy by hand: capital letters and digits, in fours."""

import secrets

# No sign that is taken for another, and no vowel: so no word comes about.
_SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"
_LONGEST = 40


def fresh(length: int) -> str:
    """Drawn by chance: each sign is worth 4.8 bits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(length))


def plain(typed: str) -> str:
    """As the code was made, whatever the case it was typed in and whatever stands between its signs."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:_LONGEST]


def in_fours(code: str, between: str = " ") -> str:
    return between.join(code[at : at + 4] for at in range(0, len(code), 4))
