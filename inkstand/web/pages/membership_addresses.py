"""The addresses of joining, paying and leaving."""

from django.urls import URLPattern, URLResolver, path

from inkstand.web.pages import gift, give, invoice, membership, membership_withdraw, seats, till

urlpatterns: list[URLPattern | URLResolver] = [
    path("membership/", membership.membership, name="membership"),
    path("membership/join/", membership.join, name="join"),
    path("membership/thanks/", membership.thanks, name="thanks"),
    path("membership/card/", membership.card, name="card"),
    path("membership/leave/", membership.leave, name="leave"),
    path("membership/pause/", membership.pause, name="pause"),
    path("membership/go-on/", membership.go_on, name="go-on"),
    path("membership/stay/", membership.stay, name="stay"),
    path("membership/withdraw/", membership_withdraw.ask, name="withdraw-ask"),
    path("membership/withdraw/<str:token>/", membership_withdraw.withdraw, name="withdraw"),
    path("membership/seats/", seats.seats, name="seats"),
    path("membership/seat/", seats.own_seat, name="own-seat"),
    path("membership/seat/<str:token>/", seats.seat, name="seat"),
    path("membership/code/", gift.code, name="code"),
    path("membership/invoice/<int:number>.pdf", invoice.invoice, name="invoice"),
    path("gift/", gift.buy, name="gift-buy"),
    path("gift/thanks/", gift.thanks, name="gift-thanks"),
    path("gift/<str:code>/", gift.take, name="gift"),
    path("article/<int:pk>/give/", give.give, name="give"),
    path("till/<str:reference>/", till.till, name="till"),
    path("till/card/<str:reference>/", till.portal, name="till-portal"),
]
