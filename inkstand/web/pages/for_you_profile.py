"""What For You thinks a reader likes: seen, edited, taken away, erased, switched off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inkstand.ranking import forget, personal
from inkstand.ranking.keys import parted
from inkstand.ranking.profile import to_json
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.errors import ActionUnreadable
from inkstand.reading.prefer import prefer
from inkstand.web.files import file_name
from inkstand.web.pages.for_you_view import profile_view
from inkstand.web.pages.frame import now_of, signed_in_reader

# What a row's buttons do, by the reading room's own words for it.
_DEEDS = ("more", "less", "unfollow", "again")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    reader = signed_in_reader(request)
    if request.method == "POST":
        _change(request, reader, request.POST.get("do", ""), request.POST.get("key", ""))
        return HttpResponseRedirect(reverse("for_you_profile"))
    return render(request, "for_you/profile.html", {"view": profile_view(personal.profile_of(reader, now_of(request)))})


@require_safe
@login_required
def export(request: HttpRequest) -> HttpResponse:
    reader, now = signed_in_reader(request), now_of(request)
    response = JsonResponse(to_json(personal.profile_of(reader, now)), json_dumps_params={"indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{file_name(f"for-you-{now:%Y-%m-%d}.json")}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _change(request: HttpRequest, reader: Reader, do: str, key: str) -> None:
    """Http404 where there is no such thing to do."""
    now = now_of(request)
    if do in ("on", "off"):
        switch(reader, request, on=do == "on")
    elif do == "erase":
        forget.erase(reader=reader, now=now)
        messages.info(request, _("What was learned of you is erased. For You starts as the front page again."))
    elif do == "forget":
        forget.forget(reader=reader, key=key[:320], now=now)
    else:
        _carry_out(reader, request, do, key)


def switch(reader: Reader, request: HttpRequest, *, on: bool) -> None:
    """Off erases what was learned. On begins afresh: what was read in between was not for us to learn from."""
    prefer(reader=reader, for_you=on)
    forget.erase(reader=reader, now=now_of(request))
    if on:
        messages.info(request, _("For You is on. It learns from what you read from now on."))
    else:
        messages.info(request, _("For You is off. What was learned is erased, and nothing more is learned."))


def _carry_out(reader: Reader, request: HttpRequest, do: str, key: str) -> None:
    kind, name = parted(key)
    try:
        if do not in _DEEDS:
            raise Http404(do)
        wanted = action(do, at=now_of(request), kind=kind, key=name)
        carry_out(reader=reader, actions=[wanted], now=now_of(request))
    except ActionUnreadable:
        raise Http404("There is nothing of this kind.") from None
