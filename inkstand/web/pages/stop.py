"""Ends the letters: one click in the mail program (RFC 8058), or one on this page. Who holds the address may do it:
it was sent to their mailbox and is signed. A look at the page alone ends nothing, for mail scanners look too."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from inkstand.reading.mine import of
from inkstand.reading.prefer import prefer
from inkstand.web.edition_letter import reader_to_stop


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    reader = reader_to_stop(token)
    if reader is None:
        raise Http404("This address ends nothing.")
    if request.method == "POST":
        prefer(reader=reader, by_mail="again" in request.POST)
    response = render(request, "stop.html", {"stopped": not of(reader).preferences().by_mail})
    response["Cache-Control"] = "private, no-store"
    return response
