"""What is one reader's own, apart from the pages that all share: small answers to the scripts of their device."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from inkstand.articles.models import Article
from inkstand.membership.models import Grant
from inkstand.readers.models import Reader
from inkstand.reading.errors import PreferenceRefused
from inkstand.reading.mine import Mine, of
from inkstand.reading.models import Preferences
from inkstand.reading.prefer import prefer
from inkstand.web.headers import reads
from inkstand.web.pages.edition import newest_address
from inkstand.web.pages.frame import now_of, reader_of
from inkstand.web.pages.mine import is_ours
from inkstand.web.wishes import SIZES

ON_THE_DEVICE = timedelta(days=14)
"""The longest a text lies on a device that does not ask again."""
KEPT = 50
"""Saved articles that a device keeps."""

_HUNDREDTHS = {name: hundredths for name, (hundredths, _) in SIZES.items()}
Answer = Callable[[HttpRequest, Reader], dict[str, object]]


def for_reader(view: Callable[..., dict[str, object]]) -> Callable[..., HttpResponse]:
    """Only for who is signed in, and kept nowhere."""

    @wraps(view)
    def answer(request: HttpRequest, **named: int) -> HttpResponse:
        reader = reader_of(request)
        said = {"error": "sign-in"} if reader is None else view(request, reader, **named)
        status = 401 if reader is None else 400 if "error" in said else 200
        return JsonResponse(said, status=status, headers={"Cache-Control": "private, no-store"})

    return answer


@for_reader
def right(request: HttpRequest, reader: Reader) -> dict[str, object]:
    """Whose device this is, what they may read, for how long texts may lie on it, and what it is to keep at hand."""
    now = now_of(request)
    return {
        "reader": salted_hmac("device", str(reader.pk)).hexdigest()[:16],
        "reads": reads(request),
        "seconds": int((until(reader, now) - now).total_seconds()),
        "keep": [reverse("front"), *filter(None, [newest_address(request)]), *saved(of(reader), now)],
    }


def until(reader: Reader, now: datetime) -> datetime:
    """The end of the last grant that runs, at most two weeks: by then the device asks again or forgets."""
    latest = now + ON_THE_DEVICE
    if settings.ACCESS == "open" or reader.is_staff:
        return latest
    ends = Grant.objects.filter(reader=reader, starts_at__lte=now).values_list("ends_at", flat=True)
    running = [end or latest for end in ends if end is None or end > now]
    return min(latest, max(running, default=latest))


def saved(mine: Mine, now: datetime) -> list[str]:
    """Addresses of the newest saved articles that are still in the paper."""
    there = Article.objects.in_the_paper(now).filter(current__isnull=False).values("pk")
    found = mine.saved().filter(article__in=there).values_list("article", flat=True)[:KEPT]
    return [reverse("article", args=[pk]) for pk in found]


@for_reader
def article(request: HttpRequest, reader: Reader, pk: int) -> dict[str, object]:
    """Of one article: how far they came, which revision they saw, whether it is saved, what they marked."""
    mine = of(reader)
    reading = mine.history().filter(article=pk).first()
    wishes = mine.preferences()
    return {
        "revision": reading.revision if reading else 0,
        "progress": reading.progress if reading else 0,
        "saved": mine.saved().filter(article=pk).exists(),
        "history": wishes.history_days != 0,
        "look": look_of(wishes),
        "highlights": list(mine.highlights(pk).values("key", "quote", "start", "end", "note")),
    }


@csrf_exempt  # a page shared by many readers holds no token
@require_POST
@for_reader
def look(request: HttpRequest, reader: Reader) -> dict[str, object]:
    """Keeps how this reader wants the text: any of theme, size, width, face; the rest stays."""
    if not is_ours(request):
        return {"error": "another site"}
    try:
        prefer(reader=reader, **wishes_of(json.loads(request.body)))
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError, PreferenceRefused):
        return {"error": "look"}
    return {"look": look_of(of(reader).preferences())}


def look_of(wishes: Preferences) -> dict[str, str]:
    """As the page wears it: "" is the usual, which no page needs to say."""
    size = min(_HUNDREDTHS, key=lambda name: abs(_HUNDREDTHS[name] - wishes.text_size))
    width = "" if wishes.text_width == Preferences.Width.MEDIUM else wishes.text_width
    face = "" if wishes.text_face == Preferences.Face.SERIF else wishes.text_face
    return {"theme": wishes.theme, "size": size, "width": width, "face": face}


def wishes_of(worn: dict[str, str]) -> dict[str, object]:
    """The other way round; KeyError or PreferenceRefused for what there is not."""
    columns: dict[str, Callable[[str], tuple[str, object]]] = {
        "theme": lambda value: ("theme", value),
        "size": lambda value: ("text_size", _HUNDREDTHS[value]),
        "width": lambda value: ("text_width", value or Preferences.Width.MEDIUM),
        "face": lambda value: ("text_face", value or Preferences.Face.SERIF),
    }
    return dict(columns[name](value) for name, value in worn.items())
