"""The addresses of editions."""

from django.urls import path

from inkstand.web.pages.edition import edition, editions, newest_edition
from inkstand.web.pages.edition_book import book
from inkstand.web.pages.stop import stop_mail

urlpatterns = [
    path("editions/", editions, name="editions"),
    path("editions/stop/<str:token>/", stop_mail, name="stop-mail"),
    path("edition/", newest_edition, name="newest-edition"),
    path("edition/<str:day>/<str:half>/", edition, name="edition"),
    path("edition/<str:day>/<str:half>/edition.epub", book, name="edition-book"),
    path("edition/<str:day>/<str:half>/<str:tongue>/edition.epub", book, name="edition-book"),
    path("edition/<str:day>/<str:half>/<str:tongue>/", edition, name="public-edition"),
]
