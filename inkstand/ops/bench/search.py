"""`inkstand bench search`: how long a search takes over 10,000, 100,000 and 1,000,000 articles.

A run that is given a `home` keeps its articles there, goes on from where it stopped, and measures alone the next time.

The articles are made up in SQL: headlines of a real stream (`stream.tsv.gz`), each article of eight of them drawn at
random: one as its headline, one as its standfirst, six as its lead. Word frequencies are those of the news; phrases
within a headline are real. Four tenths of the articles are said to be in another language than English. The index is
written by the product's own statement for the first 10,000, and by joining the vectors of whole headlines from then on.

Every query goes through the product's `find`, in every class as many, every other one as by a visitor, who may not
search behind the wall, in three rounds; of each query the median counts. Figures are medians and 95th percentiles over
the queries, in milliseconds by the clock, and (`on_core`) without the time in which this process or its database stood
waiting for a core that others were using.
Draws docs/plots/search.png where the project's docs are.
"""

import csv
import gzip
import json
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from inkstand.kit.errors import InkstandError

if TYPE_CHECKING:
    from inkstand.search.values import Found, Query
    from inkstand.titles.models import Publisher, Title

SIZES = (10_000, 100_000, 1_000_000)
EACH, ROUNDS = 60, 3
# One article each half minute: 347 days of them.
APART = timedelta(seconds=30)
TITLES = 400
SLOWEST = 3
_LINES = {
    "p95_ms": "95th percentile, by the clock",
    "p95_on_core_ms": "95th percentile, on core",
    "p50_on_core_ms": "median, on core",
}
PLOT = Path(__file__).resolve().parents[3] / "docs" / "plots" / "search.png"
_LANGUAGES = ("en", "en", "en", "en", "en", "en", "de", "es", "fr", "nl")
_COUNTRIES = ("GB", "US", "IN", "DE", "ES", "FR", "NL", "AU")
_RULES = ("english", "german", "spanish", "french", "dutch")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
# Words that PostgreSQL itself leaves out; asked alone they find nothing, fast.
_STOP = re.compile(
    "about|after|again|against|because|been|before|being|below|between|both|does|doing|down|during|each|from|further|"
    "have|having|here|into|itself|just|more|most|once|only|other|over|same|should|some|such|than|that|their|theirs|"
    "them|then|there|these|they|this|those|through|under|until|very|were|what|when|where|which|while|whom|will|with|"
    "your|yours"
)
_SECTIONS = ("World", "Business", "Sport", "Science", "Culture")

# One vector a headline under the rules of each language.
_PIECES = """
CREATE UNLOGGED TABLE bench_piece (id int, rules text, headline text, words tsvector);
INSERT INTO bench_piece SELECT id, rules, headline, to_tsvector(('inkstand_' || rules)::regconfig, headline)
FROM unnest(%(headlines)s::text[]) WITH ORDINALITY AS said (headline, id), unnest(%(rules)s::text[]) AS rules;
CREATE UNIQUE INDEX ON bench_piece (id, rules);
ANALYZE bench_piece;
INSERT INTO search_word SELECT lexeme, count(*) FROM bench_piece, unnest(to_tsvector('inkstand_simple', headline))
WHERE rules = 'english' AND lexeme ~ '^[[:alpha:]]{3,40}$' GROUP BY lexeme;
"""
_MADE = """
SELECT n, t.id AS title, t.country, t.language, (%(sections)s::text[])[1 + n %% 5] AS section, r.name AS rules,
    ARRAY[(%(topics)s::text[])[1 + n %% 24], (%(topics)s::text[])[25 + n %% 7]] AS topics,
    %(now)s::timestamptz - (%(most)s - n) * interval '30 s' AS at
FROM generate_series(%(low)s::int + 1, %(high)s::int) n
JOIN titles_title t ON t.id = 1 + (hashint4(n) & 2147483647) %% %(titles)s
JOIN (VALUES ('en', 'english'), ('de', 'german'), ('es', 'spanish'), ('fr', 'french'), ('nl', 'dutch'))
    AS r (language, name) ON r.language = t.language
"""
_DRAWN = (
    "JOIN bench_piece p{k} ON p{k}.rules = m.rules AND p{k}.id = 1 + (hashint4(n * 8 + {k}) & 2147483647) %% %(pieces)s"
)
_PIECED = f"FROM ({_MADE}) m " + " ".join(_DRAWN.format(k=k) for k in range(8))
_ARTICLES = f"""
INSERT INTO articles_article (id, title_id, feed_item_id, url, section, language, received_at, published_at, dated,
    shown_from, notice, current_id)
SELECT n, title, n, '', section, language, at, at, true, at, '', n FROM ({_MADE}) m
"""  # noqa: S608
_REVISIONS = f"""
INSERT INTO articles_revision (id, article_id, number, headline, standfirst, body, section, tags, byline, pictures,
    rights, received_at)
SELECT n, n, 1, p0.headline, p1.headline, concat('<p>', {", '. ', ".join(f"p{k}.headline" for k in range(2, 8))},
    '</p>'), section, '{{}}', '{{}}', '[]', '', at {_PIECED}
"""
_ENTRIES = f"""
INSERT INTO search_entry (article_id, revision, readable, title_id, published_at, shown_from, country, language,
    section, topics, has_text, words)
SELECT n, n, 'members', title, at, at, country, language, lower(section), topics, true,
    setweight(p0.words, 'A') || setweight(p1.words, 'B')
    || setweight({" || ".join(f"p{k}.words" for k in range(2, 8))}, 'C')
    || array_to_tsvector(ARRAY['=full', '=rules:' || m.rules, '=title:' || title, '=country:' || country,
        '=language:' || language, '=section:' || lower(section), '=topic:' || topics[1], '=topic:' || topics[2],
        to_char(at AT TIME ZONE 'UTC', '"=day:"YYYY-MM-DD'), to_char(at AT TIME ZONE 'UTC', '"=month:"YYYY-MM')])
    {_PIECED}
"""
_DROP = "DROP INDEX entries_words"
_INDEX = "CREATE INDEX entries_words ON search_entry USING gin (words) WITH (fastupdate = on)"


class NoHeadlines(InkstandError):
    code = "no-headlines"
    message = "The bench makes its articles of the headlines in {path}, which is not there. Name its folder: --data DIR"


def run(data: Path, say: Callable[[str], None], home: Path | None = None) -> dict[str, object]:
    headlines = read(data / "stream.tsv.gz")
    with ExitStack() as stack:
        folder = home or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inkstand-bench-")))
        kept = folder / "figures.json"
        figures: dict[str, object] = json.loads(kept.read_text()) if kept.is_file() else {}
        made = _paper(stack, folder)
        _begin(headlines, is_new=not made)
        for low, high in zip((0, *SIZES), SIZES, strict=False):
            if made <= low:
                figures |= _grow(low, high, len(headlines), say)
            if made <= high:
                figures |= _measure(headlines, high, say)
            kept.write_text(json.dumps(figures))
    figures |= {name: figures[f"{name}_at_{SIZES[-1]}"] for name in ("p50_ms", "p95_ms", "p95_on_core_ms")}
    if PLOT.parent.is_dir():
        _draw(figures)
    return {"articles": SIZES[-1]} | figures


def read(path: Path) -> list[str]:
    """Every headline once."""
    if not path.is_file():
        raise NoHeadlines(path=path)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return list(dict.fromkeys(row["title"] for row in rows if row["title"]))


def _paper(stack: ExitStack, folder: Path) -> int:
    """Starts the paper; how many articles it has from a run before this."""
    os.environ["INKSTAND_HOME"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    from inkstand.ops import lifeline

    stack.enter_context(lifeline.ready())
    from inkstand.search.models import Entry

    return Entry.objects.count()


def _begin(headlines: Sequence[str], *, is_new: bool) -> None:
    from django.db import connection

    from inkstand.titles.models import Publisher, Title

    with connection.cursor() as cursor:
        # The rows are ours and right: no foreign key need look after them.
        cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'")
        if not is_new:
            return
        cursor.execute(_PIECES, {"headlines": list(headlines), "rules": list(_RULES)})
    publisher = Publisher.objects.create(name="Bench")
    Title.objects.bulk_create(_title(n, publisher) for n in range(1, TITLES + 1))


def _title(n: int, publisher: "Publisher") -> "Title":
    from inkstand.titles.models import Title

    country, language = _COUNTRIES[n % len(_COUNTRIES)], _LANGUAGES[n % len(_LANGUAGES)]
    return Title(pk=n, publisher=publisher, slug=f"title-{n}", name=f"Title {n}", country=country, language=language)


def _grow(low: int, high: int, pieces: int, say: Callable[[str], None]) -> dict[str, object]:
    """Articles from `low` to `high`; how many the product's own reading in does a second, where it does it."""
    from django.db import connection, transaction

    from inkstand.search import fill
    from inkstand.search.topics import BY_SLUG

    values: dict[str, int | datetime | list[str]] = {
        "low": low,
        "high": high,
        "most": SIZES[-1],
        "titles": TITLES,
        "pieces": pieces,
        "now": NOW,
        "sections": list(_SECTIONS),
        "topics": list(BY_SLUG),
    }
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (_ARTICLES, _REVISIONS) if low == 0 else (_ARTICLES, _REVISIONS, _DROP, _ENTRIES, _INDEX):
            cursor.execute(statement, values)
            say(f"{high:>9,} articles: {statement.split()[2]}, {time.perf_counter() - began:.0f} s")
    made, began = time.perf_counter() - began, time.perf_counter()
    read = fill.catch_up(now=NOW)
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_entry, articles_article, articles_revision, search_word")
    say(f"{high:>9,} articles: made in {made:.0f} s, {read} read in at {read / took:.0f}/s")
    return {"read_in_s": round(read / took)} if read else {}


def _measure(headlines: Sequence[str], size: int, say: Callable[[str], None]) -> dict[str, object]:
    from inkstand.search.find import find

    chance = random.Random(5)  # noqa: S311 - the same queries in every run
    now = NOW - (SIZES[-1] - size) * APART
    asked = [(name, query) for name, queries in classes(headlines, now, size, chance).items() for query in queries]
    rounds: dict[int, list[tuple[float, float, bool]]] = {n: [] for n in range(len(asked))}
    for n in [n for _ in range(ROUNDS) for n in chance.sample(range(len(asked)), len(asked))]:
        whole = n % 2 == 0
        rounds[n].append(_timed(lambda: find(asked[n][1], whole=whole, now=now)))  # noqa: B023 - called at once
    figures: dict[str, object] = {}
    for name in [*dict.fromkeys(name for name, _ in asked), ""]:
        mine = [rounds[n] for n, (kind, _) in enumerate(asked) if name in ("", kind)]
        figures |= _said(name, mine, size, say)
    return figures


def _timed(ask: "Callable[[], Found]") -> tuple[float, float, bool]:
    """Milliseconds by the clock, without waiting for a core, and whether anything was found."""
    waited, began = _waited(), time.perf_counter()
    answer = ask()
    took = (time.perf_counter() - began) * 1000
    return took, took - (_waited() - waited), bool(answer.matches)


def _waited() -> float:
    """Milliseconds in which we or our database connection could have run and no core was free; 0 where none says."""
    from django.db import connection

    files = [Path(f"/proc/{pid}/schedstat") for pid in (os.getpid(), connection.connection.info.backend_pid)]
    return sum(int(file.read_text().split()[1]) for file in files if file.is_file()) / 1e6


def _said(
    name: str, rounds: Sequence[Sequence[tuple[float, float, bool]]], size: int, say: Callable[[str], None]
) -> dict[str, object]:
    clock, on_core = ([median(one[at] for one in asked) for asked in rounds] for at in (0, 1))
    p50, p95, least = median(clock), quantiles(clock, n=20)[-1], quantiles(on_core, n=20)[-1]
    found = sum(any(one[2] for one in asked) for asked in rounds)
    say(
        f"{size:>9,} {name or 'all':<20} p50 {p50:6.1f} ms, p95 {p95:6.1f} ms, on core {median(on_core):6.1f} and "
        f"{least:6.1f} ms, found {found}/{len(rounds)}"
    )
    figures = {"p50_ms": p50, "p95_ms": p95, "p50_on_core_ms": median(on_core), "p95_on_core_ms": least}
    return {f"{name}_{key}_at_{size}".lstrip("_"): round(value, 2) for key, value in figures.items()}


def classes(headlines: Sequence[str], now: datetime, size: int, chance: random.Random) -> dict[str, list["Query"]]:
    """EACH queries of each kind, as people ask them."""
    from inkstand.search.topics import BY_SLUG
    from inkstand.search.values import Query

    words = [
        [word for word in re.findall(r"[A-Za-z]{4,}", headline) if not _STOP.fullmatch(word.lower())]
        for headline in headlines
    ]
    often = Counter(word.lower() for said in words for word in dict.fromkeys(said))
    by_count = [word for word, _ in often.most_common()]
    common, known, rare = by_count[:30], by_count[100:3000], [word for word in by_count if often[word] <= 3]
    names = [
        w
        for said in words
        for w in said[1:]
        if w[0].isupper() and w[1:].islower() and len(w) > 6 and often[w.lower()] > 9
    ]
    runs = [headline.split() for headline in headlines if len(headline.split()) > 6]
    days = [(now - share * size * APART).date() for share in (0.02, 0.1, 0.5)]
    draws: dict[str, Callable[[], Query]] = {
        "rare_word": lambda: Query(chance.choice(rare)),
        "word": lambda: Query(chance.choice(known)),
        "common_word": lambda: Query(chance.choice(common)),
        "two_words": lambda: Query(" ".join(chance.sample([w for w in chance.choice(words) if w] + known[:1], 2))),
        "two_common_words": lambda: Query(" ".join(chance.sample(common, 2))),
        "either_word": lambda: Query(" or ".join(chance.sample(known, 2))),
        "phrase": lambda: Query('"' + " ".join(chance.choice(runs)[1:4]) + '"'),
        "word_not_other": lambda: Query(f"{chance.choice(known)} -{chance.choice(common)}"),
        "in_one_title": lambda: Query(chance.choice(known), title=chance.randint(1, TITLES)),
        "in_one_language": lambda: Query(chance.choice(known), language=chance.choice(_LANGUAGES[5:])),
        "country_and_section": lambda: Query(
            chance.choice(known), country=chance.choice(_COUNTRIES), section=chance.choice(_SECTIONS).lower()
        ),
        "topic": lambda: Query(topic=chance.choice(list(BY_SLUG)[:31])),
        "word_in_a_topic": lambda: Query(chance.choice(known), topic=chance.choice(list(BY_SLUG)[:31])),
        "between_days": lambda: Query(chance.choice(known), since=chance.choice(days), until=days[0]),
        "mistyped_name": lambda: Query(_mistyped(chance.choice(names), chance)),
    }
    return {name: [draw() for _ in range(EACH)] for name, draw in draws.items()}


def _mistyped(name: str, chance: random.Random) -> str:
    """Two neighbours exchanged, a letter left out, or one typed twice; never the first."""
    at = chance.randrange(2, len(name) - 1)
    slips = (
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + name[at + 1 :],
        name[:at] + name[at - 1 :],
    )
    return chance.choice(slips)


def _draw(figures: dict[str, object]) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.4), layout="constrained")
    ending = f"_p95_on_core_ms_at_{SIZES[0]}"
    kinds = {
        name: _figures(figures, f"{name}_p95_on_core_ms")
        for key in figures
        if (name := key.removesuffix(ending)) != key
    }
    for values in kinds.values():
        axes.plot(SIZES, values, color="0.8", linewidth=1)
    for name in sorted(kinds, key=lambda name: -kinds[name][-1])[:SLOWEST]:
        axes.annotate(f"{name.replace('_', ' ')} ", (SIZES[-1], kinds[name][-1]), fontsize=7, ha="right", va="bottom")
    for key, label in _LINES.items():
        axes.plot(SIZES, _figures(figures, key), marker="o", label=label)
    axes.axhline(50, linestyle=":", color="0.4", label="50 ms")
    axes.set(xscale="log", ylim=(0, None), xlabel="articles", ylabel="milliseconds a search")
    axes.set_title("A search as the paper grows; grey: 95th percentile of each kind, on core", fontsize=10)
    axes.legend(loc="upper left", fontsize=8)
    figure.savefig(PLOT, dpi=110)
    pyplot.close(figure)


def _figures(figures: dict[str, object], key: str) -> list[float]:
    return [float(str(figures[f"{key}_at_{size}"])) for size in SIZES]
