"""Reads the demo edition, a small newspaper of invented titles, into values.

An article's file is TOML between `+++` lines and then plain text: blocks apart by an empty line, `## ` a sub-heading,
`> ` a quotation, `*word*` stress. That is all the markup there is, so that the copy reads as copy.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

Terms = Literal["everyone", "members", "headline"]


@dataclass(frozen=True, slots=True)
class DemoTitle:
    """`country` is a code that ISO 3166 leaves to users (XA to XF), as the countries are invented too."""

    slug: str
    name: str
    publisher: str
    country: str
    place: str
    language: str
    section: str
    terms: Terms
    about: str


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """`name` is the drawing's: `picture(name)` gives the SVG, 1200 by 800."""

    name: str
    caption: str
    credit: str
    alt: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an article said before it was corrected; `minutes` before now, as the article's own."""

    minutes: int
    headline: str
    body: str


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """`minutes` is how long before now it was published, `updated` how long before now it last changed, None if never.

    `position` is its place on its title's front, 1 the first, None where it is not on it. `story` names the event that
    several articles tell of, `copy_of` the article whose text it is. `pick` is an editor's reason, "" where not picked.
    `body` is HTML, "" where the title gives headlines only.
    """

    key: str
    title: str
    language: str
    section: str
    headline: str
    standfirst: str
    body: str
    byline: tuple[str, ...]
    minutes: int
    updated: int | None = None
    position: int | None = None
    story: str = ""
    copy_of: str = ""
    tags: tuple[str, ...] = ()
    pictures: tuple[DemoPicture, ...] = ()
    notice: str = ""
    pick: str = ""
    good: bool = False
    main: bool = False
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    titles: tuple[DemoTitle, ...]
    articles: tuple[DemoArticle, ...]


@cache
def edition() -> Edition:
    """The whole edition, newest article first."""
    titles = tuple(DemoTitle(**entry) for entry in tomllib.loads(_text("titles.toml"))["title"])
    languages = {title.slug: title.language for title in titles}
    names = sorted(_names("articles", ".md"))
    articles = [_article(name, _text(f"articles/{name}.md"), languages) for name in names]
    return Edition(titles, tuple(sorted(articles, key=lambda article: article.minutes)))


def picture(name: str) -> bytes:
    """A drawing of the edition, as SVG."""
    return _folder().joinpath("pictures", f"{name}.svg").read_bytes()


def picture_names() -> tuple[str, ...]:
    return tuple(sorted(_names("pictures", ".svg")))


def logo(slug: str) -> bytes:
    """A title's wordmark, as SVG."""
    return _folder().joinpath("logos", f"{slug}.svg").read_bytes()


def _folder() -> Traversable:
    return files(__package__).joinpath("edition")


def _text(path: str) -> str:
    return _folder().joinpath(*path.split("/")).read_text(encoding="utf-8")


def _names(folder: str, ending: str) -> list[str]:
    return [entry.name.removesuffix(ending) for entry in _folder().joinpath(folder).iterdir() if ending in entry.name]


def _article(key: str, text: str, languages: dict[str, str]) -> DemoArticle:
    _, front, copy = text.split("+++\n", 2)
    facts: dict[str, Any] = tomllib.loads(front)
    earlier = facts.pop("earlier", None)
    facts["pictures"] = tuple(DemoPicture(**drawing) for drawing in facts.get("pictures", []))
    facts |= {name: tuple(facts[name]) for name in ("byline", "tags") if name in facts}
    facts = {"language": languages[facts["title"]]} | facts
    return DemoArticle(key=key, body=_html(copy), earlier=_earlier(earlier, copy), **facts)


def _earlier(entry: dict[str, Any] | None, copy: str) -> Earlier | None:
    if entry is None:
        return None
    for now, then in entry["replace"]:
        copy = copy.replace(now, then)
    return Earlier(entry["minutes"], entry["headline"], _html(copy))


def _html(copy: str) -> str:
    return "\n".join(_block(block) for block in copy.strip().split("\n\n") if block)


def _block(block: str) -> str:
    for mark, before, after in (("## ", "<h2>", "</h2>"), ("> ", "<blockquote><p>", "</p></blockquote>")):
        if block.startswith(mark):
            return before + _inline(block.removeprefix(mark)) + after
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", escape(text, quote=False))
