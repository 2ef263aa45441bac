"""What this room gives a reader to take away: the trials and memberships they were granted."""

from collections.abc import Iterator

from inkstand.kit.leaf import Leaf, listed
from inkstand.membership.models import Grant
from inkstand.readers.models import Reader


def leaves(reader: Reader) -> Iterator[Leaf]:
    grants = Grant.objects.filter(reader=reader).order_by("starts_at")
    yield listed("membership/grants.json", grants.values("kind", "starts_at", "ends_at", "why"))
