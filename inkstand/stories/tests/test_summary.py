from datetime import UTC, datetime, timedelta

import pytest

from inkstand.articles.values import Picture
from inkstand.stories.account import Account
from inkstand.stories.copies import fingerprint
from inkstand.stories.summary import restraint, summarise

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLAIN = "Ferry runs aground off Maltby with 40 aboard"
TEXT = "A ferry with forty people aboard ran aground off Maltby early on Monday after its steering failed in fog."


def told(article: int, headline: str, *, title: int | None = None, language: str = "en", **other: object) -> Account:
    at = MONDAY + timedelta(hours=article)
    return Account(article, title or article, f"Title {article}", headline, at, language=language, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "loud",
    [
        "SHOCKING: ferry DISASTER off Maltby!",
        "Why did the Maltby ferry run aground?",
        "7 things to know about the Maltby ferry",
        "Here's what we know about the ferry off Maltby",
        "لماذا جنحت العبّارة قبالة الميناء اليوم؟",
        "¿Por qué encalló el ferry de Maltby?",
        "Ferry",
    ],
)
def test_a_plain_statement_shows_more_restraint(loud: str) -> None:
    assert restraint(PLAIN) > restraint(loud)


def test_the_headline_says_what_most_say_and_says_it_calmly() -> None:
    headlines = [
        "Ferry aground off Maltby: why?",
        PLAIN,
        "Captain of ill-fated boat speaks out",
        "Ferry DISASTER off Maltby!",
    ]
    found = summarise([told(number, headline) for number, headline in enumerate(headlines, 1)])
    assert (found.headline, found.headline_of) == (PLAIN, 2)


def test_a_copy_many_times_printed_does_not_outvote_the_voices() -> None:
    print_ = fingerprint(TEXT)
    copies = [told(number, "Corvina shares slide after mishap today", fingerprint=print_) for number in (3, 4, 5, 6)]
    found = summarise([told(1, PLAIN), told(2, "Ferry aground off Maltby, 40 aboard saved"), *copies])
    assert "Ferry" in found.headline
    assert (found.titles, found.voices) == (6, 3)


def test_speaks_the_readers_language_where_any_account_does() -> None:
    accounts = [
        told(1, PLAIN),
        told(2, "Ferry aground off Maltby"),
        told(3, "Fähre vor Maltby auf Grund", language="de"),
    ]
    assert summarise(accounts, language="de").headline == "Fähre vor Maltby auf Grund"
    assert summarise(accounts, language="fr").headline_of in {1, 2}
    assert summarise(accounts).languages == ("en", "de")


def test_the_timeline_has_each_titles_first_article() -> None:
    accounts = [told(3, PLAIN, title=7), told(1, PLAIN, title=7), told(2, PLAIN, title=8)]
    assert [(first.title, first.article) for first in summarise(accounts).timeline] == [(7, 1), (8, 2)]


def test_the_picture_is_the_best_of_any_account() -> None:
    small, large = Picture("https://a.example/1.jpg", width=200), Picture("https://b.example/2.jpg", width=900)
    accounts = [told(1, PLAIN, picture=small), told(2, "Ferry stuck", picture=large), told(3, "Ferry")]
    assert summarise(accounts).picture == large
    assert summarise([told(1, PLAIN)]).picture is None


def test_countries_come_most_told_first() -> None:
    accounts = [
        told(1, PLAIN, country="FR"),
        told(2, PLAIN, country="GB"),
        told(3, PLAIN, country="GB"),
        told(4, PLAIN),
    ]
    assert summarise(accounts).countries == ("GB", "FR")
