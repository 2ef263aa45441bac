"""The pictures in an article's body, each caption and its credit apart."""

import html as entities
import re

from inkstand.articles.values import Picture
from inkstand.kit.html import text

_FIGURE = re.compile(r"<figure[^>]*>(.*?)</figure>|<img[^>]*>", re.DOTALL)
_IMG = re.compile(r"<img([^>]*)>")
_CAPTION = re.compile(r"<figcaption[^>]*>(.*?)</figcaption>", re.DOTALL)
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_LONGEST_CREDIT = 120

_WORD_FOR_CREDIT = (
    r"(?:(?:image|photo|picture|video|media)\s+)?(?:credits?|source)|photo(?:graph|graphy|graphed)?s?(?:\s+by)?|"
    r"pictures?(?:\s+by)?|images?(?:\s+by)?|illustration(?:\s+by)?|foto(?:graf(?:ie|ía)?)?s?|bild(?:nachweis|quelle)?|"
    r"quelle|crédits?(?:\s+photo)?|crédito|créditos|imagen|imagem|fonte|fuente|beeld|kuva|zdjęcie|фото|写真"
)
_NAMED = re.compile(rf"(?:^|[\s(\[|.–—-])(?:(?i:{_WORD_FOR_CREDIT})\s*[:/©]\s*|©\s*)(?P<who>[^()\[\]]+?)[)\]]?\.?$")
_PHOTO_BY = re.compile(
    r"(?:^|[\s(\[])(?i:photo(?:graph)?|picture|image|illustration)s?\s+(?i:by|courtesy of)\s+"
    r"(?P<who>[^()\[\]]+?)[)\]]?\.?$"
)
_ASIDE = re.compile(r"\s*[(\[](?P<who>[^()\[\]]{2,120})[)\]]\.?$")
_AGENCY = re.compile(
    r"\b(?:AP|AFP|EPA|PA|AAP|DPA|dpa|EFE|ANSA|TASS|Reuters|REUTERS|Getty|GETTY|Shutterstock|Alamy|Bloomberg|Xinhua|Kyodo|"
    r"Anadolu|Associated Press|Press Association|NurPhoto|ZUMA|Rex|iStock|Unsplash|Flickr|Wikimedia|NASA|"
    r"Handout|Supplied|"
    r"Photo|Photograph|Foto|Courtesy|Images|File|Pool|via)\b|/|©"
)
_TAIL = re.compile(r"(?<=[.!?…”\"])\s+(?P<who>[^.!?]{2,80}(?:/[^.!?]{2,60}|\bImages|\bReuters|\bREUTERS|\bAFP))\.?$")
_LABEL = re.compile(rf"^(?i:{_WORD_FOR_CREDIT})\s*[:/©]?\s+(?=\S)")


def pictures(body: str) -> tuple[Picture, ...]:
    """The pictures of a clean body in order; its captions keep no credit."""
    found = [_picture(match[0], match[1]) for match in _FIGURE.finditer(body)]
    return tuple({picture.url: picture for picture in reversed(found) if picture}.values())[::-1]


def caption_and_credit(words: str) -> tuple[str, str]:
    """A printed caption as what it shows and who made it: ("A bridge.", "Ada Byron/Reuters")."""
    for pattern in (_ASIDE, _PHOTO_BY, _NAMED, _TAIL):
        match = pattern.search(words)
        if match and len(match["who"]) <= _LONGEST_CREDIT and (pattern is not _ASIDE or _AGENCY.search(match["who"])):
            return words[: match.start()].rstrip(" |–—-(["), _LABEL.sub("", match["who"].strip(" .:|©"))
    return words, ""


def _picture(element: str, inside: str | None) -> Picture | None:
    img = _IMG.search(element)
    if not img:
        return None
    said = {name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(img[1])}
    printed = _CAPTION.search(inside or "")
    caption, credit = caption_and_credit(" ".join(text(printed[1]).split())) if printed else ("", "")
    width, height = (int(said.get(name) or 0) for name in ("width", "height"))
    return Picture(said.get("src", ""), caption, credit, said.get("alt", ""), width, height)
