"""What is seen of each block: itself, the way up from it, its neighbours, the page, and a second reader's opinion.

A feature is a tuple; one that begins with a name in `MASKED` carries a bit mask in its last place and stands for each
bit of it. Nothing here weighs anything: `weights.py` does.
"""

import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass

from inkstand.wire.extract.blocks import Block, Place
from inkstand.wire.extract.signs import MENTIONS, OPENINGS, mask

Feature = tuple[object, ...]

MASKED = frozenset({"own", "over", "in", "out", "within"})
_AGAINST = mask("comment", "related", "side", "foot", "nav", "sign-up", "share", "ad", "hidden")
_FOR = mask("body", "article", "main")
_AFTER = mask("comment", "share", "tag", "related", "foot", "by")
_TAGS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "li", "div", "td", "th", "blockquote", "figcaption", "pre", "span", "a"]
)
_WORD = re.compile(r"\w+")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORT = 400


@dataclass(slots=True)
class Scene:
    """The page as a whole, as each of its blocks is seen against it."""

    sizes: list[int]
    headline: int
    weight: dict[int, int]
    shapes: list[tuple[object, ...]]
    alike: Counter[tuple[object, ...]]
    total: int
    around: set[int]
    core: int
    texts: Counter[str]
    kept: list[bool]


def features(found: list[Block], *, title: str, kept: list[bool]) -> list[list[Feature]]:
    """For each block what is seen of it, nothing for those that are no candidates.

    `kept` says which another extractor took for text. Candidates are the blocks it took and those of the core: of
    18,000 blocks of real pages neither held, four were text.
    """
    sizes = [_size(block.text) for block in found]
    scene = _scene(found, sizes, _headline(found, sizes, title), kept)
    single = _each(found, scene)
    return [seen + _beside(found, scene, at) if seen else seen for at, seen in enumerate(single)]


def _size(text: str) -> int:
    """Words, or for scripts without spaces half the characters."""
    words = text.count(" ") + 1
    return max(words, len(text) // 2) if words < len(text) / 12 and _IDEOGRAPHS.search(text) else words


def _headline(found: list[Block], sizes: list[int], title: str) -> int:
    """Where the block most like the page's title stands; the first h1 where none is; -1 where there is neither."""
    said, best, place = set(_WORD.findall(title.lower())), 0.5, -1
    for at, (block, size) in enumerate(zip(found, sizes, strict=True)):
        if 2 < size < 40 and said:
            words = set(_WORD.findall(block.text.lower()))
            alike = len(words & said) / len(words | said) + 0.25 * (block.place.element.tag in ("h1", "h2", "h3"))
            best, place = (alike, at) if alike > best else (best, place)
    headings = (at for at, block in enumerate(found) if block.place.element.tag == "h1")
    return place if place >= 0 else next(headings, -1)


def kept_by(opinion: str, found: list[Block]) -> list[bool]:
    """Which blocks another extractor's text holds, by how they begin."""
    said = "".join(_WORD.findall(opinion))
    return [bool(opinion) and "".join(_WORD.findall(block.text[:120]))[:80] in said for block in found]


def _scene(found: list[Block], sizes: list[int], headline: int, kept: list[bool]) -> Scene:
    weight: Counter[int] = Counter()
    pull: Counter[int] = Counter()
    shapes = [_shape(block.place) for block in found]
    alike: Counter[tuple[object, ...]] = Counter()
    for at, (block, size) in enumerate(zip(found, sizes, strict=True)):
        if size >= 10 and block.linked < 0.4 * len(block.text):
            way = block.place.way_up()
            weight.update({id(place): size for place in way})
            alike[shapes[at]] += size
            force = _force(block, way, min(size, 100), at > headline)
            for place, share in zip(way[1:4], (1, 2, 5), strict=False):
                pull[id(place)] += force / share  # type: ignore[assignment]  # a Counter adds what it is given
    core = max(pull, key=pull.__getitem__, default=0)
    total = sum(alike.values()) or 1
    return Scene(
        sizes, headline, weight, shapes, alike, total, _around(found, core), core, Counter(b.text for b in found), kept
    )


def _force(block: Block, way: list[Place], size: int, after_headline: bool) -> float:
    said = 0
    for place in way[:-1]:
        said |= place.signs
    force = size * (0.25 if said & _AGAINST else 1) * (1.5 if said & _FOR else 1) * (1 if after_headline else 0.3)
    return force * (1.5 if block.place.element.tag == "p" else 1)


def _around(found: list[Block], core: int) -> set[int]:
    """The places from the core up to the root: what their classes say holds for every block and so says nothing."""
    for block in found:
        way = [id(place) for place in block.place.way_up()]
        if core in way:
            return set(way[way.index(core) :])
    return set()


def _shape(place: Place) -> tuple[object, ...]:
    above = place.above.element if place.above else None
    return (place.element.tag, place.element.get("class"), above.tag if above is not None else "",
            above.get("class") if above is not None else "")  # fmt: skip


def _up_to_core(place: Place, scene: Scene) -> tuple[int, int]:
    """What is said between a block and the core or the nearest place around it; how far the core is, -1 if apart."""
    said = steps = 0
    at: Place | None = place
    while at is not None and id(at) not in scene.around:
        said, steps, at = said | at.signs, steps + 1, at.above
    return said, steps if at is not None and id(at) == scene.core else -1


def _each(found: list[Block], scene: Scene) -> list[list[Feature]]:
    ways = [_up_to_core(block.place, scene) for block in found]
    solid = [
        at
        for at, (said, steps) in enumerate(ways)
        if steps >= 0 and not said & _AGAINST and scene.sizes[at] >= 10 and found[at].linked < 0.4 * len(found[at].text)
    ]
    first, last = (solid[0], solid[-1]) if solid else (0, len(found))
    agreed = [at for at, kept in enumerate(scene.kept) if kept]
    low, high = (agreed[0], agreed[-1]) if agreed else (0, -1)
    seen: list[list[Feature]] = []
    met: set[str] = set()
    ends = 0
    for at, (block, (said, steps)) in enumerate(zip(found, ways, strict=True)):
        where = "b" if at < first else "a" if at > last else "i"
        side = "in" if steps >= 0 else "out"
        row: list[Feature] = []
        if steps >= 0 or scene.kept[at] or not agreed:
            row = _itself(block, scene.sizes[at], side) + _standing(block.place, scene.alike[scene.shapes[at]], scene)
            row += _kept(block, scene, at, side, low <= at <= high)
            row += [
                (side, said), ("core", min(steps, 5)), ("span", where, side), ("ends", min(ends, 3), side),
                ("span", where, side, _coarse(scene.sizes[at])), ("edge", at == first, at == last),
                ("far", bisect((1, 3, 6, 20), min(abs(at - first), abs(at - last))) if where != "i" else -1),
                ("again", block.text in met, scene.texts[block.text] > 1), ("from-headline", _from(at, scene.headline)),
            ]  # fmt: skip
        ends += at > first and bool(said & _AFTER)
        met.add(block.text)
        seen.append(row)
    return seen


def _kept(block: Block, scene: Scene, at: int, side: str, between: bool) -> list[Feature]:
    kept = scene.kept[at]
    paragraph = block.place.element.tag in ("p", "li")
    return [("agreed", kept, between), ("agreed", kept, _coarse(scene.sizes[at])), ("agreed", kept, side),
            ("agreed", kept, "paragraph", paragraph)]  # fmt: skip


def _from(at: int, headline: int) -> int:
    return -2 if headline < 0 else -1 if at < headline else bisect((1, 2, 4, 8, 16), at - headline)


def _coarse(size: int) -> int:
    return bisect((4, 14, 40), size)


def _linked(block: Block) -> int:
    return bisect((0.001, 0.2, 0.5, 0.8, 0.99), block.linked / len(block.text))


def _itself(block: Block, size: int, side: str) -> list[Feature]:
    text, coarse, linked = block.text, _coarse(size), _linked(block)
    tag = block.place.element.tag if block.place.element.tag in _TAGS else ""
    end, few = _end(text), min(linked, 3)
    row: list[Feature] = [
        ("tag", tag), ("tag", tag, side), ("size", bisect((2, 4, 8, 14, 24, 40, 80), size)), ("linked", linked),
        ("size", coarse, few), ("size", coarse, few, side),
        ("end", end), ("end", end, coarse), ("end", end, "linked", few),
        ("start", _start(text)), ("comma", "," in text), ("upper", text.isupper(), linked > 2),
        ("within", block.place.within),
    ]  # fmt: skip
    if 2 < size < 80:
        capitals = bisect((0.15, 0.3, 0.5, 0.75), sum(word[0].isupper() for word in text.split()) / size)
        row += [("capitals", capitals), ("capitals", capitals, linked > 2)]
    for style, marked in (("bold", block.bold), ("italic", block.italic)):
        if marked > 0.9 * len(text):
            row += [(style,), (style, coarse), (style, "linked", linked > 2)]
    return row + _phrases(text.lower(), coarse) if len(text) < _SHORT else row


def _phrases(text: str, coarse: int) -> list[Feature]:
    row: list[Feature] = [("opens", at, coarse) for at, opening in enumerate(OPENINGS) if opening.match(text)]
    for at, mentions in enumerate(MENTIONS):
        for mention in mentions:
            if mention in text:
                row.append(("mentions", at, coarse))
                break
    return row


def _end(text: str) -> str:
    last = text[-1]
    return "stop" if last in ".!?…。！？" else "quote" if last in "\"”'’)»" else "colon" if last == ":" else ""


def _start(text: str) -> str:
    first = text[0]
    return "low" if first.islower() else "digit" if first.isdigit() else "" if first.isalnum() else "sign"


def _standing(place: Place, alike: int, scene: Scene) -> list[Feature]:
    """What the place and the one over it say, and how much of the page's text stands under each on the way up."""
    over = place.above
    row: list[Feature] = [("own", place.signs), ("shape", bisect((0.001, 0.1, 0.4, 0.7), alike / scene.total))]
    if over is not None and id(over) not in scene.around:
        row.append(("over", over.signs))
    for steps in (1, 2, 3, 4):
        share = scene.weight.get(id(over), 0) / scene.total if over is not None else 1.0
        row.append(("under", steps, bisect((0.02, 0.15, 0.4, 0.7, 0.9), share)))
        over = over.above if over is not None else None
    return row


def _beside(found: list[Block], scene: Scene, at: int) -> list[Feature]:
    row: list[Feature] = []
    here = found[at].place
    for step in (-2, -1, 1, 2):
        if not 0 <= at + step < len(found):
            row.append(("beside", step))
            continue
        there = found[at + step]
        row.append(("beside", step, bisect((4, 10, 24, 50), scene.sizes[at + step]), min(_linked(there), 3)))
        row.append(("beside", step, "agreed", scene.kept[at + step], scene.kept[at]))
        if step in (-1, 1):
            same = there.place.above is here.above or there.place is here
            row.append(("beside", step, "tag", there.place.element.tag if there.place.element.tag in _TAGS else ""))
            row.append(("beside", step, "end", _end(there.text), same))
            row.append(("beside", step, "shape", scene.shapes[at + step] == scene.shapes[at]))
    return row
