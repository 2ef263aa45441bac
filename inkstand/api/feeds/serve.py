"""Hands out feeds: `/feeds/section/world.atom`, `/feeds/latest.json`, …

Every visitor gets the same, so that caches between us may keep it for a minute; programs that ask again with the
mark of what they have get 304.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from inkstand.api.feeds.atom import atom
from inkstand.api.feeds.entry import entry
from inkstand.api.feeds.json_feed import json_feed
from inkstand.api.feeds.lists import found
from inkstand.kit import clock
from inkstand.kit.isolate import isolated
from inkstand.membership.values import Standing


@require_safe
@conditional_page
def feed(request: HttpRequest, kind: str, form: str, key: str = "") -> HttpResponse:
    now, origin, language = clock.now(), origin_of(request), get_language() or "en"
    listed = found(kind, key, now)
    entries = [entry(article, Standing.VISITOR, now, origin) for article in listed.articles]
    name = f"{listed.name} | {isolated(settings.NAME)}"
    said = (name, f"{origin}{listed.page}", f"{origin}{request.path}", entries, language)
    if form == "json":
        response: HttpResponse = JsonResponse(json_feed(*said), content_type="application/feed+json")
    else:
        response = HttpResponse(atom(*said), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=60"
    return response


def origin_of(request: HttpRequest) -> str:
    """Our address as others see it, as `https://news.example.org`."""
    return settings.ADDRESS or request.build_absolute_uri("/")[:-1]
