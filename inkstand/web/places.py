"""Countries and languages by their names in the reader's language, from the Unicode CLDR."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError


def country_name(code: str, shown_in: str) -> str:
    """`GB` as `United Kingdom`; the code itself where it is not known."""
    return str(_locale(shown_in).territories.get(code.upper(), code))


def language_name(tag: str, shown_in: str) -> str:
    """`pt-BR` as `Portuguese (Brazil)`; the tag itself where it is not known."""
    try:
        return Locale.parse(tag.replace("-", "_")).get_display_name(_locale(shown_in)) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    return Locale.parse(tag.replace("-", "_"))
