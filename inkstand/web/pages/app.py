"""What makes the paper installable: the manifest, and the service worker, which must stand at the root to see all."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inkstand.web.assets import address, find, scripts, styles
from inkstand.web.tongues import direction

# The scripts are kept with their folder's other files: one that is added is kept from then on.
KEPT = ("article.css", "paper.js", "icon.svg", *(f"scripts/{name}" for name in scripts()))
_DAY = "public, max-age=86400"


def manifest(request: HttpRequest) -> HttpResponse:
    icon = {"src": address("inkstand/icon-192.png"), "sizes": "192x192", "type": "image/png"}
    said = {
        "name": settings.NAME,
        "short_name": settings.NAME,
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
            icon,
            {"src": address("inkstand/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": address("inkstand/maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {"name": _("Latest"), "url": reverse("latest"), "icons": [icon]},
            {"name": _("Search"), "url": reverse("search"), "icons": [icon]},
            {"name": _("All titles"), "url": reverse("titles"), "icons": [icon]},
        ],
        "share_target": {"action": reverse("open"), **_SHARED},
        "launch_handler": {"client_mode": "navigate-existing"},
    }
    return JsonResponse(said, content_type="application/manifest+json", headers={"Cache-Control": _DAY})


# A link that is shared to the paper opens its article here, where a title carries it. Without `enctype` some browsers
# complain on every page.
_SHARED = {
    "method": "GET",
    "enctype": "application/x-www-form-urlencoded",
    "params": {"title": "title", "text": "text", "url": "url"},
}


def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(find("inkstand/icon.svg").plain, content_type="image/svg+xml", headers={"Cache-Control": _DAY})


def worker(request: HttpRequest) -> HttpResponse:
    kept = [address(f"inkstand/{name}") for name in (*styles(), *KEPT)]
    version = "-".join(sorted({name.split("/")[2] for name in kept}))
    # A paper of another name keeps the pages of the old one no longer.
    version += f"-{hashlib.sha256(settings.NAME.encode()).hexdigest()[:8]}"
    queue = find("inkstand/scripts/queue.js").plain.decode()
    # Drawn without the request: the worker has no frame around it, and is there while the database is away.
    script = render_to_string("worker.js", {"kept": kept, "version": version, "queue": queue})
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
