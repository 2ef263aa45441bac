"""What a reader filters by, as words of the index. No parser of text yields a word that begins with `=`."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

FULL_TEXT = "=full"
# Asked for by more words than these, the index takes longer than it saves.
_MOST_DAYS, _MOST_MONTHS = 40, 40


def of(
    rules: str,
    title: int,
    country: str = "",
    language: str = "",
    section: str = "",
    topics: Iterable[str] = (),
    *,
    has_text: bool = False,
) -> tuple[str, ...]:
    """All facts of one article."""
    return (ruled(rules), *wanted(title, country, language, section, has_text=has_text), *map(filed, topics))


def wanted(
    title: int | None, country: str = "", language: str = "", section: str = "", *, has_text: bool = False
) -> tuple[str, ...]:
    """Those of these that are said."""
    named = (("title", title), ("country", country.upper()), ("language", language), ("section", section))
    return (*(f"={name}:{value}" for name, value in named if value), *([FULL_TEXT] if has_text else []))


def published(at: datetime) -> tuple[str, str]:
    """The day and the month, of UTC: what is asked for in a short time is found without looking at all the rest."""
    return f"=day:{at.astimezone(UTC):%Y-%m-%d}", f"=month:{at.astimezone(UTC):%Y-%m}"


def between(since: datetime, until: datetime) -> tuple[str, ...]:
    """Words of which each article of this time has one; () where they would be too many."""
    days = (until.astimezone(UTC).date() - since.astimezone(UTC).date()).days + 1
    if days > _MOST_MONTHS * 28:
        return ()
    each = [published(since + timedelta(days=n)) for n in range(days)]
    each.append(published(until))
    return tuple(dict.fromkeys(day if days <= _MOST_DAYS else month for day, month in each))


def filed(topic: str) -> str:
    return f"=topic:{topic}"


def ruled(rules: str) -> str:
    """The rules of words an entry was read by, so that a German stem is looked for in German only."""
    return f"=rules:{rules}"
