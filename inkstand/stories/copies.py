"""Wire copy: the same text under many titles, folded under the one who had it first and counted as one voice.

A copy always lands in its original's story, so texts are compared within a story only, by MinHash over runs of
three words: a fingerprint of 256 bytes, kept with the article.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import rensa

from inkstand.stories import words
from inkstand.stories.account import Account

PLACES = 64  # of the fingerprint; its error is about 1 / sqrt(PLACES)
RUN = 3  # words
ENOUGH = 12  # words: less text is anybody's
SAME = 0.5  # likeness of a copy with one word in ten changed; two reports of one event stay under 0.2
_SEED = 1605  # the year of the first newspaper; fingerprints made with another seed cannot be compared


def fingerprint(text: str) -> bytes:
    """Of plain text, 4 × PLACES bytes; empty where there are fewer than ENOUGH words."""
    told = [word.casefold() for word in words.split(text)]
    if len(told) < ENOUGH:
        return b""
    sketch = rensa.RMinHash(num_perm=PLACES, seed=_SEED)
    sketch.update([" ".join(told[at : at + RUN]) for at in range(len(told) - RUN + 1)])
    return np.array(sketch.digest(), np.uint32).tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """Estimated share of word runs that two fingerprints' texts have in common, 0 to 1."""
    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, np.uint32) == np.frombuffer(other, np.uint32)))


def originals(accounts: Iterable[Account]) -> dict[int, int]:
    """Each article → the article it is a copy of, itself where it is none. The earliest of like texts is the original.

    An article is compared with originals only: a chain of small changes does not lead from one text to another.
    """
    first: list[Account] = []
    found: dict[int, int] = {}
    for account in in_order(accounts):
        best = max(first, key=lambda other: likeness(account.fingerprint, other.fingerprint), default=None)
        if best is not None and likeness(account.fingerprint, best.fingerprint) >= SAME:
            found[account.article] = best.article
        else:
            found[account.article] = account.article
            first.append(account)
    return found


def voices(accounts: Iterable[Account]) -> list[Account]:
    """The accounts that speak for themselves, one a title, in order of appearance: copies and repeats left out."""
    told = in_order(accounts)
    source = originals(told)
    kept: dict[int, Account] = {}
    for account in told:
        if source[account.article] == account.article:
            kept.setdefault(account.title, account)
    return list(kept.values())


def in_order(accounts: Iterable[Account]) -> Sequence[Account]:
    """By time of appearance; by number where two came at once, so that the order is always the same."""
    return sorted(accounts, key=lambda account: (account.at, account.article))
