"""Countries and languages by their names in the reader's language, from the Unicode CLDR."""

from functools import lru_cache
from unicodedata import combining, normalize

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_territory_currencies


def country_name(code: str, shown_in: str) -> str:
    """`GB` as `United Kingdom`; the code itself where it is not known, "" for one that ISO leaves to its users."""
    return "" if _is_private(code) else str(_locale(shown_in).territories.get(code.upper(), code))


def all_countries(shown_in: str) -> list[tuple[str, str]]:
    """Every country with money of its own or another's today, as (code, name), in the order of their names."""
    named = _locale(shown_in).territories
    found = [(code, named[code]) for code in get_global("territory_currencies") if code in named and _pays(code)]
    return sorted(found, key=lambda row: _plain(row[1]))


def _pays(code: str) -> bool:
    # The Union is no country, and what stands in it is named.
    return code != "EU" and bool(get_territory_currencies(code))


def _plain(name: str) -> str:
    """Without its accents, or Österreich would come after Zypern."""
    return "".join(sign for sign in normalize("NFKD", name.casefold()) if not combining(sign))


def _is_private(code: str) -> bool:
    """AA, QM to QZ, XA to XZ, ZZ: the countries of the demo edition have such codes. XK is Kosovo's all the same."""
    return code in ("AA", "ZZ") or "QM" <= code <= "QZ" or ("XA" <= code <= "XZ" and code != "XK")


def language_name(tag: str, shown_in: str) -> str:
    """`pt-BR` as `Portuguese (Brazil)`; the tag itself where it is not known."""
    try:
        return Locale.parse(tag.replace("-", "_")).get_display_name(_locale(shown_in)) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    return Locale.parse(tag.replace("-", "_"))
