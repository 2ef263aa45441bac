"""Pages that say something and ask the database nothing of their own: why, help, offline, the source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from inkstand.web.kept.alike import alike
from inkstand.web.source import NAME, archive


@alike
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html")


@alike
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "help.html")


@require_safe
@conditional_page
def source(request: HttpRequest) -> HttpResponse:
    # Packed already: without a coding of its own it would be packed once more, in vain.
    said = {"Content-Disposition": f'attachment; filename="{NAME}.zip"', "Content-Encoding": "identity"}
    return HttpResponse(
        archive(), content_type="application/zip", headers={**said, "Cache-Control": "public, max-age=600"}
    )


def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html")
