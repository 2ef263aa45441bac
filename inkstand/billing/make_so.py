"""What a contract gives, made so in membership: the payer's grants, the seats of those who read with them, a gift's."""

from datetime import datetime

from inkstand.billing.models import Contract, Gift
from inkstand.billing.source import source_of
from inkstand.billing.spells import reach, spells
from inkstand.billing.values import Seen
from inkstand.membership import groups
from inkstand.membership.grant import grant_from
from inkstand.membership.values import Spell, Standing


def make_so(contract: Contract, seen: Seen, *, now: datetime) -> None:
    """`seen` with every payment that was ever seen. Said twice, nothing changes."""
    if seen.once:
        _gift(contract, seen)
    elif contract.reader:
        given = spells(seen)
        why = f"{contract.plan}, {contract.provider}"
        grant_from(source_of(contract), reader=contract.reader, spells=given, why=why)
        if contract.seats > 1:
            # Ended in the moment it began, a trial's contract gives nothing, and no seat of it lasts.
            _group(contract, reach(given, now) if given else contract.began_at)


def _group(contract: Contract, ends: datetime | None) -> None:
    owner = contract.reader
    assert owner is not None
    groups.keep(
        source_of(contract),
        owner=owner,
        name=owner.name or owner.email,
        seats=contract.seats - 1,
        starts_at=contract.began_at,
        ends_at=ends,
    )


def _gift(contract: Contract, seen: Seen) -> None:
    gift = Gift.objects.select_for_update(of=("self",)).filter(order__key=seen.order).first()
    if gift is None:
        return
    gift.contract = contract
    gift.save(update_fields=["contract"])
    give(gift)


def give(gift: Gift) -> None:
    """The grant of whoever took a gift; cut short where the giver withdrew."""
    if not (gift.taken_by and gift.taken_from and gift.taken_until):
        return
    withdrawn = gift.contract.withdrawn_at if gift.contract else None
    until = min(gift.taken_until, withdrawn or gift.taken_until)
    given = [Spell(Standing.GIFTED, gift.taken_from, until)]
    grant_from(f"gift {gift.pk}", reader=gift.taken_by, spells=given, why="a gift")
