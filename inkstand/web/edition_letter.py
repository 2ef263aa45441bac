"""The letter that brings an edition: plain text and HTML, one picture inside it, and one click to end it."""

import io
from datetime import datetime
from email.mime.image import MIMEImage
from email.utils import formataddr, parseaddr
from functools import cache, lru_cache
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from PIL import Image

from inkstand.editions.models import Edition
from inkstand.editions.pieces import pieces
from inkstand.membership.licence import opened_to
from inkstand.membership.standing import standing_of
from inkstand.readers.models import Reader
from inkstand.reading.mine import of
from inkstand.web.edition_text import plain, subject
from inkstand.web.pages.edition import EditionView, told
from inkstand.web.pages.picture import gallery
from inkstand.web.pictures import is_ours

PICTURE = "lead"
_SALT = "editions.stop"


def write(edition: Edition, reader: Reader, now: datetime) -> EmailMultiAlternatives:
    """In the reader's language; of each text what the gate gives this reader, and never more than its lead."""
    mine, standing, is_open = of(reader), standing_of(reader, now), settings.ACCESS == "open"
    texts = pieces(edition, standing, now, is_open=is_open, filters=mine.filters(opened_to(standing)))
    with translation.override(mine.preferences().language or settings.LANGUAGE_CODE):
        return _letter(told(edition, texts), edition, reader)


def _letter(view: EditionView, edition: Edition, reader: Reader) -> EmailMultiAlternatives:
    stop = settings.ORIGIN + stop_address(reader)
    lead = next((place.shot for place in view.stories if place.shot), None)
    shot = lead if lead and view.stories[0].shot is lead else None
    picture = jpeg_of(shot.url) if shot else None
    letter = EmailMultiAlternatives(
        subject(view), plain(view, settings.ORIGIN, stop), to=[reader.email], headers=_headers(edition, stop)
    )
    page = {"view": view, "origin": settings.ORIGIN, "stop": stop, "picture": f"cid:{PICTURE}" if picture else ""}
    letter.attach_alternative(_inliner().inline(render_to_string("edition_letter.html", page)), "text/html")
    if picture:
        letter.mixed_subtype = "related"  # type: ignore[attr-defined]  # Django has it, its stubs do not
        letter.attach(_inside(picture))
    return letter


def _headers(edition: Edition, stop: str) -> dict[str, str]:
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or urlsplit(settings.ORIGIN).hostname
    return {
        # The same for a letter that is sent a second time, so that mailboxes know it again.
        "Message-ID": f"<edition-{edition.pk}@{host}>",
        "List-Id": formataddr((settings.NAME, f"editions.{host}")),
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def stop_address(reader: Reader) -> str:
    return reverse("stop-mail", args=[signing.Signer(salt=_SALT).sign(str(reader.pk))])


def reader_to_stop(token: str) -> Reader | None:
    """Whose letters a signed address ends; None where it was not made by us."""
    try:
        return Reader.objects.filter(pk=int(signing.Signer(salt=_SALT).unsign(token))).first()
    except (signing.BadSignature, ValueError):
        return None


@lru_cache(maxsize=64)
def jpeg_of(url: str, width: int = 640) -> bytes | None:
    """As mail programs and books of any age can show it; None for a drawing, and for what cannot be had."""
    kept = None if is_ours(url) or not url else gallery().get(url, width)
    if kept is None:
        return None
    out = io.BytesIO()
    with Image.open(io.BytesIO(kept)) as picture:
        picture.convert("RGB").save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()


def _inside(picture: bytes) -> MIMEImage:
    part = MIMEImage(picture, "jpeg")
    part.add_header("Content-ID", f"<{PICTURE}>")
    part.add_header("Content-Disposition", "inline", filename=f"{PICTURE}.jpg")
    return part


@cache
def _inliner() -> css_inline.CSSInliner:
    # What no mail program obeys inline, the dark colours, stays in a sheet.
    return css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
