"""How mail goes out, from one address such as smtp://user:password@host:587 (or smtps:// for TLS from the start)."""

from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend

from inkstand.ops.environment import SettingRefused


def mail(address: str) -> dict[str, Any]:
    """Django's EMAIL_* settings; without an address, mail is printed where the log goes."""
    if not address:
        return {"EMAIL_BACKEND": "inkstand.config.mail.OnPaper"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingRefused(name="INKSTAND_MAIL", value="(not shown)", wanted="it wants smtp://user:password@host:587")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


def sender(said: str, paper: str) -> str:
    """Who our letters are from: the paper by its name, unless `said` names somebody."""
    own, address = parseaddr(said)
    return said if own or not address else formataddr((paper, address))


class OnPaper(EmailBackend):
    """Prints what a letter says in plain words: its other half, for mail programs, is in nobody's way."""

    def write_message(self, message: EmailMessage) -> None:
        whole = "\n".join(("", f"Mail to {', '.join(message.to)}: {message.subject}", "", message.body.strip(), ""))
        self.stream.write("\n    ".join(whole.splitlines()) + "\n\n")
