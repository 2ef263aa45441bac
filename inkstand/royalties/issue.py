"""Which opened pages may have their reading counted: they are given a ticket."""

from datetime import datetime

from inkstand.kit.months import month_of
from inkstand.readers.models import Reader
from inkstand.royalties import attention, ticket
from inkstand.royalties.models import Insider
from inkstand.royalties.outsiders import is_own, is_robot
from inkstand.royalties.periods import reader_number
from inkstand.royalties.values import Ticket
from inkstand.titles.models import Publisher, Title


def ticket_for(*, reader: Reader | None, article: int, title: Title, words: int, user_agent: str, now: datetime) -> str:
    """The signed ticket for a page that shows the whole of `article`, `words` long.

    Empty where its reading is not counted: a visitor, a robot, an editor, somebody of the publisher's own house.
    Two statements where the title came with its publisher.
    """
    if reader is None or reader.is_staff or is_robot(user_agent) or is_insider(reader, title.publisher):
        return ""
    month = month_of(now)
    number = reader_number(month, reader.pk)
    return ticket.signed(Ticket(month, article, title.pk, number, attention.limit_s(words), now))


def is_insider(reader: Reader, publisher: Publisher) -> bool:
    return is_own(reader.email, publisher.home) or Insider.objects.filter(reader=reader, publisher=publisher).exists()
