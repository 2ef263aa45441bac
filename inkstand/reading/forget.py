"""What time takes away: history past its days, and what is only kept for a while."""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Value

from inkstand.reading.carry_out import REMEMBERED
from inkstand.reading.models import HISTORY_DAYS, Done, Lever, Preferences, Read, Shown

DAY = timedelta(days=1)
# A story that was passed over is off the page by then; a lever pulled so long ago moves nothing.
SHOWN_KEPT, LEVERS_KEPT = 30 * DAY, 365 * DAY


def forget(*, now: datetime) -> dict[str, int]:
    """How many rows went of each kind. Every reader's history goes by the days that reader set."""
    return {
        "read": _past_their_days(now),
        "shown": Shown.objects.filter(last_at__lt=now - SHOWN_KEPT).delete()[0],
        "levers": Lever.objects.filter(at__lt=now - LEVERS_KEPT).exclude(say=Lever.Say.NEVER).delete()[0],
        "done": Done.objects.filter(at__lt=now - REMEMBERED).delete()[0],
    }


def _past_their_days(now: datetime) -> int:
    theirs = Preferences.objects.filter(reader=OuterRef("reader"))
    span = ExpressionWrapper(F("history_days") * Value(DAY), output_field=DurationField())
    kept_from = ExpressionWrapper(Value(now) - span, output_field=DateTimeField())
    over = theirs.annotate(kept_from=kept_from).filter(kept_from__gt=OuterRef("last_at"))
    unsaid = ~Exists(theirs) & Q(last_at__lt=now - HISTORY_DAYS * DAY)
    return Read.objects.filter(Exists(over) | unsaid).delete()[0]
