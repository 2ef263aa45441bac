"""What is asked for: all of a request that may make a page another page, and the request reduced to that."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.utils.translation import get_language_from_request

from inkstand.kit import clock
from inkstand.kit.ids import is_id
from inkstand.membership import meter
from inkstand.membership.values import METERED, Standing
from inkstand.web import free as bound
from inkstand.web import library
from inkstand.web.kept.alike import OWN
from inkstand.web.note import FREE, note_of

Environ = dict[str, Any]
# Of a session's key, what its reader is to us; None where their pages are theirs alone.
Whose = Callable[[str], str | None]

LONGEST = 400
VISITOR, SPENT, LEFT = str(Standing.VISITOR), "visitor, free articles spent", "visitor, free articles left: "
# Two walls: one says that this visitor has read theirs, the other that no more are to be had where they are.
CROWDED = "visitor, free articles of their range spent"
# First parts of the addresses of pages. Accounts, pictures, the desk and what programs call go straight to Django.
PAGES = {
    "",
    "latest",
    "section",
    "titles",
    "title",
    "article",
    "about",
    "help",
    "story",
    "picks",
    "edition",
    "editions",
    "topics",
    "topic",
    "person",
    "place",
}
# What others hang on our addresses to follow people: it makes no other page.
_FOLLOWING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid")


_PLAIN = re.compile(r"[\w:.=-]+", re.ASCII)


class Asked(NamedTuple):
    path: str
    query: str
    language: str
    host: str
    secure: str
    whose: str


def read(environ: Environ, whose: Whose) -> Asked | None:
    """None where the answer is the asker's alone, and Django is to give it."""
    path, query, sent = environ["PATH_INFO"], environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
        return None
    if len(path) + len(query) > LONGEST or path[1:].partition("/")[0] not in PAGES or path.endswith("/mine/"):
        return None
    known, told = _query(query) if query else "", _told(environ, sent, path, whose)
    if known is None or told is None:
        return None
    language = _chosen(sent) or language_of(environ.get("HTTP_ACCEPT_LANGUAGE", "")[:LONGEST])
    host = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST", "")
    return Asked(path, known, language, host, environ.get("HTTP_X_FORWARDED_PROTO", ""), told)


def reduced(environ: Environ, asked: Asked) -> Environ:
    """The request that every asker of this page might have sent: nothing else of it reaches the page."""
    kept = {name: value for name, value in environ.items() if name not in _DROPPED}
    kept |= {"REQUEST_METHOD": "GET", "QUERY_STRING": asked.query, "HTTP_ACCEPT_LANGUAGE": asked.language}
    if asked.whose in (SPENT, CROWDED):
        kept[bound.SPENT] = True
    name = FREE if asked.whose.startswith(VISITOR) else settings.SESSION_COOKIE_NAME
    cookie = parse_cookie(environ.get("HTTP_COOKIE", "")).get(name, "")
    if asked.whose != VISITOR and _PLAIN.fullmatch(cookie):
        kept["HTTP_COOKIE"] = f"{name}={cookie}"
    return kept


_DROPPED = {
    "HTTP_ACCEPT_ENCODING",
    "HTTP_COOKIE",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_RANGE",
    "HTTP_X_FORWARDED_FOR",
    "REMOTE_ADDR",
    "wsgi.file_wrapper",
}


def _query(query: str) -> str | None:
    """What of it a page may know: where a list goes on. None where there is anything else that we do not know."""
    wanted = [(name, value) for name, value in parse_qsl(query, True) if not _FOLLOWING.fullmatch(name)]
    return urlencode(wanted) if all(name == "before" for name, _ in wanted) and len(wanted) < 2 else None


def _told(environ: Environ, sent: str, path: str, whose: Whose) -> str | None:
    """What the cookies tell of whoever sent them; those that are not ours tell us nothing."""
    cookies = parse_cookie(sent) if sent else {}
    if "messages" in cookies or OWN in cookies:
        return None
    members_only = settings.ACCESS == "members"
    if members_only and library.is_at_one(environ, clock.now()):
        return None
    if session := cookies.get(settings.SESSION_COOKIE_NAME):
        told = whose(session) if _PLAIN.fullmatch(session) else None
        # How many free articles are left is each one's own.
        return None if members_only and told in METERED and path.startswith("/article/") else told
    if members_only and path.startswith("/article/"):
        return _metered(environ, cookies.get(FREE, ""), path)
    return VISITOR


def _metered(environ: Environ, sent: str, path: str) -> str | None:
    """The gate's question, asked for every visitor anew: are there free articles left for this one?"""
    number = path.split("/")[2]
    if not is_id(number):
        return None
    now = clock.now()
    free = meter.read(note_of(sent), int(number), settings.FREE_ARTICLES, now)
    if not free.has_this and free.used >= free.free:
        return SPENT
    if not free.has_this and bound.has_none_outside_django(environ, now):
        return CROWDED
    return f"{LEFT}{free.free - free.used - (not free.has_this)}"


def _chosen(sent: str) -> str:
    """The language of ours that the asker chose over their browser's, as Django's own cookie has it; else ""."""
    if settings.LANGUAGE_COOKIE_NAME not in sent:
        return ""
    chosen = parse_cookie(sent).get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in _OURS else ""


_OURS = {code for code, _ in settings.LANGUAGES}


@lru_cache(maxsize=2048)
def language_of(accepted: str) -> str:
    """The language that Django will choose for this Accept-Language."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return get_language_from_request(request)
