"""What makes the paper installable: the manifest, and the service worker, which must stand at the root to see all."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inkstand.web.assets import address, find
from inkstand.web.tongues import direction

_DAY = "public, max-age=86400"


def manifest(request: HttpRequest) -> HttpResponse:
    said = {
        "name": "Inkstand",
        "short_name": "Inkstand",
        "description": _("All your news in one place: many titles, one front page, one membership."),
        "id": "/",
        "start_url": reverse("front"),
        "scope": "/",
        "display": "standalone",
        "lang": get_language(),
        "dir": direction(get_language()),
        "background_color": "#fdfcf9",
        "theme_color": "#14304f",
        "categories": ["news"],
        "icons": [
            {"src": address("inkstand/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": address("inkstand/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": address("inkstand/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": address("inkstand/maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {"name": _("Latest"), "url": reverse("latest")},
            {"name": _("All titles"), "url": reverse("titles")},
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json", headers={"Cache-Control": _DAY})


def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(find("inkstand/icon.svg").plain, content_type="image/svg+xml", headers={"Cache-Control": _DAY})


def worker(request: HttpRequest) -> HttpResponse:
    kept = [address(name) for name in ("inkstand/paper.css", "inkstand/paper.js", "inkstand/icon.svg")]
    # Drawn without the request: the worker has no frame around it, and is there while the database is away.
    script = render_to_string("worker.js", {"kept": kept, "version": "-".join(name.split("/")[2] for name in kept)})
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
