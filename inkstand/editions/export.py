"""What this room gives a reader to take away: the editions made for them, what was sent, and where to."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet

from inkstand.editions.models import Edition, Errand, Hour, Subscription
from inkstand.kit.leaf import Leaf, listed
from inkstand.readers.models import Reader

# Whose it is need not be said; the keys that pushes are sealed with open nothing but the reader's own browser.
_LEFT_OUT = {"id", "reader_id", "public", "secret"}


def leaves(reader: Reader) -> Iterator[Leaf]:
    yield listed("editions/editions.json", _rows(Edition.objects.filter(reader=reader)))
    yield listed("editions/hours.json", _rows(Hour.objects.filter(reader=reader)))
    yield listed("editions/sent.json", _rows(Errand.objects.filter(reader=reader)))
    yield listed("editions/browsers.json", _rows(Subscription.objects.filter(reader=reader)))


def _rows(found: QuerySet[Model]) -> Iterator[dict[str, object]]:
    columns = [field.attname for field in found.model._meta.concrete_fields if field.attname not in _LEFT_OUT]
    return iter(found.order_by("pk").values(*columns))
