"""Vouchers: a code that gives some days of membership, once a reader, so many times in all."""

from datetime import datetime, timedelta

from django.db import transaction

from inkstand.kit import codes
from inkstand.membership.errors import VoucherRefused
from inkstand.membership.grant import grant_from
from inkstand.membership.models import Grant, Voucher, VoucherUse
from inkstand.membership.values import Spell, Standing
from inkstand.readers.models import Reader


@transaction.atomic
def redeem(code: str, reader: Reader, *, now: datetime) -> Grant:
    """The grant of its days, from now. `VoucherRefused` where it is unknown, run out, used up, or was used by them."""
    plain = codes.plain(code)
    voucher = Voucher.objects.select_for_update().filter(code=plain).first()
    if voucher is None or (voucher.until and voucher.until <= now):
        raise VoucherRefused(code=plain, reason="is not known here" if voucher is None else "has run out")
    used = voucher.used.all()
    if used.filter(reader=reader).exists() or used.count() >= voucher.uses:
        raise VoucherRefused(code=plain, reason="was used already")
    VoucherUse.objects.create(voucher=voucher, reader=reader, used_at=now)
    source = f"voucher {voucher.pk} of {reader.pk}"
    spell = Spell(Standing.GIFTED, now, now + timedelta(days=voucher.days))
    grant_from(source, reader=reader, spells=[spell], why=voucher.why or f"voucher {voucher.code}")
    return Grant.objects.get(source=source)
