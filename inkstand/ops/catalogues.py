"""Catalogues of the interface's words: what is marked for translation in code and templates, and each language's words.

A `.po` file is what people edit; the `.mo` beside it is what Django reads, and is made from it.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE: Final = Path(__file__).resolve().parent.parent
LANGUAGES: Final = ("de", "es", "fr")
# Pages, letters and short words to whoever did something, books.
_TEMPLATES: Final = tuple(f"**/templates/**.{kind}" for kind in ("html", "txt", "xhtml"))
_METHODS: Final = [("**/tests/**", "ignore"), ("**.py", "python"), *((path, "jinja2") for path in _TEMPLATES)]
_OPTIONS: Final = {path: {"newstyle_gettext": "true", "trimmed": "true"} for path in _TEMPLATES}
_KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "ngettext_noop": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_PLACE: Final = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def marked() -> Catalog:
    """Everything that is marked for translation in the package, with where it stands."""
    found = Catalog(project="Inkstand", charset="utf-8")
    rows = extract_from_dir(PACKAGE, _METHODS, _OPTIONS, keywords=_KEYWORDS, comment_tags=("Translators:",))
    for file, line, said, comments, context in rows:
        found.add(said, locations=[(f"inkstand/{file}", line)], auto_comments=comments, context=context)
    return found


def path_of(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The language's words; none yet where it has no file."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Inkstand", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Catalog:
    """Brings the language's file to what is marked now, keeps every translation, and compiles it."""
    words = read(language)
    words.update(marked(), no_fuzzy_matching=True, update_creation_date=False)
    words.obsolete.clear()
    words.header_comment, words.fuzzy = (
        f"# Inkstand's interface: {language}. `tools/catalogues` brings it up to date.",
        False,
    )
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, words, width=116, sort_output=True, no_location=True)
    path.with_suffix(".mo").write_bytes(compiled(words))
    return words


def compiled(words: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, words)
    return out.getvalue()


def missing(words: Catalog) -> list[str]:
    """What has no translation, or one that names other places than the original. Shown as the original's words."""
    return [_first(message) for message in words if message.id and not _is_whole(message)]


def _is_whole(message: Message) -> bool:
    said = list(_forms(message.string))
    return bool(said) and all(said) and _places(message.string) == _places(message.id)


def _places(said: str | list[str] | tuple[str, ...] | None) -> set[tuple[str, ...]]:
    return {place for form in _forms(said) for place in _PLACE.findall(form)}


def _forms(said: str | list[str] | tuple[str, ...] | None) -> Iterator[str]:
    yield from [said or ""] if said is None or isinstance(said, str) else said


def _first(message: Message) -> str:
    return next(_forms(message.id))
