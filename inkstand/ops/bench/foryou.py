"""Does For You put first what readers then opened? Real impressions of real readers, by held-out readers.

`impressions.tsv.gz` (id, reader, time, what was read before, what was shown with 1 where opened) and
`impressions-news.tsv.gz` (id, headline, lead). Readers are dealt into FOLDS folds. What a fold's readers are scored
with comes from the other folds alone: which articles readers read together, how often each story was opened beside
how often it was expected to be (at any time of the five days), and when it was first shown. The four weights of a fold
are fitted on the other folds' impressions. The texts' main directions, which know no reader, are found once for all.

The figures are means over the impressions whose stories with text were not all opened nor all passed over, over those
stories; `all_auc` is over every story of every impression, where one without text has popularity and age alone.
`auc_earlier` knows of popularity only what happened before each impression. `popularity` is the opens of other readers
over how often it was shown to them, smoothed; `tfidf` is the mean cosine of a story with what was read before.
"""

import gzip
import random
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, median

import numpy as np
import numpy.typing as npt

from inkstand.ops.train.foryou import PARTS, fit
from inkstand.ranking import taste
from inkstand.ranking.foryou import Offer, Shelf, features, score, shelf
from inkstand.ranking.profile import Profile, Read
from inkstand.ranking.taste import Floats, Reader, Space, Texts, Wordings

FOLDS = 5
PRIOR_SHOWN = 25
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Impression:
    reader: str
    at: datetime
    read: tuple[str, ...]
    shown: tuple[str, ...]
    opened: Floats


@dataclass(frozen=True, slots=True)
class Data:
    impressions: list[Impression]
    headlines: list[str]
    leads: list[str]
    places: dict[str, int]


@dataclass(slots=True)
class Known:
    """What other readers did with one story, in order of time."""

    at: list[datetime] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    expected: list[float] = field(default_factory=list)

    def before(self, moment: datetime) -> "Known":
        count = bisect_left(self.at, moment)
        return Known(self.at[:count], self.opened[:count], self.expected[:count])


@dataclass(frozen=True, slots=True)
class Row:
    """One impression, an entry for each story shown. `features` has a column for each of PARTS; `earlier` is the column
    "popular" as known before the impression. `told` is True where the story has text."""

    fold: int
    opened: Floats
    told: npt.NDArray[np.bool_]
    features: Floats
    earlier: Floats
    popularity: Floats
    tfidf: Floats

    def with_text(self) -> "Row":
        told = self.told
        return Row(
            self.fold,
            self.opened[told],
            told[told],
            self.features[told],
            self.earlier[told],
            self.popularity[told],
            self.tfidf[told],
        )

    @property
    def decided(self) -> bool:
        return 0 < int(self.opened.sum()) < len(self.opened)


def run(data: Path, say: Say) -> dict[str, object]:
    rows = scored(read(data), say)
    told = [row for row in map(Row.with_text, rows) if row.decided]
    chance = np.random.default_rng(11)
    ours = _means(_by_folds(told, told), told)
    earlier = [replace(row, features=_earlier(row)) for row in told]
    return {
        **ours,
        "auc_without_popularity": _means(_by_folds(told, told, ("taste", "words")), told)["auc"],
        "auc_earlier": _means(_by_folds(earlier, earlier), told)["auc"],
        "random_auc": _means([chance.random(len(row.opened)) for row in told], told)["auc"],
        "popularity_auc": _means([row.popularity for row in told], told)["auc"],
        "tfidf_auc": _means([row.tfidf for row in told], told)["auc"],
        "all_auc": _means(_by_folds(rows, told), rows)["auc"],
        "all_popularity_auc": _means([row.popularity for row in rows], rows)["auc"],
        "impressions": len(told),
        "all_impressions": len(rows),
        "ms_500": milliseconds(500),
    }


def _earlier(row: Row) -> Floats:
    return np.column_stack([row.features[:, :2], row.earlier, row.features[:, 3]])


def _by_folds(rows: Sequence[Row], taught: Sequence[Row], parts: Sequence[str] = PARTS) -> list[Floats]:
    """Each row's values by weights that were fitted on `taught` rows of the other folds."""
    columns = [PARTS.index(part) for part in parts]
    weights = {}
    for fold in range(FOLDS):
        others = [row for row in taught if row.fold != fold]
        weights[fold] = fit([row.features[:, columns] for row in others], [row.opened for row in others])
    return [row.features[:, columns] @ weights[row.fold] for row in rows]


def _means(values: Sequence[Floats], rows: Sequence[Row]) -> dict[str, float]:
    measured = [_measure(value, row.opened) for value, row in zip(values, rows, strict=True) if row.decided]
    return {name: fmean(one[name] for one in measured) for name in ("auc", "mrr", "ndcg5", "ndcg10")}


def _measure(values: Floats, opened: Floats) -> dict[str, float]:
    """AUC with ties counted half; the others in the values' order, ties in the order shown (MIND's own measures)."""
    more = (values[opened > 0][:, None] - values[opened == 0][None, :]).ravel()
    ranked = opened[np.argsort(-values, kind="stable")]
    places = 1 / (1 + np.arange(len(ranked)))
    return {
        "auc": float(np.mean((more > 0) + 0.5 * (more == 0))),
        "mrr": float(ranked @ places / ranked.sum()),
        "ndcg5": _ndcg(ranked, 5),
        "ndcg10": _ndcg(ranked, 10),
    }


def _ndcg(ranked: Floats, most: int) -> float:
    discount = 1 / np.log2(np.arange(2, most + 2))
    ideal = discount[: min(most, int(ranked.sum()))].sum()
    return float(ranked[:most] @ discount[: len(ranked)] / ideal)


def read(data: Path) -> Data:
    with gzip.open(data / "impressions-news.tsv.gz", "rt", encoding="utf-8") as lines:
        news = [(*line.rstrip("\n").split("\t"), "", "")[:3] for line in lines]
    with gzip.open(data / "impressions.tsv.gz", "rt", encoding="utf-8") as lines:
        impressions = [_impression(line.rstrip("\n").split("\t")) for line in lines]
    places = {key: place for place, (key, _, _) in enumerate(news)}
    return Data(impressions, [headline for _, headline, _ in news], [lead for *_, lead in news], places)


def _impression(columns: Sequence[str]) -> Impression:
    _, reader, at, history, stories = columns
    shown = [story.rsplit("-", 1) for story in stories.split()]
    opened = np.array([float(mark) for _, mark in shown])
    moment = datetime.strptime(at, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=UTC)
    return Impression(reader, moment, tuple(dict.fromkeys(history.split())), tuple(key for key, _ in shown), opened)


def scored(data: Data, say: Say) -> list[Row]:
    """A row for each impression, in order of folds."""
    space = taste.learn(data.headlines, data.leads, [])
    texts = space.texts([*data.headlines, ""], [*data.leads, ""])
    wholes = space.wordings([*map("{} {}".format, data.headlines, data.leads), ""])
    say(f"{len(data.headlines)} texts in {len(space.grams)} grams and {texts.points.shape[1]} directions")
    readers = sorted({impression.reader for impression in data.impressions})
    random.Random(5).shuffle(readers)  # noqa: S311 (nothing secret)
    folds = {reader: place % FOLDS for place, reader in enumerate(readers)}
    rows: list[Row] = []
    for fold in range(FOLDS):
        others = [impression for impression in data.impressions if folds[impression.reader] != fold]
        turned, points = _turned(space, texts, data.places, others)
        held_out = _Fold(fold, data.places, turned, Texts(points, texts.wordings), wholes, _known(others))
        rows += [held_out.row(impression) for impression in data.impressions if folds[impression.reader] == fold]
        say(f"fold {fold + 1} of {FOLDS}: known from {len(others)} impressions of other readers")
    return rows


def _turned(space: Space, texts: Texts, places: dict[str, int], others: list[Impression]) -> tuple[Space, Floats]:
    """The space as the others' reading turns it; so far it lies as the texts alone left it. The last row, of a story
    without text, stays in the middle."""
    mains = texts.points + space.centre
    histories = {impression.reader: [places[k] for k in impression.read if k in places] for impression in others}
    centre, turn, spread = taste.turned(mains, histories.values())
    points = (mains - centre) @ turn
    points[-1] = 0
    return replace(space, centre=centre, turn=turn, spread=spread), points


def _known(others: Sequence[Impression]) -> dict[str, Known]:
    known: dict[str, Known] = defaultdict(Known)
    for impression in sorted(others, key=lambda i: i.at):
        expected = float(impression.opened.mean())
        for key, opened in zip(impression.shown, impression.opened, strict=True):
            known[key].at.append(impression.at)
            known[key].opened.append(float(opened))
            known[key].expected.append(expected)
    return known


@dataclass(frozen=True, slots=True)
class _Fold:
    """What the readers of one fold are scored with."""

    number: int
    places: dict[str, int]
    space: Space
    texts: Texts
    wholes: Wordings
    known: dict[str, Known]

    def row(self, impression: Impression) -> Row:
        now, shown = impression.at, [self.places.get(key, -1) for key in impression.shown]
        read = [self.places[key] for key in impression.read if key in self.places]
        known = [self.known.get(key, Known()) for key in impression.shown]
        reader = self.space.reader(self.texts.take(read), np.ones(len(read)))
        offered = shelf([_offer(k, now) for k in known], now, texts=self.texts.take(shown), space=self.space)
        earlier = shelf([_offer(k.before(now), now) for k in known], now)
        parts = features(offered, reader)
        history = self.wholes.take(np.array(read, np.intp)).mean(np.ones(len(read)))
        return Row(
            self.number,
            impression.opened,
            np.array(shown) >= 0,
            np.column_stack([parts[part] for part in PARTS]),
            earlier.popular,
            np.array([(sum(k.opened) + 1) / (len(k.opened) + PRIOR_SHOWN) for k in known]),
            self.wholes.take(np.array(shown)).against(history),
        )


def _offer(known: Known, now: datetime) -> Offer:
    return Offer(0, 0.0, min([*known.at[:1], now]), (), sum(known.opened), sum(known.expected))


def milliseconds(count: int, reads: int = 100, rounds: int = 31) -> float:
    """The median time of scoring `count` offers for one reader with everything known, cards and reasons included."""
    now, draw = datetime(2026, 1, 1, tzinfo=UTC), random.Random(3)  # noqa: S311 (nothing secret)
    words = ["".join(draw.choices("abcdefghij", k=6)) for _ in range(400)]
    headlines = [" ".join(draw.choices(words, k=9)) for _ in range(count)]
    leads = [" ".join(draw.choices(words, k=30)) for _ in range(count)]
    space = taste.learn(headlines, leads, [draw.sample(range(count), 20) for _ in range(200)])
    texts = space.texts(headlines, leads)
    keys = [(f"title:{draw.randrange(40)}", f"section:{draw.randrange(8)}") for _ in range(count)]
    offers = [Offer(n, draw.random() * 9, now, key, draw.random() * 9, 3.0) for n, key in enumerate(keys)]
    read = tuple(Read(n, n, keys[n], 1.0, now) for n in range(min(reads, count)))
    profile = Profile(reads=read, likes={key: 2.0 for pair in keys[:reads] for key in pair})
    reader = space.reader(texts.take(range(len(read))), np.ones(len(read)))
    today = shelf(offers, now, texts=texts, space=space)
    return 1000 * median(_timed(profile, today, reader) for _ in range(rounds))


def _timed(profile: Profile, today: Shelf, reader: Reader) -> float:
    began = time.perf_counter()
    score(profile, today, reader)
    return time.perf_counter() - began
