"""Messages from the provider: stored once, acted on once, played again at will."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from inkstand.billing import free_days, models
from inkstand.billing.double import mend_doubles
from inkstand.billing.follow import follow
from inkstand.billing.protocol import Provider
from inkstand.billing.values import Message


def receive(provider: Provider, body: bytes, headers: Mapping[str, str], *, now: datetime) -> bool:
    """Whether the message is new. It is stored, and acted on by a job, so that the provider has its answer at once.

    Raises `MessageForged`. Twice the same message is once.
    """
    message = provider.receive(body, headers, now=now)
    return message is not None and store(provider, message, now=now) is not None


@transaction.atomic
def store(provider: Provider, message: Message, *, now: datetime, mended: bool = False) -> models.Message | None:
    row, fresh = models.Message.objects.get_or_create(
        provider=provider.name,
        reference=message.reference,
        defaults={
            "kind": message.kind,
            "about": message.about,
            "customer": message.customer,
            "body": message.body,
            "at": message.at,
            "came_at": now,
            "mended": mended,
        },
    )
    if not fresh:
        return None
    app.configure_task("billing.act_on", queue="billing").defer(message=row.pk)
    return row


def act_on(provider: Provider, message: int, *, now: datetime, again: bool = False) -> None:
    """Follows the contracts a stored message is about, unless that was done; `again` plays it once more."""
    with transaction.atomic():
        row = models.Message.objects.select_for_update().get(pk=message, provider=provider.name)
        if row.done_at and not again:
            return
        for reference in _contracts(provider, row, now):
            bring_in(provider, reference, now=now)
        row.done_at = now
        row.save(update_fields=["done_at"])


def bring_in(provider: Provider, reference: str, *, now: datetime) -> models.Contract | None:
    """`follow`, one contract too many ended, and the trial of one that begins with free days."""
    contract = follow(provider, reference, now=now)
    if contract and contract.reader_id:
        mend_doubles(provider, contract.reader_id, now=now)
        free_days.begin(provider, contract, now=now)
        contract.refresh_from_db()
    return contract


def _contracts(provider: Provider, row: models.Message, now: datetime) -> list[str]:
    if row.about:
        return [row.about]
    return list(provider.contracts_of(row.customer, now=now)) if row.customer else []
