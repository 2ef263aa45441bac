"""`compare`: what changed between two states of a text, word by word, as HTML with `<ins>` and `<del>`.

Blocks are matched first, by their words alone, and only the words within a pair of blocks are compared: a text that
gains one paragraph costs one comparison of its blocks, and reads as one paragraph inserted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import groupby
from typing import Literal

from inkstand.kit.html.blocks import Block, Shape, Word, blocks_of, words_of

ALIKE = 0.4
"""Blocks that share less of their words than this are one struck out and another put in."""

MOST_PAIRS = 4000
Op = tuple[Literal["same", "del", "ins"], tuple[Word, ...]]
Kind = Literal["same", "changed", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Part:
    """One block as it is printed: `html` is safe where both texts were clean. `added`, `removed`: how many words."""

    kind: Kind
    html: str
    added: int = 0
    removed: int = 0


def compare(before: str, after: str) -> tuple[Part, ...]:
    """The blocks of two clean HTML texts laid side by side, in the order of the later one.

    Compared are words: marks such as italics, links and pictures are taken from wherever the word stands.
    """
    old, new = blocks_of(before), blocks_of(after)
    matcher = SequenceMatcher(None, [block.text for block in old], [block.text for block in new])
    parts: list[Part] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        parts += [_whole("same", block) for block in new[c:d]] if kind == "equal" else _paired(old[a:b], new[c:d])
    return tuple(parts)


def compare_lines(before: str, after: str) -> Part:
    """The same for two lines of plain text, such as headlines."""
    return _inside((), tuple(words_of(before)), tuple(words_of(after)))


def printed(parts: Iterable[Part]) -> str:
    """Parts as one piece of HTML: lines of one list stand in one list again."""
    html = "".join(part.html for part in parts)
    for name in ("ul", "ol", "blockquote"):
        html = html.replace(f"</{name}><{name}>", "")
    return html


def _paired(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Part]:
    """Blocks between two that stayed: each with the one it came from, if any."""
    at = 0
    for i, j in _pairs(old, new):
        while at < i:
            yield _whole("gone", old[at])
            at += 1
        if i < 0:
            yield _whole("new", new[j])
        else:
            yield _inside(new[j].shape, old[i].words, new[j].words)
            at = i + 1
    for block in old[at:]:
        yield _whole("gone", block)


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """(old or -1, new) for each of the new, in order on both sides: the pairing whose blocks share the most."""
    if not old or len(old) * len(new) > MOST_PAIRS:
        return [(-1, j) for j in range(len(new))]
    bags = [Counter(word.text for word in block.words) for block in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    shared = [[_shared(bag, Counter(word.text for word in block.words)) for block in new] for bag in bags]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both = shared[i][j] + best[i + 1][j + 1] if shared[i][j] >= ALIKE else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    return list(_walk(best, shared))


def _walk(best: list[list[float]], shared: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = 0
    for j in range(len(best[0]) - 1):
        while i < len(shared) and best[i][j] == best[i + 1][j] != best[i][j + 1]:
            i += 1
        if i < len(shared) and shared[i][j] >= ALIKE and best[i][j] == shared[i][j] + best[i + 1][j + 1]:
            yield i, j
            i += 1
        else:
            yield -1, j


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """How much of two bags of words is the same: 0 to 1."""
    return 2 * (one & other).total() / (one.total() + other.total())


def _whole(kind: Kind, block: Block) -> Part:
    op: Op = ({"new": "ins", "gone": "del"}.get(kind, "same"), block.words)  # type: ignore[assignment]
    count = len(block.words)
    return Part(kind, _set(block.shape, [op]), count if kind == "new" else 0, count if kind == "gone" else 0)


def _inside(shape: Shape, old: tuple[Word, ...], new: tuple[Word, ...]) -> Part:
    ops = list(_calm(_ops(old, new)))
    added, removed = (
        sum(bool(word.text) for kind, words in ops if kind == wanted for word in words) for wanted in ("ins", "del")
    )
    return Part("changed" if added or removed else "same", _set(shape, ops), added, removed)


def _ops(old: tuple[Word, ...], new: tuple[Word, ...]) -> Iterator[Op]:
    matcher = SequenceMatcher(None, [word.text for word in old], [word.text for word in new])
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield "same", new[c:d]
        else:
            # The space before it went with it, where a stop stands in its place.
            parted = a > 0 and old[a - 1].space and not (c > 0 and new[c - 1].space)
            yield "del", (Word("", " "), *old[a:b]) if parted and a < b else old[a:b]
            yield "ins", new[c:d]


def _calm(ops: Iterable[Op]) -> Iterator[Op]:
    """One short word that stands on both sides of a change is part of it: else a sentence reads as confetti."""
    gone: tuple[Word, ...] = ()
    come: tuple[Word, ...] = ()
    bridge: tuple[Word, ...] = ()
    for kind, words in ops:
        if kind == "same" and (gone or come) and len(words) == 1 and len(words[0].text) < 4:
            bridge = words
            continue
        if kind == "same" or not words:
            if kind == "same":
                yield from (("del", gone), ("ins", come), ("same", (*bridge, *words)))
                gone = come = bridge = ()
            continue
        if kind == "del":
            gone = (*gone, *bridge, *words)
            come = (*come, *bridge)
        else:
            gone, come = ((*gone, *bridge), (*come, *bridge, *words))
        bridge = ()
    yield from (("del", gone), ("ins", come), ("same", bridge))


def _set(shape: Shape, ops: Iterable[Op]) -> str:
    """Words in their runs, within the tags of their block."""
    said = "".join(_run(kind, words) for kind, words in ops if words)
    return "".join(shape) + said + "".join(_end(tag) for tag in reversed(shape))


def _run(kind: str, words: tuple[Word, ...]) -> str:
    said = ""
    for marks, same in groupby(words, key=lambda word: word.marks):
        # What was struck out leads nowhere any more.
        kept = [tag for tag in marks if kind != "del" or not tag.startswith("<a")]
        text = "".join(escape(word.text, quote=False) + word.space for word in same)
        inner, gap = text.rstrip(" "), " " * text.endswith(" ")
        said += "".join(kept) + inner + "".join(_end(tag) for tag in reversed(kept)) + gap
    gap = " " * said.endswith(" ")
    return said if kind == "same" else f"<{kind}>{said.rstrip(' ')}</{kind}>{gap}"


def _end(tag: str) -> str:
    return f"</{tag[1:].split()[0].rstrip('>')}>"
