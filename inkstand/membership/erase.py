"""A reader goes for good: the groups they paid for stay with those who sit in them, under no one's name."""

from django.db.models import F, Value
from django.db.models.functions import Concat

from inkstand.membership.models import Group
from inkstand.readers.models import Reader


def forget(reader: Reader) -> int:
    """How many rows were changed: such a group bears its owner's name or address."""
    return Group.objects.filter(owner=reader).update(name=Concat(Value("group "), F("pk")))
