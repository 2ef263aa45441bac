"""Copies among bare headlines: `stories.copies` compares texts, and some feeds give none."""

from dataclasses import dataclass, field

from inkstand.stories import words

SAME = 0.7  # of all words of two headlines, the share that both have: a desk may change two in twelve


@dataclass(slots=True)
class Wordings:
    """The headlines of one story's accounts so far, as far as they say it in words of their own."""

    _told: list[tuple[frozenset[str], bool]] = field(default_factory=list)

    def repeats(self, headline: str, *, text: bool = False) -> bool:
        """Whether an earlier headline says it in nearly the same words. Where both have a `text`, that has decided."""
        said = frozenset(word.casefold() for word in words.split(headline))
        again = any(_same(said, other) for other, had_text in self._told if not (text and had_text))
        if not again:
            self._told.append((said, text))
        return again


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= SAME * len(one | other)
