"""What this room gives a reader to take away: what they were granted, where they sit, what they gave."""

from collections.abc import Iterator

from django.db.models import F

from inkstand.kit.leaf import Leaf, listed
from inkstand.membership.models import FreeNote, GiftLink, Grant, Group, Seat, VoucherUse
from inkstand.readers.models import Reader


def leaves(reader: Reader) -> Iterator[Leaf]:
    grants = Grant.objects.filter(reader=reader).order_by("starts_at")
    yield listed("membership/grants.json", grants.values("kind", "starts_at", "ends_at", "why"))
    notes = FreeNote.objects.filter(reader=reader)
    yield listed("membership/free-articles.json", notes.values("note"))
    links = GiftLink.objects.filter(giver=reader).order_by("made_at")
    yield listed("membership/articles-given.json", links.values("article_id", "key", "made_at", url=F("article__url")))
    seats = Seat.objects.filter(reader=reader)
    yield listed("membership/seats.json", seats.values("taken_at", "claim", name=F("group__name")))
    groups = Group.objects.filter(owner=reader).order_by("starts_at")
    yield listed("membership/groups.json", groups.values("name", "seats", "domains", "ranges", "starts_at", "ends_at"))
    used = VoucherUse.objects.filter(reader=reader).order_by("used_at")
    yield listed("membership/vouchers.json", used.values("used_at", code=F("voucher__code"), days=F("voucher__days")))
