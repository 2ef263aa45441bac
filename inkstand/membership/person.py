"""One person behind several spellings of a mail address.

Mail for `Bo.Berg+news@googlemail.com` and for `boberg@gmail.com` lands in one box. Other houses' dots do matter, and
their rules are theirs alone; what is not known to be the same stays two people.
"""

from django.utils.crypto import salted_hmac

_NO_DOTS = {"gmail.com", "googlemail.com"}
_ONE_HOUSE = {"googlemail.com": "gmail.com", "protonmail.com": "proton.me", "pm.me": "proton.me", "ya.ru": "yandex.ru"}
# Fastmail and a few more take the tag off as well; a plus in anybody else's local part is next to unknown.
_DASH_TAGS = {"yahoo.com", "ymail.com", "rocketmail.com"}


def normalised(email: str) -> str:
    """The address without its tag, its house's meaningless dots, its case. Applied twice it changes nothing."""
    local, _, domain = email.strip().casefold().rpartition("@")
    domain = domain.rstrip(".")
    bare = local.split("+", 1)[0] or local
    if domain in _DASH_TAGS:
        bare = bare.split("-", 1)[0] or bare
    if domain in _NO_DOTS:
        bare = bare.replace(".", "") or bare
    return f"{bare}@{_ONE_HOUSE.get(domain, domain)}"


def mark_of_card(fingerprint: str) -> str:
    """The same of a card, by what its provider tells it from others by."""
    return salted_hmac("inkstand.membership.card", fingerprint, algorithm="sha256").hexdigest()


def mark(email: str) -> str:
    """64 hex signs that say the same person came again, and to nobody without this paper's key who it was."""
    return salted_hmac("inkstand.membership.person", normalised(email), algorithm="sha256").hexdigest()
