"""The front page: what is on it and in which order, decided from scored stories alone."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from inkstand.ranking.significance import Score


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that may be on the page.

    `titles` are those that can tell it here, the best account first. `section` is "" where nobody filed it. `moved`
    is when its newest account came. `running` is the running story it belongs to.
    """

    story: int
    score: Score
    titles: tuple[int, ...]
    moved: datetime
    section: str = ""
    running: int | None = None
    pick: bool = False
    good_news: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on the page: whose account of which story, and what put it there."""

    story: int
    title: int
    score: Score


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """A page as made at `made`. No story is on it twice."""

    made: datetime
    lead: Slot | None = None
    top: tuple[Slot, ...] = ()
    sections: tuple[Section, ...] = ()
    latest: tuple[Slot, ...] = ()
    picks: tuple[Slot, ...] = ()
    good_news: tuple[Slot, ...] = ()

    def headed(self) -> tuple[Slot, ...]:
        """The lead and the top stories."""
        return (self.lead, *self.top) if self.lead else self.top

    def slots(self) -> Iterator[Slot]:
        """Every slot as the eye meets them."""
        yield from self.headed()
        for part in (self.picks, *(section.slots for section in self.sections), self.good_news, self.latest):
            yield from part


@dataclass(frozen=True, slots=True)
class Rules:
    """`top` counts the lead. Shares are of the top, at least one place. `margin` is by how much a story must outweigh
    the one above it before the two change places: less than that is no reason a reader would see."""

    top: int = 10
    sections: tuple[str, ...] = ("World", "Politics", "Business", "Technology", "Science", "Culture", "Sport")
    of_section: int = 4
    fewest_of_section: int = 2
    latest: int = 8
    picks: int = 4
    good_news: int = 3
    title_share: float = 0.3
    section_share: float = 0.6
    running_share: float = 0.4
    margin: float = 0.15


def compose(stories: Sequence[Candidate], previous: Front | None, rules: Rules, now: datetime) -> Front:
    """Stories that editors buried have no points and are left out."""
    worth = _calm([story for story in stories if story.score.value > 0 and story.titles], previous, rules.margin)
    used: set[int] = set()
    top = fill(worth, rules.top, rules, used, crowding=True)
    picks = fill([s for s in worth if s.pick], rules.picks, rules, used)
    good_news = fill([s for s in worth if s.good_news], rules.good_news, rules, used)
    followed: set[int] = set()
    sections = tuple(_section(name, worth, rules, used, followed) for name in rules.sections)
    newest = sorted(worth, key=lambda s: (s.moved, s.story), reverse=True)
    latest = fill(newest, rules.latest, rules, used)
    printed = tuple(section for section in sections if section.slots)
    return Front(now, top[0] if top else None, top[1:], printed, latest, picks, good_news)


def _calm(stories: Iterable[Candidate], previous: Front | None, margin: float) -> list[Candidate]:
    """By weight, but in the order a reader last saw wherever the weights do not clearly speak against it."""
    seen = {slot.story: place for place, slot in enumerate(previous.slots())} if previous else {}
    settled: list[Candidate] = []
    for story in sorted(stories, key=lambda s: (seen.get(s.story, len(seen)), -s.score.value, s.story)):
        place = len(settled)
        while place and story.score.value > settled[place - 1].score.value * (1 + margin):
            place -= 1
        settled.insert(place, story)
    return settled


def _section(name: str, stories: Iterable[Candidate], rules: Rules, used: set[int], followed: set[int]) -> Section:
    """`followed` are the running stories that have their one place below the top: more are on pages of their own."""
    free = _apart((story for story in stories if story.section == name and story.story not in used), followed)
    slots = fill(free, rules.of_section, rules, used) if len(free) >= rules.fewest_of_section else ()
    printed = {slot.story for slot in slots}
    followed.update(story.running for story in free if story.running and story.story in printed)
    return Section(name, slots)


def _apart(stories: Iterable[Candidate], followed: Container[int]) -> list[Candidate]:
    """Of each running story the first, and none of those followed already."""
    seen: set[int] = set()
    free: list[Candidate] = []
    for story in stories:
        if not story.running or (story.running not in followed and story.running not in seen):
            free.append(story)
            seen.add(story.running or 0)
    return free


def fill(
    stories: Iterable[Candidate], places: int, rules: Rules, used: set[int], *, crowding: bool = False
) -> tuple[Slot, ...]:
    """Takes the first stories that fit, and notes them in `used`. `crowding` also holds sections and running stories
    to their shares."""
    if places <= 0:
        return ()
    slots: list[Slot] = []
    taken: Counter[tuple[str, object]] = Counter()
    for story in stories:
        title = _title(story, taken, places * rules.title_share)
        if story.story in used or title is None or (crowding and _crowds(story, taken, places, rules)):
            continue
        used.add(story.story)
        taken.update([("title", title), ("section", story.section), ("running", story.running)])
        slots.append(Slot(story.story, title, story.score))
        if len(slots) == places:
            break
    return tuple(slots)


def _title(story: Candidate, taken: Counter[tuple[str, object]], most: float) -> int | None:
    """The best account by a title that still has room here; a pinned story keeps its own."""
    if _pinned(story):
        return story.titles[0]
    return next((title for title in story.titles if taken["title", title] < max(1, most)), None)


def _crowds(story: Candidate, taken: Counter[tuple[str, object]], places: int, rules: Rules) -> bool:
    section, running = taken["section", story.section], taken["running", story.running]
    full = story.section and section >= max(1, places * rules.section_share)
    return not _pinned(story) and bool(full or (story.running and running >= max(1, places * rules.running_share)))


def _pinned(story: Candidate) -> bool:
    return story.score.parts.get("editors", 0) > 0
