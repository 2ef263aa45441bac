"""What this room gives a reader to take away: where their fees went, if they asked for that."""

from collections.abc import Iterator

from django.db.models import F

from inkstand.kit.leaf import Leaf, listed
from inkstand.readers.models import Reader
from inkstand.royalties.models import Insider, Receipt, ReceiptWish


def leaves(reader: Reader) -> Iterator[Leaf]:
    receipts = Receipt.objects.filter(reader=reader).order_by("period")
    yield listed("membership/receipts.json", receipts.values("period", "currency", "fee", "went"))
    wishes = ReceiptWish.objects.filter(reader=reader).count()
    insides = Insider.objects.filter(reader=reader).values(name=F("publisher__name"))
    yield listed("membership/works-for.json", insides)
    yield listed("membership/wants-receipts.json", [{"wants": bool(wishes)}])
