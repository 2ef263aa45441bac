"""A trial that begins with a card: the days before a contract's first payment, once a person and once a card."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from inkstand.billing.follow import follow, lock_contracts_of, post
from inkstand.billing.models import Contract
from inkstand.billing.protocol import Provider
from inkstand.membership.errors import TrialAlreadyUsed
from inkstand.membership.grant import trial_ends
from inkstand.membership.trial import start_trial, use_up

BEFORE = timedelta(days=3)


@transaction.atomic
def begin(provider: Provider, contract: Contract, *, now: datetime) -> None:
    """The trial of whoever joined with days free before them and has had none.

    Where their card has had one, the contract ends before anything is charged, a letter says why, and when they join
    again it is without a trial. Done again, it changes nothing: of a page and a worker who look at once, the later
    waits and finds the trial begun rather than taken.
    """
    lock_contracts_of(contract.reader_id)
    contract.refresh_from_db()
    if contract.reader is None or not _begins_free(contract) or trial_ends(contract.reader):
        return
    try:
        start_trial(reader=contract.reader, card=contract.card, now=contract.began_at)
    except TrialAlreadyUsed:
        use_up(contract.reader)
        provider.cancel(contract.reference, at_once=True, now=now)
        follow(provider, contract.reference, now=now)
        post("tried", contract)


def _begins_free(contract: Contract) -> bool:
    runs = contract.ended_at is None and contract.doubles_id is None
    return runs and contract.charge_from > contract.began_at and not contract.payments.exists()


def announce(*, now: datetime) -> int:
    """Writes to whom a first payment, or the one that ends a pause, is due in three days. How many letters."""
    soon = (now, now + BEFORE)
    first = Q(paused_until=None, charge_from__range=soon, charge_from__gt=F("began_at") + BEFORE)
    runs = Contract.objects.filter(first | Q(paused_until__range=soon), ended_at=None, leaves_at=None, doubles=None)
    count = 0
    for contract in runs.select_related("reader"):
        due = contract.paused_until or contract.charge_from
        if Contract.objects.filter(~Q(announced=due) | Q(announced=None), pk=contract.pk).update(announced=due):
            post("due", contract)
            count += 1
    return count
