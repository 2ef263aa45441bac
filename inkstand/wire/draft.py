"""An item made ready to publish: cleaned once, here, and never again."""

import re

from inkstand.articles.byline import people
from inkstand.articles.pictures import pictures
from inkstand.articles.sections import section_of
from inkstand.articles.values import Draft
from inkstand.kit import html, urls
from inkstand.wire.language import language as detected
from inkstand.wire.parse.values import Document, Item

# A summary this long is the text itself; a shorter one stands under the headline.
SUMMARY_WORDS = 80
STANDFIRST = 600
NO_HEADLINE = 90
# No numbers of a content system, no flags in capitals: "Fashion & Style", "Royaume-Uni".
_NAME = re.compile(r"(?=.*[a-z]|.*[^\x00-\x7f])[^\W\d_][^\d_/]{1,40}")


def draft(item: Item, document: Document, *, section: str, language: str) -> Draft:
    """`section` and `language` are the feed's own, used where the item says none."""
    standfirst, body = texts(item)
    return Draft(
        key=item.id or item.url,
        url=urls.canonical(item.url) or item.url,
        headline=item.headline or _from_text(standfirst or html.text(body)),
        standfirst=standfirst,
        body=body,
        section=section_named(item, section),
        tags=item.tags,
        byline=people(item.authors),
        pictures=item.pictures or tuple(pictures(body)),
        published=item.published or item.updated,
        updated=item.updated,
        language=_language(f"{item.headline}. {standfirst}", item.language or language or document.language),
        rights=item.rights or document.rights,
    )


def _language(text: str, said: str) -> str:
    """What the words are in; where the publisher says the same and more, as pt-BR of pt, in its words."""
    found = detected(text, otherwise=said)
    return said if said.lower().startswith(found) else found


def section_named(item: Item, feed: str) -> str:
    """Where the publisher files it: the first of its own words that is a section's name, also within a path such as
    "news/sports/mlb"; else the feed's; else what the item says, if a person would understand it."""
    words = [word for tag in (item.section, *item.tags) for word in (tag, *tag.split("/"))]
    known = next((word.strip() for word in words if section_of(word)), "")
    return known or feed or (item.section if _NAME.fullmatch(item.section) else "")


def texts(item: Item) -> tuple[str, str]:
    """(standfirst as plain text, body as clean HTML)."""
    summary = html.text(item.summary)
    if item.body and item.body != item.summary:
        body = html.clean(item.body, base_url=item.url)
        return ("" if _opens_with(body, summary) else summary[:STANDFIRST]), body
    if len(summary.split()) > SUMMARY_WORDS:
        return "", html.clean(item.summary, base_url=item.url)
    return summary[:STANDFIRST], ""


def _opens_with(body: str, summary: str) -> bool:
    """Whether the summary is only the body's own beginning."""
    start = summary.rstrip("….").strip()[:80]
    return html.text(body[: 4 * STANDFIRST]).startswith(start)


def _from_text(text: str) -> str:
    if len(text) <= NO_HEADLINE:
        return text
    return text[:NO_HEADLINE].rsplit(" ", 1)[0] + "…"
