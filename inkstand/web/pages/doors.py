"""Where django-allauth's own views do not do what the paper wants."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.socialaccount.providers.openid_connect.views import login as go_to_provider
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    def get_success_url(self) -> str:
        """Always to the recovery codes: they may be older than this app."""
        return reverse("mfa_view_recovery_codes")


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    def get_success_url(self) -> str:
        return reverse("mfa_index")

    def form_valid(self, form: Form) -> HttpResponse:
        """allauth makes recovery codes beside every key: without an app nothing asks for them, and nobody saw them."""
        answer: HttpResponse = super().form_valid(form)
        if not is_mfa_enabled(self.request.user, [Authenticator.Type.TOTP]):
            Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.RECOVERY_CODES).delete()
        return answer


def oidc(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A page that leads on to the provider, for our content policy lets no form end at another's address."""
    answer: HttpResponse = go_to_provider(request, provider_id)
    if not isinstance(answer, HttpResponseRedirect) or answer.url.startswith("/"):
        return answer
    return render(request, "socialaccount/onward.html", {"onward": answer.url, "name": settings.OIDC_NAME})
