"""Bylines as they are printed, to the people in them.

Printed bylines carry openings ("By", "Von"), places ("in Kyiv"), roles ("Political Editor") and mail addresses beside
the names, and join names in as many ways. Agencies count as a name. What cannot be told apart is kept whole: a wrong
join is seen and corrected, a lost name is not.
"""

import re
from collections.abc import Iterable
from typing import Final

LONGEST = 100
"""A name longer than this many characters is a sentence, and is left out."""
_READ: Final = 1000  # characters of a line: no byline is longer

_MAIL: Final = r"(?:mailto:)?[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_MAIL_THEN_NAME: Final = re.compile(rf"^{_MAIL}\s*\(([^()]+)\)$", re.I)
_MAIL_OR_ASIDE: Final = re.compile(rf"<?\s*{_MAIL}\s*>?|\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|(?<!\w)@\w+", re.I)

_NAME_START: Final = r"[A-ZÀ-ÞĀ-ŽА-ЯЁΑ-Ω]"
_MADE: Final = (
    "words|text|story|stories|written|reports?|reporting|reported|analysis|photos?|photographs?|photography|pictures?|"
    "illustrations?|graphics?|reviewed|interview|compiled|edited|video|opinion|posted|translated|exclusive"
)
# "Von", "di" and "af" open names as well as bylines: they go only before a whole name.
_OPENING: Final = re.compile(
    rf"^(?:(?i:(?:(?:additional\s+)?(?:{_MADE})\s+)?by|par|por|propos recueillis par|texto|door|oleh)\b[\s:]*(?=\S)"
    rf"|(?i:{_MADE}):\s*(?=\S)"
    rf"|(?i:von|di|af|av)\s+(?={_NAME_START}[\w.'’-]*(?:\s+[\w.'’-]+)*\s+{_NAME_START}))"
)
_PLACE: Final = re.compile(
    rf",?\s+(?:reporting from|in|at|en|à|aus)\s+(?:the\s+)?{_NAME_START}[\w.'’-]*(?:\s+{_NAME_START}[\w.'’-]*){{0,3}}$"
)
_FOR: Final = re.compile(r"\s+[Ff]or\s+(?:[Tt]he\s+)?[\w.'’-]+(?:\s+[\w.'’-]+){0,3}$")

_ROLE_NOUN: Final = (
    "editors?|correspondents?|reporters?|writers?|columnists?|critics?|photographers?|producers?|journalists?|"
    "bureau chief|analysts?|contributors?|commentators?|redakteur(?:in)?|korrespondent(?:in)?|corresponsal|periodista"
)
_ROLE: Final = re.compile(rf"^(?:[\w'’&/-]+\s+){{0,5}}(?:{_ROLE_NOUN}|staff)(?:\s+(?:of|for|at|in|to)\s+.*)?$", re.I)
_ROLE_FIRST: Final = re.compile(
    rf"^(?i:(?:[\w'’&/-]+\s+){{0,3}}(?:{_ROLE_NOUN})),?\s+(?={_NAME_START}[\w.'’-]*\s+{_NAME_START})"
)
_NOBODY: Final = re.compile(
    r"^(?:others?|agenc(?:y|ies)|wires?|and|et al\.?|updated\b.*|D\.\s?C\.|U\.\s?S\.(?:\s?A\.)?|"
    r"ph\.?\s?d\.?|m\.d\.|esq\.?|[\W\d_]+)$",
    re.I,
)
_GENERATION: Final = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.I)
_AGENCY_NAMES: Final = (
    "reuters afp ap aap pa dpa efe ansa tass xinhua kyodo bloomberg ians pti ani upi cnn bbc npr nbc cbs abc cp anp "
    "belga lusa apa sda ntb ritzau tt stt agerpres yonhap bernama antara anadolu interfax ukrinform axios politico"
)
_AGENCIES: Final = frozenset(_AGENCY_NAMES.split())
_ORGANISATION: Final = re.compile(
    r"\b(?:departments?|ministry|university|institutes?|foundation|cent(?:re|er)|councils?|association|committee|"
    r"commission|agency|office|company|co|group|ltd|inc|llc|plc|gmbh|society|union|bank|trust|party|college|school|"
    r"administration|executive|services?|authority|federation|board|bureau|partners|sons|brothers|bros|staff|newsroom|"
    r"desk|team|magazine)\b",
    re.I,
)
_HARD: Final = re.compile(r"\s*[;|•·\n]\s*|\s+/\s+")
_COMMA: Final = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e|och|og|en|with)\s+|&\s*)?")
_AND: Final = re.compile(r"\s+(?:and|und|et|y|och|og|with)\s+|\s+[&+]\s+", re.I)
_EDGE: Final = ' \t\r\n,:-–—*&+"“”'
_FULL_STOP: Final = re.compile(r"(?<=\w{3})\.$|^\.+|\.(?=\.)")  # at a sentence's end, not an abbreviation's


def people(lines: Iterable[str]) -> tuple[str, ...]:
    """The names in bylines as delivered, in their order, each once whatever its case.

    Mail addresses never come through. `people(people(x)) == people(x)`: reading is repeated until nothing changes,
    which ends because each round only takes characters away.
    """
    names = tuple(lines)
    while (read := _once(names)) != names:
        names = read
    return names


def _once(lines: tuple[str, ...]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for line in lines:
        for name in _names(line[:_READ]):
            if name and len(name) <= LONGEST:
                seen.setdefault(name.casefold(), name)
    return tuple(seen.values())


def _names(line: str) -> list[str]:
    line = _without_mail(line)
    pieces = [piece for part in _HARD.split(line) for piece in _listed(part)]
    names = [name for name in map(_clean, pieces) if name and not _NOBODY.match(name)]
    return [name for name in names if not _ROLE.match(name)] or names[:1]


def _without_mail(line: str) -> str:
    """The name that stands beside a mail address, in either of the two usual forms; asides in brackets go as well."""
    line = line.strip()
    if found := _MAIL_THEN_NAME.match(line):
        return found[1]
    return _MAIL_OR_ASIDE.sub(" ", line)


def _listed(part: str) -> list[str]:
    """The parts of a list of names, with what belongs together put back together."""
    part = _opened(part.strip(_EDGE))
    pieces = [piece.strip(_EDGE) for piece in _COMMA.split(part)]
    if len(pieces) == 2 and all(_is_one_word(piece) for piece in pieces) and "," in part:
        return [f"{pieces[1]} {pieces[0]}"]  # "Doe, Jane"
    listed: list[str] = []
    for name in (name for piece in pieces for name in _parted(piece)):
        if listed and _GENERATION.match(name):
            listed[-1] = f"{listed[-1]} {name}"
        else:
            listed.append(name)
    return listed[:-1] if _ends_in_place(pieces) and len(listed) > 1 else listed


def _opened(text: str) -> str:
    return _OPENING.sub("", text)


def _is_one_word(text: str) -> bool:
    return text.isalpha() and text.casefold() not in _AGENCIES and not text.isupper()


def _ends_in_place(pieces: list[str]) -> bool:
    """ "Jane Doe, Washington": one capitalised word after a whole name, and no agency."""
    last = pieces[-1]
    return len(pieces) > 1 and " " in pieces[-2] and last[:1].isupper() and _is_one_word(last)


def _parted(piece: str) -> list[str]:
    """The names joined by "and" or "&"; an organisation with one in its name stays whole."""
    names = _AND.split(piece)
    if len(names) == 1 or _ORGANISATION.search(piece):
        return [piece]
    lone = [name for name in names if " " not in name.strip() and name.strip(_EDGE).casefold() not in _AGENCIES]
    return [piece] if len(lone) == len(names) else names


def _clean(name: str) -> str:
    """One name without opening, place, employer, or the role before it."""
    name = _opened(" ".join(name.split()).strip(_EDGE))
    if not _ORGANISATION.search(name):
        name = _PLACE.sub("", name)
        name = _FOR.sub("", name) if " " in name.partition(" for ")[0] else name
        name = _ROLE_FIRST.sub("", name)
    return _FULL_STOP.sub("", name.strip(_EDGE)).strip(_EDGE)
