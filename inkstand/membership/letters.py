"""Letters to a reader: plain text, in whole sentences, with what to do and where. Pure but for `send`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inkstand.kit.isolate import isolated


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


def paper() -> str:
    """The paper's own name as a sentence of ours holds it."""
    return isolated(settings.NAME)


def letter(subject: str, *paragraphs: str) -> Letter:
    return Letter(subject, "\n\n".join(part for part in paragraphs if part) + "\n")


def link(says: str, path: str) -> str:
    return f"{says}\n{settings.ORIGIN}{path}"


def at(moment: datetime) -> str:
    """`7 December 2026, 09:30 UTC`: a letter is read in no particular zone, so it names one."""
    zone = ZoneInfo(settings.TIME_ZONE)
    pattern = "d MMMM y, HH:mm z"
    return format_datetime(moment, pattern, tzinfo=zone, locale=(get_language() or "en").replace("-", "_"))


def rows(*facts: tuple[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in facts if value)


def send(what: Letter, to: str) -> None:
    send_mail(what.subject, what.body, None, [to])


def trial_began(ends_at: datetime) -> Letter:
    return letter(
        _("Your fourteen days with %(paper)s have begun") % {"paper": paper()},
        _("Every article from every title here is open to you until %(when)s.") % {"when": at(ends_at)},
        _("No card was asked for. When the trial ends it ends by itself, and nothing is charged unless you join."),
        link(_("The front page:"), "/"),
    )


def trial_ending(ends_at: datetime) -> Letter:
    return letter(
        _("Three days of your trial are left"),
        _("Your trial ends on %(when)s, by itself. You need do nothing.") % {"when": at(ends_at)},
        _("If you would like to read on, join before then and nothing stops; the first payment is due on that day."),
        link(_("What a membership costs and gives:"), "/membership/"),
    )


def trial_ended() -> Letter:
    return letter(
        _("Your trial has ended"),
        _("Nothing was charged. Your account and all you saved are as you left them."),
        link(_("To read on, join here:"), "/membership/"),
    )


def invitation(group: str, token: str) -> Letter:
    return letter(
        _("%(group)s keeps a seat for you") % {"group": group},
        _("With it you read every article as its title delivers it. What you read is yours alone; nobody sees it."),
        link(_("To take the seat:"), f"/membership/seat/{token}/"),
        _("It costs you nothing. If you do not want it, do nothing."),
    )


LETTERS: Sequence[str] = ("began", "ending", "ended")
