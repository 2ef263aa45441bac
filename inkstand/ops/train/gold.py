"""Stories that people have told apart: the sets that training learns from and the bench scores on."""

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

EVENTS = ("allsides", "ecbplus", "fivew", "neus", "roundups")
RUNNING = "uci"
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """One article of a set; `story` is what people say, "" for background. `at` is NaN where no time is known."""

    story: str
    headline: str
    text: str
    at: float

    @property
    def fold(self) -> int:
        """The same for a story in whichever set it turns up."""
        return zlib.crc32(self.story.encode()) % FOLDS


@dataclass(frozen=True, slots=True)
class Scores:
    p: float
    r: float

    @property
    def f1(self) -> float:
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0


def sets(data: Path) -> dict[str, list[Told]]:
    """Every set of `stories.jsonl.gz`, in its given order, which is that of time where times are known."""
    found: dict[str, list[Told]] = {}
    with gzip.open(data / "stories.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found.setdefault(row["set"], []).append(Told(row["story"], row["title"], row["text"], _seconds(row["at"])))
    return found


def background(data: Path, wanted: int) -> list[Told]:
    """`wanted` headlines spread evenly over `stream.tsv.gz`."""
    with gzip.open(data / "stream.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines][1:]
    return [Told("", row[1], "", float(row[0])) for row in rows[:: max(1, len(rows) // wanted)][:wanted]]


def mixed(told: Sequence[Told], others: Sequence[Told]) -> list[Told]:
    """`others` spread evenly through `told`, both in their order."""
    where = [(at / len(told), 0, one) for at, one in enumerate(told)]
    where += [(at / len(others), 1, one) for at, one in enumerate(others)]
    return [one for _, _, one in sorted(where, key=lambda place: place[:2])]


def bcubed(gold: Sequence[str], placed: Sequence[int], only: Sequence[bool] | None = None) -> Scores:
    """Over the articles where `only` is true, against whole stories of both sides (Bagga and Baldwin 1998)."""
    stories, clusters, both = Counter(gold), Counter(placed), Counter(zip(gold, placed, strict=True))
    told = [pair for at, pair in enumerate(zip(gold, placed, strict=True)) if only is None or only[at]]
    p = sum(both[pair] / clusters[pair[1]] for pair in told) / max(len(told), 1)
    r = sum(both[pair] / stories[pair[0]] for pair in told) / max(len(told), 1)
    return Scores(p, r)


def _seconds(text: str) -> float:
    if not text:
        return float("nan")
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
