"""What one's own readers read together, as a space of texts in which a reader's taste is a point.

Texts become counts of characters and pairs of characters, so that no language is preferred; their main directions
are found (latent semantic analysis), then turned and scaled so that the distance between two articles of one reader
is 1 in every direction and `spread` says how far readers differ along it (Ioffe, Probabilistic Linear Discriminant
Analysis, 2006, with a diagonal spread). Nothing here knows what was shown, opened or popular.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Places = npt.NDArray[np.intp]

GRAMS = 8000  # the most common; rarer ones tell one text, not a taste
WIDTH = 160
READ_OF_TEXT = 600  # characters
ROUNDS = 4
CHUNK = 1000  # texts held as a full table at a time, 32 MB
SHRINK = 1.0  # how far the scatter within readers is drawn to a ball: they are few and texts are many
FEWEST_READ = 2  # a reader of one article does not show what goes together


@dataclass(frozen=True, slots=True)
class Wordings:
    """Headlines as sparse rows of weighed grams, each of length 1: row n is `starts[n]` to `starts[n + 1]`."""

    places: Places
    weights: Floats
    starts: Places

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, rows: Places) -> "Wordings":
        lengths = np.diff(self.starts)[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)
        return Wordings(self.places[places], self.weights[places], starts)

    def joined(self, others: "Wordings") -> "Wordings":
        places, weights = np.concatenate([self.places, others.places]), np.concatenate([self.weights, others.weights])
        return Wordings(places, weights, np.concatenate([self.starts, self.starts[-1] + others.starts[1:]]))

    def mean(self, shares: Floats) -> Floats:
        """The mean row, each counted by its share; GRAMS numbers."""
        each = np.repeat(shares, np.diff(self.starts))
        sums = np.bincount(self.places, self.weights * each, GRAMS).astype(np.float64)
        return sums / max(1e-9, float(shares.sum()))

    def against(self, row: Floats) -> Floats:
        """The dot product of each row with a full one."""
        sums = np.concatenate([[0.0], np.cumsum(row[self.places] * self.weights)])
        dots: Floats = sums[self.starts[1:]] - sums[self.starts[:-1]]
        return dots


@dataclass(frozen=True, slots=True)
class Texts:
    """Articles as the space sees them: `points` has a row of WIDTH numbers each, `wordings` their headlines."""

    points: Floats
    wordings: Wordings

    def take(self, rows: Sequence[int]) -> "Texts":
        chosen = np.array(rows, np.intp)
        return Texts(self.points[chosen], self.wordings.take(chosen))

    def joined(self, others: "Texts") -> "Texts":
        return Texts(np.concatenate([self.points, others.points]), self.wordings.joined(others.wordings))


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader's point and words. `read` is how many articles it comes from, parts of articles counted in part."""

    point: Floats
    words: Floats
    read: float


@dataclass(frozen=True, slots=True)
class Space:
    """`grams` are numbered; `rarity` is parallel to them. `basis` is GRAMS × WIDTH, `turn` WIDTH × WIDTH."""

    grams: dict[str, int]
    rarity: Floats
    basis: Floats
    centre: Floats
    turn: Floats
    spread: Floats

    def texts(self, headlines: Sequence[str], leads: Sequence[str]) -> Texts:
        counted = [_count(f"{headline} {lead}") for headline, lead in zip(headlines, leads, strict=True)]
        mains = [_unit(table @ self.basis) for table in _tables(counted, self.grams, self.rarity)]
        points = np.concatenate(mains) if mains else np.zeros((0, len(self.centre)))
        return Texts((points - self.centre) @ self.turn, self.wordings(headlines))

    def wordings(self, headlines: Sequence[str]) -> Wordings:
        rows = [self._wording(_count(headline)) for headline in headlines]
        starts = np.cumsum([0, *(len(places) for places, _ in rows)])
        empty = np.zeros(0)
        places = np.concatenate([empty.astype(np.intp), *(places for places, _ in rows)])
        return Wordings(places, np.concatenate([empty, *(weights for _, weights in rows)]), starts)

    def _wording(self, counts: Counter[str]) -> tuple[Places, Floats]:
        known = [(self.grams[gram], 1 + log(n)) for gram, n in counts.items() if gram in self.grams]
        places = np.array([place for place, _ in known], np.intp)
        weights = np.array([weight for _, weight in known]) * self.rarity[places]
        return places, weights / max(1e-9, float(np.linalg.norm(weights)))

    def reader(self, read: Texts, shares: Floats) -> Reader:
        """Who read these texts, each by a share from 0 to 1. With few texts the point stays near the middle of all."""
        certain = float(shares.sum())
        point = (shares @ read.points) * self.spread / (1 + certain * self.spread)
        return Reader(point, read.wordings.mean(shares), certain)

    def liking(self, reader: Reader, offered: Texts) -> Floats:
        """How near each text is to the reader's taste: about -1 to 1 for a seasoned reader, 0 for one of no reads."""
        lengths = np.linalg.norm(offered.points * np.sqrt(self.spread), axis=1)
        near: Floats = offered.points @ reader.point / np.maximum(lengths, 1e-9)
        return near


def learn(headlines: Sequence[str], leads: Sequence[str], histories: Iterable[Sequence[int]]) -> Space:
    """`histories` hold, for each reader, the places in `headlines` and `leads` of what that reader read."""
    counted = [_count(f"{headline} {lead}") for headline, lead in zip(headlines, leads, strict=True)]
    seen = Counter(gram for counts in counted for gram in counts)
    grams = {gram: place for place, (gram, _) in enumerate(seen.most_common(GRAMS))}
    rarity = np.array([log((1 + len(counted)) / (1 + seen[gram])) + 1 for gram in grams])
    tables = list(_tables(counted, grams, rarity))
    basis = _main_directions(tables)
    points = np.concatenate([_unit(table @ basis) for table in tables])
    return Space(grams, rarity, basis, *turned(points, histories))


def _count(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word in text[:READ_OF_TEXT].casefold().split():
        edged = f" {word} "
        counts.update(word)
        counts.update(map(str.__add__, edged, edged[1:]))
    return counts


def _tables(counted: Sequence[Counter[str]], grams: dict[str, int], rarity: Floats) -> Iterator[Floats]:
    """TF-IDF rows of length 1, CHUNK texts at a time."""
    for start in range(0, len(counted), CHUNK):
        part = counted[start : start + CHUNK]
        table = np.zeros((len(part), len(grams)), np.float32)
        for row, counts in zip(table, part, strict=True):
            places = [grams[gram] for gram in counts if gram in grams]
            row[places] = [1 + log(n) for gram, n in counts.items() if gram in grams]
        yield _unit(table * rarity.astype(np.float32))


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = rows / np.maximum(lengths, 1e-9)
    return unit


def _main_directions(tables: list[Floats]) -> Floats:
    """The first right singular vectors, by randomised subspace iteration (Halko, Martinsson and Tropp, 2011)."""
    size = tables[0].shape[1]
    width = min(WIDTH, size, sum(len(table) for table in tables))
    found: Floats = np.random.default_rng(1605).standard_normal((size, min(size, width + 20)))
    for _ in range(ROUNDS):
        found, _upper = np.linalg.qr(sum(table.T @ (table @ found.astype(np.float32)) for table in tables))
    square = sum((table @ found).T @ (table @ found) for table in tables)
    _sizes, axes = np.linalg.eigh(square)
    main: Floats = found @ axes[:, ::-1][:, :width]
    return main


def turned(points: Floats, histories: Iterable[Sequence[int]]) -> tuple[Floats, Floats, Floats]:
    """Centre, turn and spread of a space: whitens what varies within a reader, then takes the axes along which readers
    differ. `points` are the texts in their main directions."""
    width = points.shape[1]
    several = [list(history) for history in histories if len(history) >= FEWEST_READ]
    if not several:
        return points.mean(axis=0), np.eye(width), np.ones(width)
    read = points[[place for history in several for place in history]]
    apart = np.concatenate([points[history] - points[history].mean(axis=0) for history in several])
    within = apart.T @ apart / max(1, len(read) - len(several))
    whiten = _whitening(within + SHRINK * np.trace(within) / width * np.eye(width))
    spread, axes = np.linalg.eigh(whiten.T @ (np.cov(read.T) - within) @ whiten)
    return read.mean(axis=0), whiten @ axes, np.maximum(spread, 0.0)


def _whitening(scatter: Floats) -> Floats:
    sizes, axes = np.linalg.eigh(scatter)
    whitening: Floats = axes / np.sqrt(np.maximum(sizes, 1e-12))
    return whitening
