"""The addresses of an account: django-allauth's, and before them those where the paper does otherwise."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic.base import RedirectView

from inkstand.web.pages.doors import ActivateApp, AddPasskey, oidc
from inkstand.web.pages.erase import erase_page, erased
from inkstand.web.pages.export import export, parcel
from inkstand.web.pages.sessions import end, end_all
from inkstand.web.pages.settings import privacy, settings

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", settings, name="settings"),
    path("settings/export/", export, name="export"),
    path("settings/export/parcel/", parcel, name="parcel"),
    path("settings/erase/", erase_page, name="erase"),
    path("erased/<str:number>/", erased, name="erased"),
    path("privacy/", privacy, name="privacy"),
    path("account/2fa/totp/activate/", ActivateApp.as_view(), name="mfa_activate_totp"),
    path("account/2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("account/2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/oidc/<str:provider_id>/login/", oidc, name="openid_connect_login"),
    path("account/sessions/end/<int:pk>/", end, name="end_session"),
    path("account/sessions/end/", end_all, name="end_sessions"),
    path("account/", include("allauth.urls")),
]
