"""`/story/ID/card.jpg`: what a story looks like where its address is shared."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from inkstand.stories.models import Story
from inkstand.web.drawing import card
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.picture import gallery
from inkstand.web.pages.story import view_of
from inkstand.web.pictures import WIDTHS, is_ours
from inkstand.web.values import StoryView


def story_card(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Story, pk=pk, merged_into=None)
    view = view_of(found, now_of(request), get_language() or "en")
    drawn = _drawn(view.card.headline, _line(view), view.shot.url if view.shot else "", settings.NAME)
    return HttpResponse(drawn, content_type="image/jpeg", headers={"Cache-Control": "public, max-age=600"})


def _line(view: StoryView) -> str:
    titles = ngettext("%(num)s title", "%(num)s titles", view.titles) % {"num": view.titles}
    if view.countries < 2:
        return titles
    countries = ngettext("%(num)s country", "%(num)s countries", view.countries) % {"num": view.countries}
    return _("%(titles)s in %(countries)s") % {"titles": titles, "countries": countries}


@lru_cache(256)
def _drawn(headline: str, line: str, url: str, paper: str) -> bytes:
    picture = gallery().get(url, WIDTHS[-1]) if url and not is_ours(url) else None
    return card(headline, line, picture, paper)
