"""The sections that the paper has pages for, and the names under which titles file their pieces in them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """`names` are what titles call it, in lower case."""

    slug: str
    name: str | Promise
    names: tuple[str, ...]

    def spellings(self) -> list[str]:
        """As `section` columns may have it: an index serves exact spellings, not a comparison of lower case."""
        return sorted({form for name in self.names for form in (name, name.capitalize(), name.title(), name.upper())})


SECTIONS = (
    Section(
        "world",
        _("World"),
        ("world", "world news", "international", "europe", "asia", "africa", "americas", "middle east"),
    ),
    Section("politics", _("Politics"), ("politics", "elections", "government")),
    Section("business", _("Business"), ("business", "economy", "markets", "money", "finance", "companies")),
    Section("technology", _("Technology"), ("technology", "tech", "digital", "innovation")),
    Section("science", _("Science"), ("science", "space", "nature")),
    Section("climate", _("Climate"), ("climate", "environment", "energy")),
    Section("health", _("Health"), ("health", "medicine", "wellness")),
    Section(
        "culture", _("Culture"), ("culture", "arts", "books", "film", "music", "entertainment", "television", "stage")
    ),
    Section("sport", _("Sport"), ("sport", "sports", "football", "cricket", "tennis", "rugby")),
    Section("life", _("Life"), ("life", "lifestyle", "food", "travel", "style", "fashion", "home")),
    Section("opinion", _("Opinion"), ("opinion", "comment", "commentisfree", "analysis", "editorial", "letters")),
)
_BY_NAME = {name: section for section in SECTIONS for name in section.names}
BY_SLUG = {section.slug: section for section in SECTIONS}


def section_of(name: str) -> Section | None:
    """The section that a title's own name for it falls in; None where it is the title's alone."""
    return _BY_NAME.get(name.strip().lower())
