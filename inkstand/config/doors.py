"""How a reader signs up and in: django-allauth's settings. What an operator may choose of it is in environment.py."""

from typing import Any

from inkstand.ops import environment
from inkstand.ops.environment import SettingRefused

CODE_HOLDS_S = 600


def doors(*, behind_proxy: bool) -> dict[str, Any]:
    return {
        "ACCOUNT_ADAPTER": "inkstand.web.accounts.Accounts",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1"],
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
        "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE": True,
        "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
        "ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND": True,
        "ACCOUNT_LOGIN_BY_CODE_TIMEOUT": CODE_HOLDS_S,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_LOGOUT_ON_GET": False,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 900,
        # The last address in X-Forwarded-For is the proxy's word; before it stands whatever the asker wrote.
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if behind_proxy else 0,
        "MFA_ADAPTER": "inkstand.web.keys.Keys",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_PASSKEY_SIGNUP_ENABLED": True,
        # A telephone whose clock is half a minute off still opens the door.
        "MFA_TOTP_TOLERANCE": 1,
        "SOCIALACCOUNT_ADAPTER": "inkstand.web.accounts.Vouched",
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": _provider()}},
    }


def _provider() -> list[dict[str, Any]]:
    """The one OpenID provider an operator may name; without an issuer there is none."""
    issuer = environment.read("INKSTAND_OIDC_ISSUER")
    client, secret = environment.read("INKSTAND_OIDC_CLIENT"), environment.read("INKSTAND_OIDC_SECRET")
    if issuer and not (client and secret):
        wanted = "it wants INKSTAND_OIDC_CLIENT and INKSTAND_OIDC_SECRET beside it"
        raise SettingRefused(name="INKSTAND_OIDC_ISSUER", value=issuer, wanted=wanted)
    if not issuer:
        return []
    return [
        {
            "provider_id": "sign-in",
            "name": environment.read("INKSTAND_OIDC_NAME"),
            "client_id": client,
            "secret": secret,
            "settings": {"server_url": issuer.rstrip("/"), "scope": _scope()},
        }
    ]


def _scope() -> list[str]:
    """What we ask the provider to tell; who signs in, always."""
    return list(dict.fromkeys(["openid", *environment.read("INKSTAND_OIDC_SCOPE").split()]))
