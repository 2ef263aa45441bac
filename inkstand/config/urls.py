"""Every address of the paper: the admin's, the accounts' and the pages'."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", admin.site.urls),
    path("", include("inkstand.web.addresses")),
]
