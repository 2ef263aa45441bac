"""Every address of the paper: the admin's, the accounts' and the pages'."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# Editors come in by the readers' doors: the admin's own asks for no second code, and counts no tries.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

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
