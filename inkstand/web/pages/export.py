"""Taking everything along: one zip, at once where it is short, packed in the background where it is long."""

from datetime import timedelta

from allauth.core.internal.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from inkstand.readers.models import Parcel, Reader
from inkstand.web.export import is_long, leaves, zipped
from inkstand.web.files import file_name
from inkstand.web.jobs import pack
from inkstand.web.pages.frame import now_of, signed_in_reader

TRIES = {"export": "10/h/user"}
# How long a parcel may be packed before asking again begins it anew.
PATIENCE = timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    reader, now = signed_in_reader(request), now_of(request)
    if request.method != "POST":
        return render(request, "settings/export.html", {"parcel": _parcel(reader)})
    refused: HttpResponse | None = consume_or_429(request, app="inkstand", action="export", config=TRIES)
    if refused:
        return refused
    if not is_long(reader):
        return _given(StreamingHttpResponse(zipped(leaves(reader, now), now), content_type="application/zip"), request)
    parcel, fresh = Parcel.objects.get_or_create(reader=reader, defaults={"asked_at": now})
    if fresh or parcel.packed_at or parcel.asked_at < now - PATIENCE:
        Parcel.objects.filter(reader=reader).update(asked_at=now, packed_at=None, body=b"")
        pack.defer(reader=reader.pk)
    return redirect("export")


@require_safe
@login_required
def parcel(request: HttpRequest) -> HttpResponseBase:
    held = _parcel(signed_in_reader(request))
    if held is None or held.packed_at is None:
        return redirect("export")
    return _given(HttpResponse(bytes(held.body), content_type="application/zip"), request)


def _parcel(reader: Reader) -> Parcel | None:
    return Parcel.objects.filter(reader=reader).first()


def _given(response: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    day = now_of(request).date().isoformat()
    response["Content-Disposition"] = f'attachment; filename="{file_name(f"{day}.zip")}"'
    response["Cache-Control"] = "no-store"
    return response
