"""The addresses of an account: django-allauth's, and before them those where the paper does otherwise."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic.base import RedirectView

from inkstand.web.pages.doors import ActivateApp, AddPasskey, oidc
from inkstand.web.pages.sessions import end, end_all

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/2fa/totp/activate/", ActivateApp.as_view(), name="mfa_activate_totp"),
    path("account/2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("account/2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/oidc/<str:provider_id>/login/", oidc, name="openid_connect_login"),
    path("account/sessions/end/<int:pk>/", end, name="end_session"),
    path("account/sessions/end/", end_all, name="end_sessions"),
    path("account/", include("allauth.urls")),
]
