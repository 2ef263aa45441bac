"""Where hubs call: to verify that we asked, and to bring what a feed publishes."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from inkstand.kit import clock
from inkstand.wire import hubs
from inkstand.wire.websub import Accept, Denied


@csrf_exempt
@require_http_methods(["GET", "POST"])
def websub(request: HttpRequest, token: str) -> HttpResponse:
    return _deliver(request, token) if request.method == "POST" else _verify(request, token)


def _verify(request: HttpRequest, token: str) -> HttpResponse:
    answer = hubs.verify(token, {key: str(value) for key, value in request.GET.items()}, now=clock.now())
    if isinstance(answer, Accept):
        return HttpResponse(answer.challenge, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=200 if isinstance(answer, Denied) else 404)


def _deliver(request: HttpRequest, token: str) -> HttpResponse:
    try:
        body = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    # The standard wants a 2xx even for a bad signature, so that a forger learns nothing.
    signature, kind = (request.headers.get(name, "") for name in ("X-Hub-Signature", "Content-Type"))
    hubs.deliver(token, signature, kind, body, now=clock.now())
    return HttpResponse(status=202)
