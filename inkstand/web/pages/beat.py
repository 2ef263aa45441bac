"""Attention told by the page that has it: a ticket for an article, its beats, and "not worth it".

None of this is the reader's history: the ticket holds a number that means nobody once the month is settled. The
history, which the reader may turn off, is written elsewhere.
"""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from inkstand.articles.models import Article
from inkstand.kit import html
from inkstand.membership.licence import text_of
from inkstand.membership.values import Meter, Open
from inkstand.royalties.attention import BEAT_S
from inkstand.royalties.count import count, not_worth_it
from inkstand.royalties.errors import MonthClosed, TicketRefused
from inkstand.royalties.issue import ticket_for
from inkstand.royalties.values import Beat
from inkstand.web.pages.frame import now_of, reader_of, standing

_NO_METER = Meter(free=0, used=0)


@require_safe
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """What a signed-in reader's page shows with each beat; "" where the reading is not counted."""
    found = get_object_or_404(Article.objects.whole(), pk=pk)
    answer = text_of(found, standing(request), _NO_METER, now_of(request), is_open=False)
    made = ""
    if isinstance(answer, Open) and answer.body:
        made = ticket_for(
            reader=reader_of(request),
            article=pk,
            title=found.title,
            words=len(html.text(answer.body).split()),
            user_agent=request.headers.get("User-Agent", ""),
            now=now_of(request),
        )
    return JsonResponse({"ticket": made, "every": BEAT_S}, headers={"Cache-Control": "private, no-store"})


# The ticket is the proof: no page of a stranger's has one, and a beat without one is nothing.
@csrf_exempt
@require_POST
def beat(request: HttpRequest) -> HttpResponse:
    def told(said: dict[str, Any]) -> None:
        seen = float(said["seen"])
        count(Beat(str(said["ticket"]), bool(said["visible"]), bool(said["foreground"]), seen), now=now_of(request))

    return _heard(request, told)


@csrf_exempt
@require_POST
def worth(request: HttpRequest) -> HttpResponse:
    """`{"ticket": …, "worth_it": false}`: the reader says that the article was not, or takes it back."""
    return _heard(
        request, lambda said: not_worth_it(str(said["ticket"]), now=now_of(request), is_so=not said["worth_it"])
    )


def _heard(request: HttpRequest, deed: Callable[[dict[str, Any]], None]) -> HttpResponse:
    try:
        deed(json.loads(request.body))
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return HttpResponseBadRequest("Send JSON with the ticket and what it was asked for.")
    except (TicketRefused, MonthClosed) as error:
        # 410: the page need not go on; a new visit brings a new ticket.
        return JsonResponse({"error": error.code, "message": str(error)}, status=410)
    return HttpResponse(status=204)
