"""Every address of the paper: the admin's, the accounts' and the pages'."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", admin.site.urls),
    path("", include("inkstand.api.addresses")),
    path("", include("inkstand.web.addresses")),
]

handler400 = "inkstand.web.pages.trouble.bad_request"
handler403 = "inkstand.web.pages.trouble.refused"
handler404 = "inkstand.web.pages.trouble.not_found"
handler429 = "inkstand.web.pages.trouble.too_many"
handler500 = "inkstand.web.pages.trouble.broken"
