"""What this room gives a reader to take away: the whole profile that For You would use of them now."""

from collections.abc import Iterator
from datetime import datetime

from inkstand.kit.leaf import Leaf, listed, told
from inkstand.ranking.models import Forgotten
from inkstand.ranking.personal import profile_of
from inkstand.ranking.profile import to_json
from inkstand.readers.models import Reader


def leaves(reader: Reader, now: datetime) -> Iterator[Leaf]:
    yield told("for-you/profile.json", to_json(profile_of(reader, now)))
    yield listed("for-you/forgotten.json", Forgotten.objects.filter(reader=reader).values("key", "at"))
