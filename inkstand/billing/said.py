"""What is said alike wherever something is paid for: on pages, at the checkout, in letters, on invoices."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inkstand.membership.letters import paper


def months_said(count: int) -> str:
    return ngettext("%(num)s month", "%(num)s months", count) % {"num": count}


def gift_said(months: int) -> str:
    return _("%(paper)s as a gift, %(months)s") % {"paper": paper(), "months": months_said(months)}
