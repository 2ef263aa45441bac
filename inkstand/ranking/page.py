"""The front page made, kept and read: once a minute (or when an editor wishes), for each language that has news."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from inkstand.articles.sections import SECTIONS
from inkstand.ranking import offers
from inkstand.ranking.central import STRAY
from inkstand.ranking.front import Candidate, Front, Rules, Section, Slot, compose
from inkstand.ranking.gather import Gathered, Told, gather
from inkstand.ranking.models import FrontPage
from inkstand.ranking.opened import opened
from inkstand.ranking.significance import Score, significance, why

RULES = Rules(sections=tuple(section.slug for section in SECTIONS), top=10, of_section=7, latest=12, picks=4)
# An edition of its own from so many stories on; a language with fewer is read among the others, under "".
FEWEST = 12
KEPT = timedelta(days=2)
EVERY = ""


@transaction.atomic
def print_fronts(*, now: datetime) -> list[str]:
    """Makes the front page of every language there is news in; the languages."""
    stories = gather(now)
    scores = {story.story: significance(story.evidence, now) for story in stories}
    by_story = {story.story: story for story in stories}
    popular = opened(now)
    printed = []
    for language in [*languages(stories), EVERY]:
        previous = _newest(language)
        told = {story.story: best_first(story.accounts, language) for story in stories}
        candidates = [candidate(by_story[pk], accounts, scores[pk]) for pk, accounts in told.items() if accounts]
        front = compose(candidates, _front(previous) if previous else None, _rules(candidates), now)
        page = _page(front, by_story, language, now)
        row = FrontPage.objects.create(language=language, made_at=now, page=page)
        offers.write(row, offers.rows(front, candidates, by_story, told, popular))
        printed.append(language)
    FrontPage.objects.filter(made_at__lt=now - KEPT).delete()
    return printed


def _rules(candidates: Sequence[Candidate]) -> Rules:
    """A section that most of the paper is filed in may have as much of the top: holding it lower would lift trifles."""
    filed = Counter(story.section for story in candidates if story.section)
    most = max(filed.values(), default=0) / max(len(candidates), 1)
    return replace(RULES, section_share=max(RULES.section_share, most))


def languages(stories: Iterable[Gathered]) -> list[str]:
    """Those that at least FEWEST stories are told in, most used first."""
    told: dict[str, int] = {}
    for story in stories:
        for language in {main(account.language) for account in story.accounts} - {""}:
            told[language] = told.get(language, 0) + 1
    return sorted((language for language, count in told.items() if count >= FEWEST), key=lambda name: -told[name])


def front_page(now: datetime, language: str = "en") -> dict[str, Any]:
    """The newest front page in `language`, or of all languages where it has no edition; printed now if there is none.

    Keys: made, language, lead, top, sections ({slug: slots}), latest, picks, good_news. A slot is {story, article,
    title, points, parts, why: [{key, count, facts}]}.
    """
    found = _newest(main(language)) or _newest(EVERY)
    if found is None:
        print_fronts(now=now)
        found = _newest(main(language)) or _newest(EVERY)
    assert found, "an edition of every language is always printed"
    return found


def _newest(language: str) -> dict[str, Any] | None:
    row = FrontPage.objects.filter(language=language).order_by("-made_at", "-pk").first()
    return row.page if row else None


def candidate(story: Gathered, accounts: Sequence[Told], score: Score) -> Candidate:
    """`accounts` are those that may tell it, the best first."""
    return Candidate(
        story=story.story,
        score=score,
        titles=tuple(dict.fromkeys(told.title for told in accounts)),
        moved=max(told.published for told in accounts),
        section=_section(story.accounts),
        running=story.running,
        pick=story.pick,
        good_news=story.good_news,
    )


def best_first(accounts: Iterable[Told], language: str) -> list[Told]:
    """The accounts in a language, the one a reader is best served by first: the one an editor chose; else a piece that
    tells the story and nothing beside it, whole here, pictured, not a copy, central, long."""
    mine = [told for told in accounts if not language or main(told.language) in (language, "")]
    return sorted(mine, key=_fitness)


def _fitness(told: Told) -> tuple[object, ...]:
    beside = told.central < STRAY or told.live
    served = told.readable == "headline", told.copy, not told.pictured, -told.weight
    # To the tenth: between headlines that tell it equally well, the longer piece.
    return not told.chosen, beside, *served, -round(told.central, 1), -told.words, told.article


def _section(accounts: Sequence[Told]) -> str:
    """The section most of its titles file it in."""
    filed = [told.section for told in accounts if told.section]
    return max(dict.fromkeys(filed), key=filed.count) if filed else ""


def main(language: str) -> str:
    return language.lower().split("-")[0]


def _page(front: Front, stories: Mapping[int, Gathered], language: str, now: datetime) -> dict[str, Any]:
    def slot(place: Slot) -> dict[str, Any]:
        story = stories[place.story]
        told = next(t for t in best_first(story.accounts, language) if t.title == place.title)
        reasons = why(story.evidence, place.score, now)
        return {
            "story": place.story,
            "article": told.article,
            "title": place.title,
            "points": round(place.score.value, 4),
            "parts": {name: round(points, 4) for name, points in place.score.parts.items()},
            "why": [{**asdict(reason), "facts": dict(reason.facts)} for reason in reasons],
        }

    def slots(places: Iterable[Slot]) -> list[dict[str, Any]]:
        return [slot(place) for place in places]

    return {
        "made": now.isoformat(),
        "language": language,
        "lead": slot(front.lead) if front.lead else None,
        "top": slots(front.headed()),
        "sections": {section.name: slots(section.slots) for section in front.sections},
        "latest": slots(front.latest),
        "picks": slots(front.picks),
        "good_news": slots(front.good_news),
    }


def _front(page: Mapping[str, Any]) -> Front:
    """What `_page` wrote, as `compose` wants the page before."""

    def slots(rows: Iterable[Mapping[str, Any]]) -> tuple[Slot, ...]:
        return tuple(Slot(row["story"], row["title"], Score(row["points"], row["parts"])) for row in rows)

    headed = slots(page["top"])
    return Front(
        made=datetime.fromisoformat(page["made"]),
        lead=headed[0] if headed else None,
        top=headed[1:],
        sections=tuple(Section(name, slots(rows)) for name, rows in page["sections"].items()),
        latest=slots(page["latest"]),
        picks=slots(page["picks"]),
        good_news=slots(page["good_news"]),
    )
