"""What this reader does not want to see, asked of the database once a request."""

from django.http import HttpRequest

from inkstand.membership import licence
from inkstand.reading.filters import NONE, Filters
from inkstand.reading.mine import of
from inkstand.web.pages.frame import reader_of, standing


def filters_of(request: HttpRequest) -> Filters:
    """None for a visitor, who costs no statement; one statement for whoever is signed in."""
    kept = vars(request)
    if "filters" not in kept:
        reader = reader_of(request)
        kept["filters"] = of(reader).filters(opened_to(request)) if reader else NONE
    found: Filters = kept["filters"]
    return found


def opened_to(request: HttpRequest) -> frozenset[str]:
    """The terms under which the gate opens a text to this reader, free articles not counted."""
    return licence.opened_to(standing(request))
