"""Groups: who has a seat in one, and how they come by it. What they read stays theirs."""

from collections.abc import Set
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q

from inkstand.membership.errors import GroupFull, InvitationRefused, SeatElsewhere
from inkstand.membership.grant import grant_from
from inkstand.membership.models import Group, Seat
from inkstand.membership.values import Spell, Standing
from inkstand.readers.models import Reader

LASTS = timedelta(days=30)
# Where anybody may have an address: no owner speaks for these.
_ANYBODYS = {
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com"),
    *("aol.com", "proton.me", "protonmail.com", "pm.me", "gmx.de", "gmx.net", "web.de", "t-online.de", "mail.ru"),
    *("yandex.ru", "qq.com", "163.com", "naver.com", "orange.fr"),
}
_SALT = "inkstand.membership.invitation"


@transaction.atomic
def keep(source: str, *, owner: Reader, name: str, seats: int, starts_at: datetime, ends_at: datetime | None) -> Group:
    """The group under `source` as another room wants it. Fewer seats than are taken: the last taken are given back."""
    wanted = {"owner": owner, "seats": seats, "starts_at": starts_at, "ends_at": ends_at}
    group, fresh = Group.objects.get_or_create(source=source, defaults={"name": name, **wanted})
    if not fresh and any(getattr(group, field) != value for field, value in wanted.items()):
        Group.objects.filter(pk=group.pk).update(**wanted)
        group.refresh_from_db()
        renew(group)
    return group


def renew(group: Group) -> None:
    """Every seat's grant, made anew by what the group is now."""
    for place, seat in enumerate(group.taken.select_related("reader").order_by("pk")):
        if place < group.seats:
            _grant(seat, group)
        else:
            give_back(seat)


@transaction.atomic
def take_seat(group: Group, reader: Reader, *, now: datetime) -> Seat:
    """`GroupFull`; `SeatElsewhere` where the reader sits in another group. Taken before, the same seat."""
    held = Group.objects.select_for_update().get(pk=group.pk)
    seat = Seat.objects.select_related("group").filter(reader=reader).first()
    if seat and seat.group_id == held.pk:
        return seat
    if seat:
        raise SeatElsewhere(reader_id=reader.pk, group=seat.group)
    if held.taken.count() >= held.seats or reader.pk == held.owner_id:
        raise GroupFull(seats=held.seats, group=held)
    made = Seat.objects.create(group=held, reader=reader, taken_at=now)
    _grant(made, held)
    return made


@transaction.atomic
def sit_by_claims(reader: Reader, said: Set[str], *, now: datetime) -> Seat | None:
    """The seat that a reader has whose OpenID provider just said all this of them.

    One that was given by what it no longer says is given back. Where all seats are taken there is none.
    """
    seat = Seat.objects.select_related("group").filter(reader=reader).first()
    if seat and seat.claim and (seat.claim not in said or seat.claim not in seat.group.claims):
        give_back(seat)
        seat = None
    group = None if seat else _group_of_claims(said, now)
    if group is None:
        return seat
    try:
        seat = take_seat(group, reader, now=now)
    except GroupFull:
        return None
    seat.claim = next(claim for claim in group.claims if claim in said)
    seat.save(update_fields=["claim"])
    return seat


def _group_of_claims(said: Set[str], now: datetime) -> Group | None:
    return Group.objects.filter(running(now), claims__overlap=sorted(said)).order_by("pk").first() if said else None


@transaction.atomic
def give_back(seat: Seat) -> None:
    grant_from(f"seat {seat.pk}", reader=seat.reader, spells=(), why="")
    seat.delete()


def _grant(seat: Seat, group: Group) -> None:
    starts = max(seat.taken_at, group.starts_at)
    grant_from(
        f"seat {seat.pk}", reader=seat.reader, spells=[Spell(Standing.SEAT, starts, group.ends_at)], why=group.name
    )


def running(now: datetime) -> Q:
    return Q(starts_at__lte=now) & (Q(ends_at=None) | Q(ends_at__gt=now))


def group_of_mail(email: str, now: datetime) -> Group | None:
    """The group in which whoever confirms this address may take a seat."""
    domain = email.rpartition("@")[2].casefold()
    found = Group.objects.filter(running(now), domains__contains=[domain]) if domain else Group.objects.none()
    return found.order_by("pk").first()


def may_open_to(owner: Reader) -> str:
    """The mail domain that an owner may open their group to: their own address's, unless anybody may have one there."""
    domain = owner.email.rpartition("@")[2].casefold()
    return "" if domain in _ANYBODYS else domain


def open_to(group: Group, domain: str) -> None:
    """Whoever confirms an address of `domain` may take a seat; "" for nobody."""
    Group.objects.filter(pk=group.pk).update(domains=[domain] if domain else [])


def invitation(group: Group, email: str) -> str:
    """What stands in the letter: for this address, for a while, and only while there is a seat."""
    return signing.dumps([group.pk, email.strip().lower()], salt=_SALT)


def invited(token: str) -> tuple[Group, str]:
    """The group, and the address that was invited; `InvitationRefused` says why not."""
    try:
        number, email = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.SignatureExpired as error:
        raise InvitationRefused(reason="has run out") from error
    except signing.BadSignature as error:
        raise InvitationRefused(reason="is not ours") from error
    group = Group.objects.filter(pk=number).first()
    if group is None:
        raise InvitationRefused(reason="is for a group that is gone")
    return group, email
