"""Passkeys and authenticator apps, as the paper has them: what they are called, drawn and kept as.

A passkey is one more door, and needs no other: it proves both that it is at hand and whose hand. An authenticator app
is a second lock on the doors that a stolen mailbox or password would open, and is asked for at those.
"""

import base64
import hashlib
from typing import ClassVar

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from inkstand.readers.models import Reader
from inkstand.web.devices import device


class Keys(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That does not fit. Try once more."),
        "unverified_email": _("Confirm your mail address first."),
    }

    def build_totp_svg(self, url: str) -> str:
        drawn = segno.make(url, error="m").svg_inline(scale=5, border=3, omitsize=True, lineclass=None, svgclass="qr")
        return Markup(drawn)  # noqa: S704 - drawn here, of squares alone

    def encrypt(self, text: str) -> str:
        """A copy of the database alone opens no account."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Nothing where the paper's secret key has changed: no code fits it, and the app is to be set up anew."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def generate_authenticator_name(self, user: Reader, type: Authenticator.Type) -> str:  # noqa: A002 - theirs
        return device(self.request.headers.get("User-Agent", ""))

    def get_totp_issuer(self) -> str:
        """In the address that the app reads, a colon would end it."""
        return " ".join(settings.NAME.replace(":", " ").split())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.NAME}


def _cipher() -> Fernet:
    key = hashlib.sha256(b"authenticators\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SecondLock(AuthenticateStage):  # type: ignore[misc]
    """Asks for a code of those alone who have set up an app: a passkey left at home locks nobody out."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if not is_mfa_enabled(self.login.user, [Authenticator.Type.TOTP]):
            return None, True
        asked: tuple[HttpResponse | None, bool] = super().handle()
        return asked
