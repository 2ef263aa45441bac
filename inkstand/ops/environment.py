"""Settings from the environment: one table of what may be set, read once, each refusal naming its remedy."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from inkstand.kit.errors import InkstandError


class SettingRefused(InkstandError):
    code = "setting-refused"
    message = "{name}={value!r} is not usable: {wanted}."


class SettingWanting(InkstandError):
    code = "setting-wanting"
    message = "{name}={value} wants {other} beside it: {what}. Set it, or leave {name} unset."


class SecretUnreadable(InkstandError):
    code = "secret-unreadable"
    message = "{name} names the file {path}, which cannot be read: {reason}. Check the path and its permissions."


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of docs/settings.md: `name` in the environment, what it is without, and what it does."""

    name: str
    default: str
    says: str
    secret: bool = False


SETTINGS = (
    Setting("INKSTAND_HOME", "~/.local/share/inkstand", "the data folder: database, pictures, secret key"),
    Setting(
        "INKSTAND_NAME",
        "Inkstand",
        "the paper's own name, of at most 60 characters; its initial is its icon; the software stays Inkstand",
    ),
    Setting("INKSTAND_PORT", "8000", "the port the pages are served on"),
    Setting("INKSTAND_BIND", "127.0.0.1", "the address the pages are served on; 0.0.0.0 for every interface"),
    Setting(
        "INKSTAND_ADDRESS",
        "",
        "the public address, as https://news.example.org; needed behind a proxy, and for links in mail",
    ),
    Setting("DATABASE_URL", "", "a PostgreSQL of your own, as postgresql://user@host/name; embedded when absent", True),
    Setting(
        "INKSTAND_SECRET_KEY", "", "signs cookies and addresses; made and kept in the data folder when absent", True
    ),
    Setting("INKSTAND_ACCESS", "open", "`open`: everyone reads everything; `members`: visitors meet the wall"),
    Setting(
        "INKSTAND_TRIAL",
        "free",
        "how the fourteen days begin: `free` with the first sign-in, `card` with joining, before the first payment",
    ),
    Setting("INKSTAND_FREE_ARTICLES", "3", "articles a month for whoever is no member, where access is `members`"),
    Setting("INKSTAND_FREE_A_RANGE", "200", "free articles a day that one address range (a /24, or /48) may open"),
    Setting("INKSTAND_GIFT_ARTICLES", "10", "articles a member may give to others a month, by a link"),
    Setting("INKSTAND_SELLER", "", "who stands on invoices: name; street; town; tax number, divided by semicolons"),
    Setting(
        "INKSTAND_BILLING", "none", "who takes payments: `stripe`, `till` (for trying out: no money moves) or `none`"
    ),
    Setting("INKSTAND_STRIPE_KEY", "", "the secret key of your Stripe account", True),
    Setting("INKSTAND_STRIPE_WEBHOOK_SECRET", "", "what Stripe signs its messages to /webhooks/stripe with", True),
    Setting(
        "INKSTAND_STRIPE_TAX", "0", "1 lets Stripe Tax work out the tax within the price, where it is switched on there"
    ),
    Setting("INKSTAND_PLANS", "", "a file of your own plans and prices, in the form of inkstand/membership/plans.toml"),
    Setting(
        "INKSTAND_ALLOW_HOSTS",
        "",
        "host:port pairs, comma-separated, that the guarded client may reach although private",
    ),
    Setting("INKSTAND_TIME_ZONE", "UTC", "the paper's own time zone, as Europe/Paris: when its editions come"),
    Setting("INKSTAND_CATALOGUE", "selection", "titles to start with: `selection`, `all` or `none`"),
    Setting(
        "INKSTAND_MAIL", "", "how mail goes out, as smtp://user:password@host:587; printed in the log when absent", True
    ),
    Setting(
        "INKSTAND_MAIL_FROM", "inkstand@localhost", "the sender of our mail; an address alone bears the paper's name"
    ),
    Setting(
        "INKSTAND_OIDC_ISSUER",
        "",
        "an OpenID provider whose people may sign in, as https://login.example.org; they are let in under the mail"
        " address it has confirmed",
    ),
    Setting("INKSTAND_OIDC_CLIENT", "", "the name under which that provider knows this paper (client id)"),
    Setting("INKSTAND_OIDC_SECRET", "", "the secret that goes with it (client secret)", True),
    Setting(
        "INKSTAND_OIDC_SCOPE",
        "openid profile email",
        "what that provider is asked to tell (scopes); add the one that holds your groups, to give seats by them",
    ),
    Setting("INKSTAND_OIDC_NAME", "OpenID", "what the button calls that provider: “Sign in with …”"),
    Setting("INKSTAND_DEBUG", "0", "1 shows errors with their source; never on a public address"),
)
NAME_MOST = 60
# Control characters, line ends, half characters, overrides of the direction, and what XML cannot carry.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def read(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """The value of setting `name`; a secret may come from the file that NAME_FILE names."""
    setting = _BY_NAME[name]
    if setting.secret and (path := environ.get(f"{name}_FILE")):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SecretUnreadable(name=f"{name}_FILE", path=path, reason=error.strerror) from error
    return environ.get(name, "").strip() or setting.default


def whole(name: str, low: int, high: int, environ: Mapping[str, str] = os.environ) -> int:
    value = read(name, environ)
    if not value.isdecimal() or not low <= int(value) <= high:
        raise SettingRefused(name=name, value=value, wanted=f"it wants a whole number from {low} to {high}")
    return int(value)


def choice(name: str, *allowed: str, environ: Mapping[str, str] = os.environ) -> str:
    value = read(name, environ)
    if value not in allowed:
        raise SettingRefused(name=name, value=value, wanted="it wants one of " + ", ".join(allowed))
    return value


def beside(name: str, *others: str, environ: Mapping[str, str] = os.environ) -> None:
    """Refuses a setting that cannot work without the `others`."""
    for other in others:
        if not read(other, environ):
            raise SettingWanting(name=name, value=read(name, environ), other=other, what=_BY_NAME[other].says)


def paper_name(environ: Mapping[str, str] = os.environ) -> str:
    """Nothing that would break a line, a mail's header or an XML document, nor turn the words after it around."""
    value = read("INKSTAND_NAME", environ)
    if len(value) > NAME_MOST or _UNFIT.search(value):
        wanted = f"it wants 1 to {NAME_MOST} characters on one line, as The Harbour Times"
        raise SettingRefused(name="INKSTAND_NAME", value=value, wanted=wanted)
    return value


def zone(name: str, environ: Mapping[str, str] = os.environ) -> str:
    value = read(name, environ)
    if value not in available_timezones():
        raise SettingRefused(name=name, value=value, wanted="it wants the name of a time zone, as Europe/Paris")
    return value


def address(environ: Mapping[str, str] = os.environ) -> str:
    """Where people find the paper, without a slash at its end. By name where it is this machine: a passkey is
    given to a name, never to a number."""
    if said := read("INKSTAND_ADDRESS", environ):
        return said.rstrip("/")
    bind, port = read("INKSTAND_BIND", environ), whole("INKSTAND_PORT", 1, 65535, environ)
    here = bind in ("127.0.0.1", "::1", "0.0.0.0", "::")  # noqa: S104
    return f"http://{'localhost' if here else f'[{bind}]' if ':' in bind else bind}:{port}"


def home(environ: Mapping[str, str] = os.environ) -> Path:
    return Path(read("INKSTAND_HOME", environ)).expanduser().absolute()
