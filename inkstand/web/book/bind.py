"""A book bound: its files in one zip, in the order and with the names that EPUB 3 wants. Pure but for drawing."""

import hashlib
import io
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import get_language
from markupsafe import Markup

from inkstand.web.book.plain import as_xhtml, clean
from inkstand.web.pages.edition import EditionView, Numbered
from inkstand.web.tongues import direction

# A picture's bytes as JPEG, None where it cannot be had.
Picture = Callable[[str], bytes | None]
KIND = "application/epub+zip"
# What a book may weigh is what a mailbox or an old reader takes.
MOST_PICTURES = 60


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story as the book has it; `shot` and `body` name pictures where they lie in the book."""

    place: Numbered
    language: str
    direction: str
    shot: str
    body: Markup

    @property
    def file(self) -> str:
        return f"story-{self.place.piece.number}.xhtml"


@dataclass(slots=True)
class Pictures:
    """Those that are in the book, each once, by the name of their file."""

    fetch: Picture
    files: dict[str, bytes] = field(default_factory=dict)

    def place(self, url: str) -> str | None:
        name = f"pictures/{hashlib.sha256(url.encode()).hexdigest()[:16]}.jpg"
        if name not in self.files and len(self.files) < MOST_PICTURES and (found := self.fetch(url)):
            self.files[name] = found
        return name if name in self.files else None


def bind(view: EditionView, *, name: str, origin: str, made_at: datetime, fetch: Picture) -> bytes:
    """The EPUB. `name` is the book's title, `made_at` its date, which every file in it bears."""
    pictures = Pictures(fetch)
    chapters = [_chapter(place, pictures) for place in view.stories]
    language = get_language() or "en"
    said = {
        "view": view, "name": name, "chapters": chapters, "origin": origin, "pictures": sorted(pictures.files),
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{origin}{view.address}#{made_at.isoformat()}"),
        "made": f"{made_at:%Y-%m-%dT%H:%M:%SZ}", "book_language": language, "book_direction": direction(language),
    }  # fmt: skip
    files = {"META-INF/container.xml": render_to_string("book/container.xml").encode()}
    for file in ("package.opf", "nav.xhtml", "title.xhtml", "end.xhtml", "book.css"):
        files[f"book/{file}"] = _drawn(file, said)
    files |= {f"book/{one.file}": _drawn("story.xhtml", {**said, "chapter": one}) for one in chapters}
    files |= {f"book/{file}": data for file, data in sorted(pictures.files.items())}
    return _zipped(files, made_at)


def _chapter(place: Numbered, pictures: Pictures) -> Chapter:
    piece = place.piece
    language = piece.language or get_language() or "en"
    body = getattr(piece.answer, "body", "")
    shot = pictures.place(place.shot.url) if place.shot else None
    text = as_xhtml(body, lambda url: None if place.shot and url == place.shot.url else pictures.place(url))
    return Chapter(place, language, direction(language), shot or "", text)


def _drawn(file: str, said: dict[str, object]) -> bytes:
    return clean(render_to_string(f"book/{file}", said)).strip().encode()


def _zipped(files: dict[str, bytes], made_at: datetime) -> bytes:
    """The kind of it first and unpacked, as every reading system looks for it there."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for file, data in {"mimetype": KIND.encode(), **files}.items():
            entry = zipfile.ZipInfo(file, made_at.timetuple()[:6])
            entry.compress_type = (
                zipfile.ZIP_STORED if file == "mimetype" or file.endswith(".jpg") else zipfile.ZIP_DEFLATED
            )
            book.writestr(entry, data)
    return out.getvalue()
