"""One calm page of all a reader may set, each part a form of its own."""

from django.conf import settings as paper
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inkstand.membership.grant import trial_ends
from inkstand.membership.trial import days_left
from inkstand.membership.values import Standing
from inkstand.readers.forget import PARCELS_KEPT
from inkstand.readers.models import Reader, name_of
from inkstand.reading import mine
from inkstand.reading.carry_out import REMEMBERED
from inkstand.reading.forget import LEVERS_KEPT, SHOWN_KEPT
from inkstand.reading.models import HISTORY_DAYS
from inkstand.reading.prefer import prefer
from inkstand.web.kept.alike import alike, kept_no_longer
from inkstand.web.pages.frame import now_of, signed_in_reader, standing
from inkstand.web.tongues import speak
from inkstand.web.wishes import FORMS, Wishes


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    reader = signed_in_reader(request)
    part = request.POST.get("part", "")
    kept = mine.of(reader).preferences()
    forms = {name: form.of(kept) for name, form in FORMS.items()}
    if part in FORMS:
        forms[part] = FORMS[part].of(kept, request.POST)
        if forms[part].is_valid():
            return _keep(request, reader, part, forms[part])
    elif "name" in request.POST:
        return _call(request, reader)
    refused = any(form.is_bound for form in forms.values())
    said = {"forms": forms, "reader": reader, **_membership(request, reader)}
    return render(request, "settings/settings.html", said, status=400 if refused else 200)


def _membership(request: HttpRequest, reader: Reader) -> dict[str, object]:
    """What their standing is, and of a trial how many days are left and until when."""
    now, ends = now_of(request), trial_ends(reader)
    return {
        "standing": standing(request),
        "pays": standing(request) is Standing.MEMBER,
        "trial_days": days_left(ends, now),
        "trial_ends": ends,
    }


@alike
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept and for how long: each number is the one that the code goes by."""
    spans = {
        "history": HISTORY_DAYS,
        "session": paper.SESSION_COOKIE_AGE // 86400,
        "done": REMEMBERED.days,
        "shown": SHOWN_KEPT.days,
        "levers": LEVERS_KEPT.days,
        "parcel": PARCELS_KEPT.days,
    }
    return render(request, "settings/privacy.html", {"days": spans})


def _keep(request: HttpRequest, reader: Reader, part: str, form: Wishes) -> HttpResponse:
    kept = prefer(reader=reader, **form.cleaned_data)
    response = redirect(f"{reverse('settings')}#{part}")
    if "only_open" in form.changed_data:
        kept_no_longer(response)
    if part == "place":
        speak(response, kept.language)
        translation.activate(kept.language or translation.get_language_from_request(request))
    messages.success(request, _("Kept."))
    return response


def _call(request: HttpRequest, reader: Reader) -> HttpResponse:
    reader.name = name_of(request.POST["name"])
    reader.save(update_fields=["name"])
    messages.success(request, _("Kept."))
    return redirect("settings")
