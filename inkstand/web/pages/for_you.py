"""For You: today's stories in the order of one reader, each with why and with levers.

A visitor gets the front page's order, and so does a reader of whom nothing is known yet, or who wants no For You.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from inkstand.ranking import personal
from inkstand.ranking.keys import parted
from inkstand.readers.models import Reader
from inkstand.reading.actions import Action, action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.errors import ActionUnreadable
from inkstand.web.pages import cards
from inkstand.web.pages.for_you_view import ForYouView, chosen, likings, names_of
from inkstand.web.pages.frame import now_of, reader_of, signed_in_reader
from inkstand.web.pages.sieve import filters_of
from inkstand.web.values import Card

LIKES_SHOWN = 6
_LEVERS = ("more", "less", "never")


@require_safe
def for_you(request: HttpRequest) -> HttpResponse:
    """About fifteen statements, however much was read."""
    reader, now = reader_of(request), now_of(request)
    found = personal.for_you(reader, now, get_language() or "", filters_of(request))
    view = view_of(found, reader, cards.by_id([card.article for card in found.cards], now, filters_of(request)))
    if reader and found.profile.on and request.method == "GET" and "Sec-Purpose" not in request.headers:
        personal.shown(reader=reader, cards=found.cards, now=now)
    return render(request, "for_you/list.html", {"view": view})


def view_of(found: personal.ForYou, reader: Reader | None, there: dict[int, Card]) -> ForYouView:
    profile = found.profile
    names = names_of({*profile.likes, *profile.followed, *(key for card in found.cards for key in card.levers)})
    return ForYouView(
        chosen(found.cards, there, names, levers=reader is not None and profile.on),
        profile.on if reader else None,
        len(profile.reads),
        likings(profile, names)[:LIKES_SHOWN],
    )


@require_POST
@login_required
def pull(request: HttpRequest) -> HttpResponse:
    """A lever of a card: `say` is more or less of each `about`, or `never` names a key never to be seen here again."""
    reader = signed_in_reader(request)
    say, keys = str(request.POST.get("say", "")), request.POST.getlist("about")
    if never := request.POST.get("never"):
        say, keys = "never", [never]
    if not keys:
        raise Http404("There is no such lever.")
    pulled = [lever(say, key, request) for key in keys]
    carry_out(reader=reader, actions=pulled, now=now_of(request))
    names = list(names_of(keys).values())
    messages.info(request, _said(say, ", ".join(names)))
    return HttpResponseRedirect(reverse("for_you"))


def lever(say: str, key: str, request: HttpRequest) -> Action:
    """Http404 where there is no such lever."""
    kind, name = parted(key)
    try:
        if say in _LEVERS:
            return action(say, at=now_of(request), kind=kind, key=name)
    except ActionUnreadable:
        pass
    raise Http404("There is no such lever.")


def _said(say: str, names: str) -> str:
    words = {
        "more": _("You will see more of {names} here. {profile}"),
        "less": _("You will see less of {names} here. {profile}"),
        "never": _("{names} will not be chosen for you again. {profile}"),
    }
    link = format_html('<a class="plain" href="{}">{}</a>', reverse("for_you_profile"), _("Change your mind"))
    return format_html(words[say], names=names, profile=link)
