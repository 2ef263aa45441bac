"""What search engines read of an article page: schema.org's NewsArticle, with what may not be read named as such."""

from datetime import datetime

from inkstand.web.values import Card

# The class of the element whose text is kept back. The text itself is not in the page at all.
WALLED = ".walled"


def linked_data(card: Card, original: str, updated: datetime | None, *, is_open: bool) -> dict[str, object]:
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": card.headline,
        "description": card.standfirst[:300],
        "author": [{"@type": "Person", "name": name} for name in card.byline],
        "publisher": {"@type": "NewsMediaOrganization", "name": card.title.name},
        "mainEntityOfPage": original,
        "inLanguage": card.language,
        "articleSection": card.section,
        "datePublished": card.published and card.published.isoformat(),
        "dateModified": (updated or card.published or "") and (updated or card.published).isoformat(),  # type: ignore[union-attr]
        "isAccessibleForFree": is_open,
    }
    if not is_open:
        said["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": WALLED}
    return {name: value for name, value in said.items() if value not in ("", [], None)}
