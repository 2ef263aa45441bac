"""What a story shows of itself, worked out anew from its accounts whenever they change."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from django.db import connection

from inkstand.articles.values import Picture
from inkstand.kit import html
from inkstand.stories.account import Account
from inkstand.stories.copies import originals
from inkstand.stories.credit import credit
from inkstand.stories.summary import summarise

_TOLD = """
    SELECT c.story_id, c.article_id, a.title_id, t.name, r.headline, c.published_at, r.standfirst, left(r.body, 6000),
        t.country, a.language, r.pictures, c.fingerprint
    FROM stories_account c
    JOIN articles_article a ON a.id = c.article_id
    JOIN articles_revision r ON r.id = a.current_id
    JOIN titles_title t ON t.id = a.title_id
    WHERE c.story_id = ANY(%s)
"""
_SUM = """
    UPDATE stories_story s SET began_at = w.began_at, moved_at = w.moved_at, lead_id = w.lead, first_id = w.first,
        original = w.original, picture = w.picture, accounts = w.accounts, voices = w.voices, titles = w.titles,
        countries = w.countries, languages = w.languages
    FROM jsonb_to_recordset(%s::jsonb) AS w (story bigint, began_at timestamptz, moved_at timestamptz, lead bigint,
        first bigint, original bigint[], picture jsonb, accounts int, voices int, titles int, countries text[],
        languages text[])
    WHERE s.id = w.story
"""
_COPIES = """
    UPDATE stories_account c SET copy_of_id = w.copy_of
    FROM unnest(%s::bigint[], %s::bigint[]) AS w (article, copy_of)
    WHERE c.article_id = w.article AND c.copy_of_id IS DISTINCT FROM w.copy_of
"""
_RUN = """
    UPDATE stories_runningstory r SET began_at = w.began_at, moved_at = w.moved_at
    FROM (
        SELECT running_id AS id, min(began_at) AS began_at, max(moved_at) AS moved_at FROM stories_story
        WHERE merged_into_id IS NULL AND running_id IN (SELECT running_id FROM stories_story WHERE id = ANY(%s))
        GROUP BY running_id
    ) w WHERE r.id = w.id
"""


def sum_up(stories: Collection[int]) -> None:
    """Four statements, however many stories."""
    if not stories:
        return
    told = _told(stories)
    with connection.cursor() as cursor:
        cursor.execute(_SUM, [json.dumps([_summed(story, accounts) for story, accounts in told.items()], default=str)])
        copies = [pair for accounts in told.values() for pair in originals(accounts).items()]
        cursor.execute(
            _COPIES, [[one for one, _ in copies], [source if source != one else None for one, source in copies]]
        )
        cursor.execute(_RUN, [list(stories)])


def accounts_of(stories: Collection[int]) -> dict[int, list[Account]]:
    """Every account of these stories, as values; one statement."""
    return _told(stories)


def _told(stories: Collection[int]) -> dict[int, list[Account]]:
    found: dict[int, list[Account]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [list(stories)])
        for story, *said in cursor.fetchall():
            found[story].append(_account(said))
    return found


def _account(said: Iterable[Any]) -> Account:
    article, title, name, headline, at, standfirst, body, country, language, pictures, fingerprint = said
    shots = msgspec.convert(json.loads(pictures) if isinstance(pictures, str) else pictures, list[Picture])
    return Account(
        article=article,
        title=title,
        title_name=name,
        headline=headline,
        at=at,
        lead=standfirst,
        text=html.text(body),
        country=country,
        language=language,
        picture=shots[0] if shots else None,
        fingerprint=bytes(fingerprint),
    )


def _summed(story: int, accounts: list[Account]) -> dict[str, Any]:
    summary, thanks = summarise(accounts), credit(accounts)
    return {
        "story": story,
        "began_at": min(account.at for account in accounts),
        "moved_at": max(account.at for account in accounts),
        "lead": summary.headline_of,
        "first": thanks.first,
        "original": list(thanks.original),
        "picture": msgspec.to_builtins(summary.picture) if summary.picture else None,
        "accounts": len(accounts),
        "voices": summary.voices,
        "titles": summary.titles,
        "countries": list(summary.countries),
        "languages": list(summary.languages),
    }
