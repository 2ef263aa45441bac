from datetime import UTC, datetime, timedelta

from inkstand.stories.account import Account
from inkstand.stories.copies import SAME, fingerprint, likeness, originals, voices

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
WIRE = (
    "A ferry with forty people aboard ran aground off Maltby early on Monday after its steering failed in fog. "
    "Everyone was taken off by lifeboat within two hours and nobody was hurt, the coastguard said. "
    "The operator, Corvina Lines, has called off its sailings until divers have looked at the hull."
)
OWN = (
    "Passengers told of a loud bang and then silence as the morning boat to Maltby came to rest on a sandbank. "
    "Lifeboat crews from three villages ferried them ashore, wrapped in blankets, to a school hall. "
    "It is the second time this winter that a vessel of Corvina Lines has lost its steering."
)


def told(article: int, text: str, *, title: int | None = None, hours: int = 0) -> Account:
    at = MONDAY + timedelta(hours=hours)
    return Account(
        article, title or article, f"Title {article}", "Ferry aground", at, text=text, fingerprint=fingerprint(text)
    )


def test_wire_copy_with_a_word_in_ten_changed_is_still_a_copy() -> None:
    changed = " ".join("reportedly" if at % 12 == 5 else word for at, word in enumerate(WIRE.split()))
    assert likeness(fingerprint(WIRE), fingerprint(changed)) >= SAME


def test_two_reports_of_one_event_are_not_copies() -> None:
    assert likeness(fingerprint(WIRE), fingerprint(OWN)) < 0.2


def test_a_few_words_are_nobodys() -> None:
    assert fingerprint("Ferry runs aground off Maltby") == b""
    assert likeness(b"", b"") == 0.0


def test_copies_are_folded_under_the_earliest() -> None:
    later, first, own = told(1, WIRE, hours=3), told(2, WIRE, hours=1), told(3, OWN, hours=2)
    assert originals([later, first, own]) == {1: 2, 2: 2, 3: 3}


def test_copies_and_a_titles_second_article_are_one_voice() -> None:
    accounts = [told(1, WIRE), told(2, WIRE, hours=1), told(3, OWN, hours=2), told(4, OWN[::-1], title=3, hours=3)]
    assert [account.article for account in voices(accounts)] == [1, 3]
