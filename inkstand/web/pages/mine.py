"""What is one reader's own on pages that are the same for all: asked for in one small answer, told in one list.

GET /mine/?articles=1,2&follows=title:7 gives what of the page is theirs. POST /mine/ takes a JSON list of actions
`[{id, at, do, …}]` (`inkstand.reading` says which there are): a device sends its queue as often as it likes, and each
action is carried out once. Without script, `pages/ask.py` does the same by plain forms.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from inkstand.kit.ids import is_id
from inkstand.readers.models import Reader
from inkstand.reading.actions import Action, action, parse
from inkstand.reading.carry_out import carry_out
from inkstand.reading.errors import ActionUnreadable
from inkstand.reading.mine import of
from inkstand.web.kept.alike import kept_no_longer
from inkstand.web.pages.frame import now_of, reader_of

MOST_MARKS, MOST_ACTIONS, MOST_BYTES = 200, 500, 2_000_000
# What changes every page.
_HIDING = {"mute", "unmute", "block", "unblock", "follow"}


# A form of another site can send no JSON without asking this one first, and a browser says when it is another's script
# that asks. So a device may send its queue without having loaded a page, and a token, before.
@csrf_exempt
def mine(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    if request.method not in ("GET", "HEAD", "POST"):
        return _json({"error": "method"}, 405)
    if reader is None:
        return _json({"error": "sign-in", "at": reverse("account_login")}, 401)
    return told(request, reader) if request.method == "POST" else marks(request, reader)


def marks(request: HttpRequest, reader: Reader) -> HttpResponse:
    """`read`: how far, in hundredths, by article; `saved`: articles; `follows`: those of the asked keys; `moved`: how
    many followed stories have moved. Six statements."""
    own = of(reader)
    wanted = {int(number) for number in request.GET.get("articles", "").split(",")[:MOST_MARKS] if is_id(number)}
    found = own.marks(wanted)
    return _json(
        {
            "read": {pk: mark.progress for pk, mark in found.items() if mark.progress is not None},
            "saved": [pk for pk, mark in found.items() if mark.saved],
            "follows": own.followed(request.GET.get("follows", "").split(",")[:MOST_MARKS]),
            "moved": len(own.moved()),
        }
    )


def told(request: HttpRequest, reader: Reader) -> HttpResponse:
    if not is_ours(request):
        return _json({"error": "not-ours"}, 403)
    sent = _list(request)
    if sent is None:
        return _json({"error": f"send a JSON list of at most {MOST_ACTIONS} actions"}, 400)
    actions, outcomes = _read(sent)
    outcomes += [(str(one.id), one.answer) for one in carry_out(reader=reader, actions=actions, now=now_of(request))]
    return changed(_json({"outcomes": [{"id": key, "answer": answer} for key, answer in outcomes]}), actions)


def is_ours(request: HttpRequest) -> bool:
    """Whether no other site sent this: no form can send JSON, and a browser says whose script it is that does."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site", "none")
    from_here = origin is None or origin.partition("://")[2] == request.get_host()
    return request.content_type == "application/json" and from_here and site in ("same-origin", "none")


def _list(request: HttpRequest) -> list[Any] | None:
    # Read before Django does: a longer body is refused unread.
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return None
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return sent if isinstance(sent, list) and len(sent) <= MOST_ACTIONS else None


def _read(sent: Iterable[Any]) -> tuple[list[Action], list[tuple[str, str]]]:
    """What could be read, and the ids of what could not: one bad action does not stop a queue."""
    actions: list[Action] = []
    unreadable: list[tuple[str, str]] = []
    for one in sent:
        try:
            actions.append(parse(one if isinstance(one, dict) else {}))
        except ActionUnreadable:
            unreadable.append((str(one.get("id", ""))[:36] if isinstance(one, dict) else "", "unreadable"))
    return actions, unreadable


def changed(response: HttpResponse, actions: Iterable[Action]) -> HttpResponse:
    return kept_no_longer(response) if any(one.do in _HIDING for one in actions) else response


def seen(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """The picture of nothing by which a browser without script tells that the article was opened."""
    reader = reader_of(request)
    if reader and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        read = action("read", at=now_of(request), article=pk, revision=max(1, min(revision, 2**31 - 1)))
        carry_out(reader=reader, actions=[read], now=now_of(request))
    return HttpResponse(_NOTHING, content_type="image/gif", headers={"Cache-Control": "private, no-store"})


_NOTHING = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


def _json(said: dict[str, Any], status: int = 200) -> HttpResponse:
    return JsonResponse(said, status=status, headers={"Cache-Control": "private, no-store"})
