"""What this reader does not want to see, asked of the database once a request."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from inkstand.membership import gate
from inkstand.membership.values import Licence, Meter, Open, Standing
from inkstand.reading.filters import NONE, Filters
from inkstand.reading.mine import of
from inkstand.web.pages.frame import now_of, reader_of, standing


def filters_of(request: HttpRequest) -> Filters:
    """None for a visitor, who costs no statement; one statement for whoever is signed in."""
    kept = vars(request)
    if "filters" not in kept:
        reader = reader_of(request)
        readable = opened_to(standing(request), now_of(request))
        kept["filters"] = of(reader).filters(readable) if reader else NONE
    found: Filters = kept["filters"]
    return found


def opened_to(reader: Standing, now: datetime) -> frozenset[str]:
    """The terms under which the gate opens a text to a reader of this standing, free articles not counted."""
    return frozenset(readable for readable in ("everyone", "members", "headline") if _opens(readable, reader, now))


def _opens(readable: str, reader: Standing, now: datetime) -> bool:
    asked = Licence(readable=readable, shown_from=now)  # type: ignore[arg-type]
    everyone_reads = settings.ACCESS == "open"
    return isinstance(gate.may_open("", asked, reader, Meter(free=0, used=0), now, everyone_reads=everyone_reads), Open)
