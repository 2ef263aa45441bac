"""Which rules of words each language goes by: stems and stop words are PostgreSQL's, accents never matter."""

from typing import Final

# Those of the languages PostgreSQL has a stemmer for that newspapers are printed in.
_STEMMED = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
PLAIN: Final = "simple"
PREFIX: Final = "inkstand_"
RULES: Final = (*sorted(set(_STEMMED.values())), PLAIN)


def base(language: str) -> str:
    """`pt` of `pt-BR`; "" of what is no tag."""
    first = language.replace("_", "-").split("-")[0].lower()
    return first if first.isascii() and first.isalpha() and len(first) <= 3 else ""


def rules_of(language: str) -> str:
    """The name of the rules, as `english`: one of RULES."""
    return _STEMMED.get(base(language), PLAIN)


def configuration(rules: str) -> str:
    """PostgreSQL's name of the rules with accents taken off, as the first migration made it."""
    return PREFIX + rules
