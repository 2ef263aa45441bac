"""`inkstand bench stories_cost`: what placing costs when the window is full, and as history grows to five million.

Articles are made by joining the front half of one real headline with the back half of another, with three sentences
of real leads behind them: as many words, and rare words as rare, as news has. DISTINCT of them fill the window and
stream through it, coming round and round, each time as stories of their own, without being decided on; at each mark a
few hundred new articles are placed in full, each also against a window that rests where the first mark found it: what
else the machine does weighs on both alike. The plot `docs/plots/stories-cost.png` is drawn from those.
"""

import random
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean, median

from inkstand.ops.train.gold import background, sets
from inkstand.stories.decide import Join
from inkstand.stories.features import Features, pack, unpack
from inkstand.stories.placing import CAPACITY, Placing, restore

BEGAN = 1.7e9  # seconds since 1970
MARKS = (250_000, 500_000, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000)
DISTINCT = 20_000
TIMED = 500  # articles placed in full at each mark, in ten takes
Say = Callable[[str], None]
Made = tuple[str, str, float]
Seconds = tuple[float, float, float]
Read = Callable[[str, str, str], Features]


@dataclass(frozen=True, slots=True)
class PerArticle:
    """CPU seconds that one article takes: read, decided on against the live window and put in it; decided alone; and
    decided against the resting window."""

    whole: float
    decided: float
    at_rest: float

    @property
    def ratio(self) -> float:
        return self.decided / self.at_rest


def run(data: Path, say: Say) -> dict[str, object]:
    """Draws the plot; a quarter of an hour of one core."""
    placing, resting = Placing(), Placing()
    round_and_round, news = coming_round(data, placing.read), islice(made(data), DISTINCT, None)
    _stream(resting, coming_round(data, resting.read), 0, MARKS[0] - TIMED)
    costs: dict[int, PerArticle] = {}
    seen = 0
    for mark in MARKS:
        seen = _stream(placing, round_and_round, seen, mark - TIMED)
        costs[mark], seen = _timed(placing, resting, list(islice(news, TIMED)), seen)
        cost = costs[mark]
        say(
            f"{mark:,} articles seen: {cost.whole * 1000:.2f} ms to place one, {cost.ratio:.2f} of the resting window's"
        )
    _plot({mark: cost.ratio for mark, cost in costs.items()})
    return {
        "ms_by_history": {str(mark): cost.whole * 1000 for mark, cost in costs.items()},
        "ratio_by_history": {str(mark): cost.ratio for mark, cost in costs.items()},
    }


def against_full_window(data: Path, say: Say) -> dict[str, object]:
    """Articles placed per second from text to decision, the window holding CAPACITY; its memory; how long to rebuild
    it. In a process of its own, so that memory is that of placing alone."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(_against_full_window, data).result()
    say(", ".join(f"{name} {value:,.0f}" for name, value in found.items()))
    return found


def _against_full_window(data: Path) -> dict[str, object]:
    placing = Placing()
    seen = _stream(placing, coming_round(data, placing.read), 0, CAPACITY)
    cost, _ = _timed(placing, None, list(islice(made(data), DISTINCT, DISTINCT + TIMED)), seen)
    peak = _peak_mb()  # all of the process: Python, vectors of meaning, window
    return {"placed_s": 1 / cost.whole, "peak_mb": peak, "rebuild_cpu_s": _rebuild_seconds(placing)}


def made(data: Path) -> Iterator[Made]:
    """Endless headline, lead and time, a second apart; the same on every run."""
    pick = random.Random(1605)  # noqa: S311  nothing secret
    heads = [one.headline.split() for one in background(data, 70_000) if len(one.headline.split()) > 3]
    leads = [part for one in sets(data)["neus"] for part in one.text.split(". ") if len(part) > 40]
    at = BEGAN
    while True:
        front, back = pick.choice(heads), pick.choice(heads)
        at += 1
        yield " ".join(front[: len(front) // 2] + back[len(back) // 2 :]), ". ".join(pick.choices(leads, k=3)), at


def coming_round(data: Path, read: Read) -> Iterator[bytes]:
    """DISTINCT articles' features as they lie in the database, endlessly."""
    return cycle(pack(read(headline, lead, "en")) for headline, lead, _ in islice(made(data), DISTINCT))


def _stream(placing: Placing, packed: Iterator[bytes], seen: int, until: int) -> int:
    for number in range(seen + 1, until + 1):
        placing.add(unpack(next(packed)), at=BEGAN + number, story=number, of=number)
    return until


def _timed(placing: Placing, resting: Placing | None, news: list[Made], seen: int) -> tuple[PerArticle, int]:
    """Medians over ten takes."""
    takes = []
    for take in range(10):
        some = news[take::10]
        times = [_one(placing, resting, *one, number) for number, one in enumerate(some, seen + 1)]
        seen += len(some)
        takes.append([fmean(part) for part in zip(*times, strict=True)])
    return PerArticle(*(median(part) for part in zip(*takes, strict=True))), seen


def _one(placing: Placing, resting: Placing | None, headline: str, lead: str, at: float, number: int) -> Seconds:
    began = time.process_time()
    article = placing.read(headline, lead, "en")
    read = time.process_time()
    found = placing.place(article, at)
    decided = time.process_time()
    story, of = (one.story if isinstance(one, Join) else number for one in (found.event, found.running))
    placing.add(article, at=at, story=story, of=of)
    added = time.process_time()
    if resting:
        resting.place(article, at)
    return added - began, decided - read, time.process_time() - added


def _rebuild_seconds(placing: Placing) -> float:
    """From packed features, as they lie in the database, to a window that can place."""
    stored = [(pack(article), at, story, placing.follows[story]) for article, at, story in placing.window.articles()]
    began = time.process_time()
    restore(Placing(), ((unpack(packed), at, story, of) for packed, at, story, of in stored))
    return time.process_time() - began


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _plot(ratios: dict[int, float]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3.5))
    axes.plot([mark / 1e6 for mark in ratios], list(ratios.values()), marker="o")
    axes.set(xlabel="articles ever seen, million", ylabel="CPU time to place one,\nthe resting window's being 1")
    axes.set_title(f"{CAPACITY:,} live articles")
    axes.set_ylim(bottom=0)
    figure.tight_layout()
    path = Path(__file__).resolve().parents[3] / "docs/plots/stories-cost.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=100)
