"""Pages that say something and ask the database nothing of their own: why, help, offline."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inkstand.web.kept.alike import alike


@alike
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html")


@alike
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "help.html")


def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html")
