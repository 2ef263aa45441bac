"""The addresses of joining, paying and leaving."""

from django.urls import URLPattern, URLResolver, path

from inkstand.web.pages import give, membership, membership_withdraw, till

urlpatterns: list[URLPattern | URLResolver] = [
    path("membership/", membership.membership, name="membership"),
    path("membership/join/", membership.join, name="join"),
    path("membership/thanks/", membership.thanks, name="thanks"),
    path("membership/card/", membership.card, name="card"),
    path("membership/leave/", membership.leave, name="leave"),
    path("membership/stay/", membership.stay, name="stay"),
    path("membership/withdraw/", membership_withdraw.ask, name="withdraw-ask"),
    path("membership/withdraw/<str:token>/", membership_withdraw.withdraw, name="withdraw"),
    path("article/<int:pk>/give/", give.give, name="give"),
    path("till/<str:reference>/", till.till, name="till"),
    path("till/card/<str:reference>/", till.portal, name="till-portal"),
]
