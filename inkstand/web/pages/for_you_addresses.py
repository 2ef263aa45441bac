"""The addresses of For You and of what it knows of its reader."""

from django.urls import URLPattern, path

from inkstand.web.pages.for_you import for_you, pull
from inkstand.web.pages.for_you_profile import export, profile

urlpatterns: list[URLPattern] = [
    path("for-you/", for_you, name="for_you"),
    path("for-you/levers/", pull, name="levers"),
    path("for-you/profile/", profile, name="for_you_profile"),
    path("for-you/profile.json", export, name="for_you_export"),
]
