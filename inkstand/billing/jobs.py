"""Billing's work in the queue and by the clock."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from inkstand.billing import free_days, gift, letters, models, receive, reconcile, withdraw
from inkstand.billing.providers import provider, takes_payments
from inkstand.billing.till import deliver
from inkstand.kit import clock
from inkstand.membership.letters import send

# A provider away for a day is caught up with; after that the nightly round does it.
_AGAIN = RetryStrategy(max_attempts=12, exponential_wait=3)


@app.task(name="billing.act_on", queue="billing", retry=_AGAIN)
def act_on(message: int, again: bool = False) -> None:
    receive.act_on(provider(), message, now=clock.now(), again=again)


@app.task(name="billing.look", queue="billing", retry=_AGAIN)
def look(contract: int) -> None:
    receive.bring_in(provider(), models.Contract.objects.get(pk=contract).reference, now=clock.now())


@app.task(name="billing.withdraw", queue="billing", retry=_AGAIN)
def carry_out(contract: int) -> None:
    withdraw.carry_out(provider(), models.Contract.objects.get(pk=contract), now=clock.now())


@app.task(name="billing.post", queue="billing", retry=_AGAIN)
def post(kind: str, contract: int, payment: int | None) -> None:
    """A reader whose row is gone is written to no more."""
    held = models.Contract.objects.select_related("reader").get(pk=contract)
    paid = held.payments.get(pk=payment) if payment else None
    if to := letters.address_of(kind, held):
        send(letters.written(kind, held, paid), to)


@app.periodic(cron="23 3 * * *")
@app.task(name="billing.reconcile", queue="billing", queueing_lock="billing.reconcile")
def nightly(timestamp: int) -> None:
    if takes_payments():
        reconcile.reconcile(provider(), now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="billing.gifts", queue="billing", queueing_lock="billing.gifts")
def gifts(timestamp: int) -> None:
    gift.send_due(now=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="billing.announce", queue="billing", queueing_lock="billing.announce")
def announce(timestamp: int) -> None:
    free_days.announce(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="billing.till", queue="billing", queueing_lock="billing.till")
def till(timestamp: int) -> None:
    """The till is no machine of somebody else's: its day passes here."""
    if takes_payments() and provider().name == "till":
        deliver.run(now=clock.now())
