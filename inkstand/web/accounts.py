"""What happens around an account that django-allauth does not know of: a new reader's trial begins, letters are set."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from inkstand.kit import clock
from inkstand.membership import groups
from inkstand.membership.claims import claims
from inkstand.readers.models import Reader, name_of
from inkstand.reading import mine
from inkstand.web.keys import SecondLock
from inkstand.web.letter import as_html
from inkstand.web.tongues import speak
from inkstand.web.trials import begin_trial


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code of our last letter. Look there once more, or have a new code sent."),
    }

    def post_login(self, request: HttpRequest, user: Reader, **said: Any) -> HttpResponse:
        """A reader's language goes with them to each device they sign in on; what their OpenID provider says of them
        may give them a seat; who has nothing yet that opens the paper begins their trial."""
        now = clock.now()
        if came_by := (said.get("signal_kwargs") or {}).get("sociallogin"):
            groups.sit_by_claims(user, claims_of(came_by), now=now)
        begin_trial(request, user, now)
        response: HttpResponse = super().post_login(request, user, **said)
        speak(response, mine.of(user).preferences().language)
        return response

    def get_login_stages(self) -> list[str]:
        asks, ours = (f"{stage.__module__}.{stage.__qualname__}" for stage in (AuthenticateStage, SecondLock))
        return [ours if stage == asks else stage for stage in super().get_login_stages()]

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMultiAlternatives:
        """A letter is written once, as text; its HTML is set from that."""
        message: EmailMultiAlternatives = super().render_mail(template_prefix, email, context, headers)
        message.attach_alternative(as_html(str(message.body)), "text/html")
        return message


class Vouched(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes by the operator's OpenID provider."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Reader:
        reader: Reader = super().populate_user(request, sociallogin, data)
        reader.name = name_of(str(data.get("name") or ""))
        # allauth keeps a reader it has not saved yet in the session, where a default of the database's cannot lie.
        reader.joined_at = clock.now()
        return reader


def claims_of(came_by: SocialLogin) -> frozenset[str]:
    """What the provider said, in its token and when it was asked."""
    said: dict[str, Any] = came_by.account.extra_data
    return claims(said.get("id_token") or {}) | claims(said.get("userinfo") or {})
