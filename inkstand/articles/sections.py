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


# Lower case, in the languages of the catalogue. A general paper's "News" is the world's to a reader of many papers.
_WORLD = (
    "world|world news|international|news|top stories|general|europe|asia|africa|americas|middle east|asia and pacific|"
    "us news|uk news|india|china|national|welt|ausland|monde|mundo|internacional|mondo|esteri|wereld|buitenland|świat"
)
_POLITICS = "politics|elections|government|politik|inland|politique|política|politica|politiek|polityka"
_BUSINESS = (
    "business|economy|markets|money|finance|companies|wirtschaft|finanzen|économie|economie|entreprises|economía|"
    "negocios|economia|finanza|gospodarka|biznes"
)
_TECHNOLOGY = "technology|tech|digital|innovation|technik|netzwelt|technologie|tecnología|tecnologia|high-tech"
_SCIENCE = "science|space|wissenschaft|wissen|sciences|ciencia|ciência|scienza|wetenschap|nauka|science and faith"
_CLIMATE = "climate|environment|energy|nature|klima|umwelt|climat|planète|environnement|clima|medio ambiente|ambiente"
_HEALTH = "health|medicine|wellness|gesundheit|santé|salud|saúde|salute|gezondheid|zdrowie"
_CULTURE = (
    "culture|arts|books|film|music|entertainment|television|stage|kultur|feuilleton|musik|livres|cinéma|musique|"
    "cultura|libros|cine|música|spettacoli|cultuur|kultura"
)
_SPORT = "sport|sports|football|cricket|tennis|rugby|fußball|deportes|fútbol|esportes|futebol|calcio|voetbal"
_LIFE = "life|lifestyle|food|travel|style|fashion|home|leben|reise|gesellschaft|société|voyage|estilo|viajes|sociedad"
_OPINION = "opinion|comment|commentisfree|analysis|editorial|letters|meinung|kommentar|opinions|opinión|opinião|opinie"

SECTIONS = tuple(
    Section(slug, name, tuple(names.split("|")))
    for slug, name, names in (
        ("world", _("World"), _WORLD),
        ("politics", _("Politics"), _POLITICS),
        ("business", _("Business"), _BUSINESS),
        ("technology", _("Technology"), _TECHNOLOGY),
        ("science", _("Science"), _SCIENCE),
        ("climate", _("Climate"), _CLIMATE),
        ("health", _("Health"), _HEALTH),
        ("culture", _("Culture"), _CULTURE),
        ("sport", _("Sport"), _SPORT),
        ("life", _("Life"), _LIFE),
        ("opinion", _("Opinion"), _OPINION),
    )
)
_BY_NAME = {name: section for section in SECTIONS for name in section.names}
BY_SLUG = {section.slug: section for section in SECTIONS}


def section_of(name: str) -> Section | None:
    """The section that a title's own name for it falls in; None where it is the title's alone."""
    return _BY_NAME.get(name.strip().lower())
