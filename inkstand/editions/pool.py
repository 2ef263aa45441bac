"""The stories that editions are chosen from at one moment, gathered once for all of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from inkstand.articles.models import Article
from inkstand.editions.compose import Choice, Chosen
from inkstand.membership.licence import opened_to
from inkstand.membership.standing import standings
from inkstand.ranking.gather import Gathered, Told, gather
from inkstand.ranking.page import best_first, candidate
from inkstand.ranking.significance import Score, significance
from inkstand.readers.models import Reader
from inkstand.reading import many
from inkstand.reading.filters import Filters, Piece, hidden, piece_of

# No edition reaches further down, however much a reader has muted.
DEPTH = 400

# What a reader lets through of a story's accounts.
Admits = Callable[[Sequence[Told]], Sequence[Told]]


def everyone(accounts: Sequence[Told]) -> Sequence[Told]:
    return accounts


@dataclass(frozen=True, slots=True)
class Pool:
    """`scores` are the world's. What was once weighed, or read of the texts, is kept."""

    now: datetime
    stories: dict[int, Gathered]
    scores: dict[int, Score]
    _homes: dict[str, dict[int, Score]] = field(default_factory=dict)
    _choices: dict[tuple[str, str], list[Choice]] = field(default_factory=dict)
    _said: dict[int, Piece] = field(default_factory=dict)
    _cut: dict[datetime, "Pool"] = field(default_factory=dict)

    def until(self, hour: datetime) -> "Pool":
        """As it was told at `hour`: what came later is no news of that hour's, however late its edition is made."""
        if hour not in self._cut:
            cut = {pk: story for pk, known in self.stories.items() if (story := _told_by(known, hour))}
            scores = {pk: self._score(story) for pk, story in cut.items()}
            self._cut[hour] = Pool(self.now, cut, scores)
        return self._cut[hour]

    def _score(self, story: Gathered) -> Score:
        is_whole = story is self.stories[story.story]
        return self.scores[story.story] if is_whole else significance(story.evidence, self.now)

    def choices(self, language: str, country: str, admits: Admits = everyone) -> list[Choice]:
        """The weightiest stories that can be told in `language` ("" for any) to whoever lets through `admits`."""
        if admits is everyone:
            key = language, country
            if key not in self._choices:
                self._choices[key] = self._weigh(language, country, admits)
            return self._choices[key]
        return self._weigh(language, country, admits)

    def _weigh(self, language: str, country: str, admits: Admits) -> list[Choice]:
        scores = self._at_home(country)
        found: list[Choice] = []
        for story in sorted(scores, key=lambda pk: -scores[pk].value):
            gathered = self.stories[story]
            if accounts := best_first(admits(gathered.accounts), language):
                found.append(_choice(gathered, accounts, scores[story]))
            if len(found) == DEPTH:
                break
        return found

    def _at_home(self, country: str) -> dict[int, Score]:
        """Only what a country's own titles tell weighs another weight there."""
        if country and country not in self._homes:
            own = [story for story in self.stories.values() if any(told.country == country for told in story.accounts)]
            weighed = {story.story: significance(story.evidence, self.now, home=country) for story in own}
            self._homes[country] = self.scores | weighed
        return self._homes[country] if country else self.scores

    def article(self, chosen: Chosen, language: str, admits: Admits = everyone) -> int:
        """Whose account of a chosen story is printed."""
        accounts = best_first(admits(self.stories[chosen.slot.story].accounts), language)
        return next(told.article for told in accounts if told.title == chosen.slot.title)

    def said(self) -> dict[int, Piece]:
        """By article, what a muted word is looked for in. One statement, the first time."""
        if not self._said:
            told = [told.article for story in self.stories.values() for told in story.accounts]
            rows = Article.objects.filter(pk__in=told).for_cards()
            self._said.update({row.pk: piece_of(row) for row in rows})
        return self._said


def sieves(readers: Iterable[int], now: datetime) -> dict[int, Filters]:
    """By reader: what they do not want to see. Four statements, however many they are."""
    held = standings(Reader.objects.filter(pk__in=readers), now)
    return many.filters({pk: opened_to(standing) for pk, standing in held.items()})


def admits(filters: Filters, stories: Pool) -> Admits:
    """What these filters let through of a story's accounts."""
    if not filters:
        return everyone
    said = stories.said() if filters.words else {}
    return lambda accounts: [
        told for told in accounts if not hidden(said.get(told.article) or Piece(told.title, told.readable), filters)
    ]


def pool(now: datetime) -> Pool:
    """Four statements, whatever the number of stories."""
    stories = {story.story: story for story in gather(now)}
    return Pool(now, stories, {pk: significance(story.evidence, now) for pk, story in stories.items()})


def _told_by(story: Gathered, hour: datetime) -> Gathered | None:
    """None where nobody had told it yet."""
    accounts = tuple(told for told in story.accounts if told.published <= hour)
    if len(accounts) == len(story.accounts):
        return story
    titles = {told.title for told in accounts}
    evidence = replace(
        story.evidence,
        voices=tuple(voice for voice in story.evidence.voices if voice.told <= hour),
        placements=tuple(place for place in story.evidence.placements if place.title in titles),
    )
    return replace(story, accounts=accounts, evidence=evidence) if accounts else None


def _choice(story: Gathered, accounts: Sequence[Told], score: Score) -> Choice:
    return Choice(
        candidate=candidate(story, accounts, score),
        articles=frozenset(told.article for told in story.accounts),
        told=tuple(told.published for told in story.accounts if not told.copy),
    )
