"""Where the payment provider brings its messages."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from inkstand.billing.errors import BillingOff, MessageForged
from inkstand.billing.providers import provider
from inkstand.billing.receive import receive
from inkstand.kit import clock

_log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def payments(request: HttpRequest, name: str) -> HttpResponse:
    """200 once the message is stored; anything else, and the provider brings it again."""
    try:
        taking = provider()
        if taking.name != name:
            return HttpResponse(status=404)
        receive(taking, request.body, request.headers, now=clock.now())
    except BillingOff:
        return HttpResponse(status=404)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    except MessageForged as refusal:
        _log.warning(refusal.for_log())
        return HttpResponse(status=400)
    return HttpResponse(status=200)
