"""The seats of a family or a group: whoever pays invites and gives back; whoever is invited takes one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from inkstand.kit.ids import is_id
from inkstand.membership import groups
from inkstand.membership.errors import GroupFull, InvitationRefused, SeatElsewhere
from inkstand.membership.models import Group, Seat
from inkstand.readers.models import Reader
from inkstand.web.pages import mail_address
from inkstand.web.pages.frame import now_of, reader_of, signed_in_reader


@login_required
def seats(request: HttpRequest) -> HttpResponse:
    owner = signed_in_reader(request)
    group = _group_of(request, owner)
    if request.method == "POST":
        _DEEDS.get(request.POST.get("do", ""), _nothing)(request, group)
        return redirect("seats")
    taken = list(group.taken.select_related("reader").order_by("pk"))
    domain = groups.may_open_to(owner)
    said = {"group": group, "taken": taken, "free": max(0, group.seats - len(taken)), "domain": domain}
    return render(request, "membership/seats.html", {**said, "is_open": domain in group.domains})


def seat(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: what it is can be seen by whoever holds it; it is taken by who was invited."""
    reader = reader_of(request)
    try:
        group, email = groups.invited(token)
    except InvitationRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("membership")
    is_theirs = reader is not None and reader.email == email
    if request.method == "POST" and reader and is_theirs:
        return _take(request, group, reader)
    return render(request, "membership/seat.html", {"group": group, "email": email, "is_theirs": is_theirs})


@login_required
def own_seat(request: HttpRequest) -> HttpResponse:
    """Takes the seat that is open to the reader's mail domain, or gives the one they have back."""
    reader = signed_in_reader(request)
    if request.method != "POST":
        return redirect("membership")
    if held := Seat.objects.filter(reader=reader).first():
        groups.give_back(held)
        messages.success(request, _("You have given your seat back."))
        return redirect("membership")
    if group := groups.group_of_mail(reader.email, now_of(request)):
        return _take(request, group, reader)
    raise Http404


def _take(request: HttpRequest, group: Group, reader: Reader) -> HttpResponse:
    try:
        groups.take_seat(group, reader, now=now_of(request))
        messages.success(request, _("The seat is yours. Every article is open to you."))
    except (GroupFull, SeatElsewhere) as refusal:
        messages.error(request, str(refusal))
    return redirect("membership")


def _invite(request: HttpRequest, group: Group) -> None:
    email = mail_address.typed(request)
    if not mail_address.is_one(email, request):
        return
    app.configure_task("membership.invite", queue="membership").defer(group=group.pk, email=email)
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})


def _give_back(request: HttpRequest, group: Group) -> None:
    number = request.POST.get("seat", "")
    groups.give_back(get_object_or_404(Seat, pk=int(number) if is_id(number) else 0, group=group))
    messages.success(request, _("The seat is free again."))


def _open(request: HttpRequest, group: Group) -> None:
    domain = groups.may_open_to(signed_in_reader(request))
    groups.open_to(group, domain if "open" in request.POST else "")
    messages.success(request, _("Kept."))


def _nothing(request: HttpRequest, group: Group) -> None:
    raise Http404


_DEEDS = {"invite": _invite, "give-back": _give_back, "open": _open}


def _group_of(request: HttpRequest, owner: Reader) -> Group:
    found = Group.objects.filter(groups.running(now_of(request)), owner=owner).order_by("pk").first()
    if found is None:
        raise Http404
    return found
