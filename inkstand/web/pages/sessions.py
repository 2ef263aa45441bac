"""Signing out elsewhere: one device, or all of them."""

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, user=request.user, pk=pk)
    end_sessions(request, [session])
    messages.info(request, _("That device is signed out."))
    return redirect("usersessions_list")


@require_POST
@login_required
def end_all(request: HttpRequest) -> HttpResponse:
    """Here too: whoever holds a copy of this very session is out as well."""
    end_sessions(request, list(UserSession.objects.filter(user=request.user)))
    request.session.flush()
    messages.info(request, _("You are signed out everywhere."))
    return redirect("front")
