"""Block means block: what a reader does not want to see, decided on values and, in the same words, by the database.

A word is muted where it stands as a word of the headline, the standfirst, the tags or the byline; "ice" does not mute
"police". In scripts that set no space between words it is muted wherever it stands. A star at its end mutes all that
begins with it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, Func, Q, TextField, Value

from inkstand.articles.models import Article, Articles

# Between the parts of a text, so that no muted phrase is found across two of them.
_APART = " | "
# Thai, Lao, Burmese, Khmer; kana and Chinese characters: written without spaces.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Filters:
    """`titles`: ids of blocked ones. `readable`: the terms under which the reader may open a text, where they want to
    see nothing else; None where they see all."""

    titles: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()
    readable: frozenset[str] | None = None

    def __bool__(self) -> bool:
        return bool(self.titles or self.words) or self.readable is not None


NONE = Filters()


@dataclass(frozen=True, slots=True)
class Piece:
    """What filters look at: the id of a title, who may read it (`Terms.Readable`), and what it says."""

    title: int
    readable: str = "members"
    headline: str = ""
    standfirst: str = ""
    tags: Sequence[str] = ()
    byline: Sequence[str] = ()


def hidden(piece: Piece, filters: Filters) -> bool:
    if piece.title in filters.titles or (filters.readable is not None and piece.readable not in filters.readable):
        return True
    return is_muted(piece, filters.words)


def is_muted(piece: Piece, words: Sequence[str]) -> bool:
    if not words:
        return False
    text = _APART.join((piece.headline, piece.standfirst, " | ".join(piece.tags), " | ".join(piece.byline)))
    return _compiled(tuple(words)).search(text) is not None


def piece_of(article: Article) -> Piece:
    """Of a row with its current revision and its title's terms."""
    said = article.current
    assert said is not None
    terms = getattr(article.title, "terms", None)
    readable = terms.readable if terms else "members"
    return Piece(article.title_id, readable, said.headline, said.standfirst, said.tags, said.byline)


def without(articles: Articles, filters: Filters) -> Articles:
    """`articles` but for what is hidden."""
    if filters.titles:
        articles = articles.exclude(title__in=filters.titles)
    if filters.readable is not None:
        articles = articles.filter(_may_be_read(filters.readable))
    if filters.words:
        articles = articles.alias(_says=_says()).exclude(_says__iregex=pattern(filters.words))
    return articles


def _may_be_read(readable: Iterable[str]) -> Q:
    wanted = set(readable)
    # A title without terms is on the defaults.
    unsaid = Q(title__terms=None) if "members" in wanted else Q()
    return Q(title__terms__readable__in=wanted) | unsaid


def _says() -> Func:
    parts = (F("current__headline"), F("current__standfirst"), _listed("tags"), _listed("byline"))
    return Func(Value(_APART), *parts, function="concat_ws", output_field=TextField())


def _listed(name: str) -> Func:
    return Func(F(f"current__{name}"), Value(_APART), function="array_to_string", output_field=TextField())


def pattern(words: Iterable[str]) -> str:
    """One expression that Python and PostgreSQL read alike; letters of either case are meant."""
    return "|".join(_word(word) for word in sorted(words))


def _word(word: str) -> str:
    open_ended, bare = word.endswith("*"), word.rstrip("*")
    said = r"\s+".join(re.escape(part) for part in bare.split())
    if not said:
        return "(?!)"
    before = "" if _UNSPACED.match(bare) else r"(?<!\w)"
    after = "" if open_ended or _UNSPACED.match(bare[-1]) else r"(?!\w)"
    return f"{before}{said}{after}"


@lru_cache(maxsize=256)
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(pattern(words), re.IGNORECASE)
