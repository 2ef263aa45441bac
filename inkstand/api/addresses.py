"""The addresses that programs call."""

from django.urls import URLPattern, URLResolver, path

from inkstand.api.webhooks import payments
from inkstand.api.websub import websub

urlpatterns: list[URLPattern | URLResolver] = [
    path("websub/<str:token>", websub, name="websub"),
    path("webhooks/<str:name>", payments, name="webhook"),
]
