"""Why something is where it is, in words a reader can check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

NGettext = Callable[[str, str, int], str]


def _english(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Marks both for translation: the reader's language is known only where they are shown."""
    return one, many


# Key -> the sentence for one and for many, as gettext wants them: found by the one alone, so no two keys share it.
# A key is stable; its words may improve.
SENTENCES: dict[str, tuple[str, str]] = {
    "editors-pinned": ngettext_noop("Our editors placed it here.", "Our editors placed it here."),
    "editors-buried": ngettext_noop("Our editors hold it back.", "Our editors hold it back."),
    "voices": ngettext_noop(
        "{titles} title of {countries} countries tells it.", "{titles} titles of {countries} countries tell it."
    ),
    "voices-at-home": ngettext_noop("One title tells it.", "{titles} titles tell it."),
    "placements": ngettext_noop(
        "One newsroom has it on its own front, as number {position}.",
        "{fronts} newsrooms have it on their own fronts, the highest as number {position}.",
    ),
    "home": ngettext_noop("One of them is from {country}.", "{titles} of them are from {country}."),
    "growth": ngettext_noop(
        "One title told it within the last {hours} hours.",
        "{titles} titles told it within the last {hours} hours.",
    ),
    "original": ngettext_noop("One title reports it on its own.", "{titles} titles report it on their own."),
    "copies": ngettext_noop("One more says it in another’s words.", "{copies} more say it in another’s words."),
    "live": ngettext_noop("One account is a line of a live page.", "{lines} accounts are lines of live pages."),
    "readers": ngettext_noop("Many readers called it not worth reading.", "Many readers called it not worth reading."),
    "taste": ngettext_noop("It is near what you read.", "It is near what you read."),
    "words": ngettext_noop("Its headline is like those you open.", "Its headline is like those you open."),
    "popular": ngettext_noop("Readers here open it often.", "Readers here open it often."),
    "fresh": ngettext_noop("It is new.", "It is new."),
    "likes": ngettext_noop("You often read of this.", "You often read of this."),
    "follows": ngettext_noop("You follow this.", "You follow this."),
    "front": ngettext_noop("It is among today’s stories.", "{titles} titles tell it today."),
    "surprise": ngettext_noop("It is unlike what you usually read.", "It is unlike what you usually read."),
    "off": ngettext_noop("For You is off: this is the front page.", "For You is off: this is the front page."),
    "age": ngettext_noop("It began within the hour.", "It began {hours} hours ago."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A key into SENTENCES, the count that chooses one or many, and the facts its words name."""

    key: str
    count: int = 1
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, ngettext: NGettext = _english) -> str:
        return ngettext(*SENTENCES[self._words()], self.count).format(**self.facts)

    def _words(self) -> str:
        """Two numbers in one sentence, and gettext bends only one: titles of a single country go without the other."""
        return "voices-at-home" if self.key == "voices" and self.facts.get("countries") in (0, 1) else self.key
