"""Articles into the index: a batch of revisions at a time, in the order they were written.

Revisions get rising ids, and whoever writes them holds the publishing lock to the end of the transaction; so the
highest id that was read says what is still to be read, and nobody has to tell us which article changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from django.db import OperationalError, connection, transaction

from inkstand.articles.sections import section_of
from inkstand.kit import html
from inkstand.membership.gate import LEAD_WORDS
from inkstand.search import facts, languages
from inkstand.search.names import PERSON, name_of
from inkstand.search.pairs import spread
from inkstand.search.topics import filed_under

_BATCH = 500
_MOST_KEYWORDS = 40
# Nobody searches for the fifty-thousandth word. A vector of more than a megabyte, as a hundred thousand Chinese
# characters may make, PostgreSQL refuses.
_MOST_CHARS, _TOO_MUCH = 250_000, "54000"

_READABLE = (
    "CASE WHEN m.expires_days * interval '1 day' <= %(now)s - a.published_at THEN 'headline'"
    " ELSE coalesce(m.readable, 'members') END"
)
_STATES = f"""
SELECT a.id, r.id, a.title_id, a.published_at, a.shown_from, t.country, coalesce(nullif(a.language, ''), t.language),
    a.section, r.tags, {_READABLE}, r.headline, r.standfirst, array_to_string(r.byline, ', '), r.body, t.name
FROM articles_revision r JOIN articles_article a ON a.current_id = r.id JOIN titles_title t ON t.id = a.title_id
LEFT JOIN titles_terms m ON m.title_id = t.id
WHERE {{which}} ORDER BY r.id LIMIT {_BATCH}
"""  # noqa: S608 - constants
_STALE = f"""
SELECT a.id FROM articles_article a LEFT JOIN titles_terms m ON m.title_id = a.title_id
LEFT JOIN search_entry e ON e.article_id = a.id
WHERE a.current_id IS NOT NULL AND (e.revision IS DISTINCT FROM a.current_id OR e.readable <> {_READABLE})
ORDER BY a.id LIMIT {_BATCH}
"""  # noqa: S608 - constants
# A fact has no place in the text and no weight: it is there or it is not.
_WRITE = """
WITH said AS (
    SELECT * FROM json_to_recordset(%(rows)s::json) AS row (article bigint, revision bigint, readable text,
        title bigint, published_at timestamptz, shown_from timestamptz, country text, language text, section text,
        topics text[], has_text boolean, rules text, configuration text, facts text[], headline text,
        summary text, open text, walled text, names text)
), known AS (
    INSERT INTO search_rules SELECT DISTINCT rules FROM said ON CONFLICT DO NOTHING
), entry AS (
    INSERT INTO search_entry AS e (article_id, revision, readable, title_id, published_at, shown_from, country,
        language, section, topics, has_text, words)
    SELECT article, revision, readable, title, published_at, shown_from, country, language, section, topics, has_text,
        setweight(to_tsvector(configuration::regconfig, headline), 'A')
        || setweight(to_tsvector(configuration::regconfig, summary), 'B')
        || setweight(to_tsvector(configuration::regconfig, open), 'C') || to_tsvector(configuration::regconfig, walled)
        || array_to_tsvector(facts)
    FROM said
    ON CONFLICT (article_id) DO UPDATE SET revision = EXCLUDED.revision, readable = EXCLUDED.readable,
        published_at = EXCLUDED.published_at, shown_from = EXCLUDED.shown_from, country = EXCLUDED.country,
        language = EXCLUDED.language, section = EXCLUDED.section, topics = EXCLUDED.topics,
        has_text = EXCLUDED.has_text, words = EXCLUDED.words
    RETURNING article_id, (xmax = 0) AS is_new
), fresh AS (
    SELECT lexeme, count(*) AS seen
    FROM entry JOIN said ON article = article_id, unnest(to_tsvector('inkstand_simple', names))
    WHERE is_new AND lexeme ~ '^[[:alpha:]]{3,40}$' GROUP BY lexeme ORDER BY lexeme
)
INSERT INTO search_word AS w (word, seen) SELECT lexeme, seen FROM fresh
ON CONFLICT (word) DO UPDATE SET seen = w.seen + EXCLUDED.seen
"""
# The index takes a batch's words all at once, each word with all of its articles: that costs a third less than article
# by article, and no search has more than one batch to go through row by row.
_TAKE_IN = "SELECT gin_clean_pending_list('entries_words')"


@dataclass(frozen=True, slots=True)
class State:
    """What an article says now, and of which title. `readable` is who may read it: everyone, members, headline."""

    article: int
    revision: int
    title: int
    published_at: datetime
    shown_from: datetime
    country: str
    language: str
    section: str
    tags: list[str]
    readable: str
    headline: str
    standfirst: str
    byline: str
    body: str
    name: str


def catch_up(*, now: datetime) -> int:
    """Reads every revision not yet read; how many articles that were."""
    done = 0
    while read := _read(_since_last(), now):
        done += read
    return done


def refresh(*, now: datetime) -> int:
    """Reads anew what stands otherwise than it is: terms changed, text expired, a revision missed."""
    done = 0
    while stale := _ids(_STALE, now):
        done += _read(("a.id = ANY(%(wanted)s)", stale), now)
    return done


@transaction.atomic
def _read(which: tuple[str, int | list[int]], now: datetime) -> int:
    states = _states(*which, now)
    if states:
        _write(states)
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_IN)
    return len(states)


def _write(states: Sequence[State]) -> None:
    """One text too many words for PostgreSQL may not keep all that come after it out of the index: what is refused is
    written by halves, down to the one article, and of that half as much, until it is taken."""
    rows = msgspec.json.encode([row(state) for state in states]).decode()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WRITE, {"rows": rows})
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _TOO_MUCH or not any(state.body for state in states):
            raise
        first, half = states[0], len(states) // 2
        if half:
            _write(states[:half])
            _write(states[half:])
        else:
            _write([replace(first, body=first.body[: len(first.body) // 2])])


def _since_last() -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(revision), 0) FROM search_entry")
        return "r.id > %(wanted)s", cursor.fetchone()[0]


def _states(which: str, wanted: int | list[int], now: datetime) -> list[State]:
    with connection.cursor() as cursor:
        cursor.execute(_STATES.format(which=which), {"now": now, "wanted": wanted})
        return [State(*found) for found in cursor.fetchall()]


def _ids(statement: str, now: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"now": now})
        return [pk for (pk,) in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Row:
    """A state as a row of the index. `open` is the text that everyone may find, `walled` the rest."""

    article: int
    revision: int
    readable: str
    title: int
    published_at: datetime
    shown_from: datetime
    country: str
    language: str
    section: str
    topics: tuple[str, ...]
    has_text: bool
    rules: str
    configuration: str
    facts: tuple[str, ...]
    headline: str
    summary: str
    open: str
    walled: str
    names: str


def row(state: State) -> Row:
    rules, language, section = languages.rules_of(state.language), languages.base(state.language), _section(state)
    shown, walled = texts(state)
    has_text = bool(shown or walled)
    topics = filed_under(state.section, state.tags)
    return Row(
        article=state.article,
        revision=state.revision,
        readable=state.readable,
        title=state.title,
        published_at=state.published_at,
        shown_from=state.shown_from,
        country=state.country,
        language=language,
        section=section,
        topics=topics,
        has_text=has_text,
        rules=rules,
        configuration=languages.configuration(rules),
        facts=facts.of(rules, state.title, state.country, language, section, topics, has_text=has_text)
        + facts.published(state.published_at),
        headline=spread(state.headline),
        summary=spread(_summary(state)),
        open=spread(shown),
        walled=spread(walled),
        names=f"{state.headline}\n{state.byline}\n{state.name}",
    )


def _summary(state: State) -> str:
    standfirst = "" if state.readable == "headline" else state.standfirst
    return "\n".join([state.byline, standfirst, *_keywords(state)])


def _keywords(state: State) -> list[str]:
    """As a headline would print them: `Curie, Marie` as `Marie Curie`. Paths are for machines."""
    named = ((keyword, name_of(keyword)) for keyword in state.tags[:_MOST_KEYWORDS])
    return [name[1] if name and name[0] == PERSON else keyword for keyword, name in named if name or "/" not in keyword]


def _section(state: State) -> str:
    found = section_of(state.section)
    return found.slug if found else ""


def texts(state: State) -> tuple[str, str]:
    """The text that everyone may find, and the rest, which only those find who may open it."""
    if state.readable == "headline":
        return "", ""
    said = html.text(state.body)[:_MOST_CHARS]
    if state.readable == "everyone":
        return said, ""
    return html.parted(said, LEAD_WORDS)
