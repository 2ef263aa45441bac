"""Replays a month of headlines, and asks at each snapshot of a news app's editors: were our ten stories theirs?

`stream.tsv.gz` is taken in its own order; a title is its host, and behind an archive's or aggregator's link the host of
the article itself. `editors-top.tsv.gz` gives no zone: read as the clock of Chicago (the app's list carries a section
of that city) its headlines appear minutes after they are published, read as UTC they would appear hours before. Of a
snapshot the ranked places of section "top" count; the magazine and audio cards beside them have no rank. A story of
ours meets a place where any headline it has by then is alike (see `headlines`) to the place's headline or to its
article's own.

Ours is the lead and top of `front.compose` over `significance` with the previous snapshot's page, for the world's
edition; of a copy there is only the headline to know it by (`ranking.wordings`), of a live page its address. Every
order ranks the same stories: those told within 24 hours. "Largest" is by accounts within those hours, "newest" by the
latest account, "random" is the mean of DRAWS draws.
"""

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean
from zoneinfo import ZoneInfo

from inkstand.articles.live import on_live_page
from inkstand.ops.bench.front.headlines import Index, Stems
from inkstand.ops.bench.front.measure import TOP, overlap_and_ndcg
from inkstand.ops.bench.front.newsrooms import Newsroom, host, newsroom
from inkstand.ops.bench.front.placing import place as placing
from inkstand.ranking.front import Candidate, Front, Rules, compose
from inkstand.ranking.significance import Evidence, Voice, significance
from inkstand.ranking.wordings import Wordings

EDITORS_CLOCK = ZoneInfo("America/Chicago")
TOLD = timedelta(hours=24)
DRAWS = 20
Figures = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Account:
    at: datetime
    title: int
    newsroom: Newsroom
    headline: str
    live: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`headlines` holds, for each place from the top, the wordings that the editors gave it."""

    at: datetime
    headlines: tuple[frozenset[str], ...]


@dataclass(slots=True)
class Story:
    """What is known of a story by the replay's clock."""

    accounts: list[int] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    wordings: Wordings = field(default_factory=Wordings)

    def add(self, number: int, account: Account) -> None:
        self.accounts.append(number)
        room, copy = account.newsroom, self.wordings.repeats(account.headline)
        self.voices.append(Voice(account.title, account.at, room.country, room.weight, copy, live=account.live))

    def moved(self) -> datetime:
        return self.voices[-1].told

    def told_since(self, moment: datetime) -> int:
        return sum(voice.told > moment for voice in self.voices)

    def candidate(self, number: int, now: datetime) -> Candidate:
        score = significance(Evidence(self.voices[0].told, tuple(self.voices)), now)
        return Candidate(number, score, tuple({voice.title: None for voice in self.voices}), self.moved())


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    accounts = read_stream(data / "stream.tsv.gz")
    snapshots = read_editors(data / "editors-top.tsv.gz")
    say(f"{len(accounts)} headlines, {len(snapshots)} snapshots of the editors' top")
    index = Index([account.headline for account in accounts])
    alike = {h: index.alike(h) for h in {h for s in snapshots for place in s.headlines for h in place}}
    say(f"{sum(map(bool, alike.values()))} of {len(alike)} of the editors' headlines are told in the stream")
    return _figures([(s.at, f) for s, f in zip(snapshots, _replay(accounts, snapshots, alike), strict=True)])


def read_stream(path: Path) -> list[Account]:
    titles: dict[str, int] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [_account(row, titles) for row in rows if len(row) >= 3]


def _account(row: Sequence[str], titles: dict[str, int]) -> Account:
    name = host(row[2])
    return Account(
        datetime.fromtimestamp(int(row[0]), UTC),
        titles.setdefault(name, len(titles)),
        newsroom(name),
        row[1],
        on_live_page(row[2]),
    )


def read_editors(path: Path) -> list[Snapshot]:
    places: dict[str, dict[str, set[str]]] = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ranked = [row for row in rows if row["section"] == "top" and row["rank"].isdigit()]
    for row in sorted(ranked, key=lambda row: (row["run_time"], int(row["rank"]))):
        words = {row["headline"], row["article_headline"]} - {"", None}
        places[row["run_time"]].setdefault(row["link"] or row["headline"], set()).update(words)
    return [Snapshot(_clock(at), tuple(frozenset(p) for p in there.values())) for at, there in places.items()]


def _clock(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=EDITORS_CLOCK).astimezone(UTC)


def _replay(accounts: list[Account], snapshots: list[Snapshot], alike: dict[str, set[int]]) -> Iterator[Figures]:
    stems, draw = Stems(), random.Random(2026)  # noqa: S311 (nothing secret)
    texts = [stems(account.headline) for account in accounts]
    placed = list(placing(texts, [account.at.timestamp() for account in accounts]))
    stories: dict[int, Story] = defaultdict(Story)
    front: Front | None = None
    read = 0
    for snapshot in snapshots:
        while read < len(accounts) and accounts[read].at <= snapshot.at:
            stories[placed[read]].add(read, accounts[read])
            read += 1
        live = {n: story for n, story in stories.items() if story.moved() > snapshot.at - TOLD}
        front = compose([story.candidate(n, snapshot.at) for n, story in live.items()], front, Rules(), snapshot.at)
        yield _compare(live, front, snapshot, alike, draw)


def _compare(
    live: dict[int, Story],
    front: Front,
    snapshot: Snapshot,
    alike: dict[str, set[int]],
    draw: random.Random,
) -> Figures:
    told = [set().union(*(alike[headline] for headline in place)) for place in snapshot.headlines]

    def meets(story: int) -> list[int]:
        return [
            place for place, accounts_alike in enumerate(told) if not accounts_alike.isdisjoint(live[story].accounts)
        ]

    def measured(order: Sequence[int]) -> tuple[float, float]:
        return overlap_and_ndcg(order, meets, len(told))

    recent = {s: story.told_since(snapshot.at - TOLD) for s, story in live.items()}
    draws = [measured(draw.sample(list(live), min(TOP, len(live)))) for _ in range(DRAWS)]
    return {
        "ours": measured([slot.story for slot in front.headed()]),
        "largest": measured(sorted(live, key=lambda s: (-recent[s], s))),
        "newest": measured(sorted(live, key=lambda s: -live[s].accounts[-1])),
        "random": (fmean(d[0] for d in draws), fmean(d[1] for d in draws)),
    }


def _figures(measured: list[tuple[datetime, Figures]]) -> dict[str, object]:
    middle = measured[len(measured) // 2][0]
    whole = _means([figures for _, figures in measured])
    halves = {
        "first_half": _means([figures for at, figures in measured if at < middle]),
        "second_half": _means([figures for at, figures in measured if at >= middle]),
    }
    best = max(whole[order]["overlap10"] for order in whole if order != "ours")
    return {
        "overlap10": whole["ours"]["overlap10"],
        "ndcg10": whole["ours"]["ndcg10"],
        "best_baseline_overlap10": best,
        "times_best_baseline": whole["ours"]["overlap10"] / best,
        "snapshots": len(measured),
        "orders": whole,
        **halves,
    }


def _means(figures: list[Figures]) -> dict[str, dict[str, float]]:
    return {
        order: {"overlap10": fmean(f[order][0] for f in figures), "ndcg10": fmean(f[order][1] for f in figures)}
        for order in figures[0]
    }
