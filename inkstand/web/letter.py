"""A letter's HTML, set from its text: so each is written, and translated, once.

A paragraph that is an address becomes a button, one that is a code is set large; all else is as it stands.
"""

import re
from dataclasses import dataclass
from typing import Literal

from django.template.loader import render_to_string
from django.utils.translation import get_language

from inkstand.web.tongues import direction

# What allauth makes codes of: no vowel and no sign that is taken for another.
_CODE = re.compile(r"[A-Z0-9]{4}-?[A-Z0-9]{2,4}", re.ASCII)
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: Literal["words", "address", "code"]
    text: str


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a plain text, which empty lines part."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return tuple(Paragraph(_kind(part), part) for part in parts if part)


def as_html(text: str) -> str:
    language = get_language() or "en"
    said = {"paragraphs": paragraphs(text), "lang": language, "dir": direction(language)}
    return render_to_string("letter.html", said)


def _kind(part: str) -> Literal["words", "address", "code"]:
    if _CODE.fullmatch(part):
        return "code"
    return "address" if _ADDRESS.fullmatch(part) else "words"
