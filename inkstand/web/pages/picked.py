"""Our picks, and good news: what editors chose, newest first, with why where they said it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from inkstand.desk.models import Pick
from inkstand.web.kept.alike import alike
from inkstand.web.pages import cards as of
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.sieve import filters_of
from inkstand.web.values import ListView

SHOWN = 40


@alike
def picks(request: HttpRequest) -> HttpResponse:
    return _page(request, Pick.Kind.PICK, _("Our picks"), _("What our editors would not want you to miss."), "picks")


@alike
def good_news(request: HttpRequest) -> HttpResponse:
    return _page(request, Pick.Kind.GOOD, _("Good news"), _("What went well, chosen by our editors."), "good-news")


def _page(request: HttpRequest, kind: Pick.Kind, name: str, about: str, feed: str) -> HttpResponse:
    now, filters = now_of(request), filters_of(request)
    chosen = of.picks(now, SHOWN, filters, kind)
    cards = of.picked(chosen, of.by_id((one.article for one in chosen), now, filters))
    void = _("Our editors have not chosen anything yet.")
    return render(request, "list.html", {"view": ListView(name=name, about=about, cards=cards, feed=feed, void=void)})
