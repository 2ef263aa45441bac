"""What the readers' room gives a reader to take away: the account, its doors, where it is signed in."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from inkstand.kit.leaf import Leaf, listed, told
from inkstand.readers.models import Reader


def leaves(reader: Reader) -> Iterator[Leaf]:
    """Of keys only that there are some: the secret half of each stays where it is."""
    about = {"mail": reader.email, "name": reader.name, "joined": reader.joined_at, "last_signed_in": reader.last_login}
    yield told("account/account.json", {**about, "has_password": reader.has_usable_password()})
    mails = EmailAddress.objects.filter(user=reader).values("email", "verified", "primary")
    yield listed("account/mail-addresses.json", mails)
    keys = Authenticator.objects.filter(user=reader).order_by("created_at")
    yield listed("account/ways-to-sign-in.json", map(_key, keys))
    others = SocialAccount.objects.filter(user=reader)
    yield listed("account/other-accounts.json", others.values("provider", "uid", "date_joined", "extra_data"))
    sessions = UserSession.objects.filter(user=reader).order_by("created_at")
    yield listed("account/sessions.json", sessions.values("created_at", "last_seen_at", "ip", "user_agent"))


def _key(key: Authenticator) -> dict[str, object]:
    return {"kind": key.type, "name": str(key), "since": key.created_at, "last_used": key.last_used_at}
