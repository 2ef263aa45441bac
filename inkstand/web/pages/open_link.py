"""`/open/?url=…`: a link that was shared to the installed paper, opened here where a title carries that article."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from inkstand.articles.models import Article
from inkstand.articles.publish import known_addresses
from inkstand.kit import urls
from inkstand.titles.models import Title
from inkstand.web.pages.frame import now_of

_LINK = re.compile(r"https?://[^\s<>\"']{1,2000}")


def open_link(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    # Android puts the link into the text, with words around it.
    shared = " ".join(asked.get(name, "") for name in ("url", "text", "title"))
    link = _LINK.search(shared)
    address = urls.canonical(link[0]) if link else ""
    if not address:
        words = _LINK.sub("", shared).split()
        return HttpResponseRedirect(f"{reverse('search')}?q={'+'.join(words[:12])}" if words else reverse("front"))
    found = find(address, request)
    if found:
        return HttpResponseRedirect(reverse("article", args=[found]))
    return render(request, "open.html", {"address": address}, status=404)


def find(address: str, request: HttpRequest) -> int:
    """The article at this canonical address, 0 where no title carries it: an index is asked once for each title."""
    pairs = [(pk, address) for pk in Title.objects.values_list("pk", flat=True)]
    found = Article.objects.in_the_paper(now_of(request)).filter(pk__in=known_addresses(pairs).values())
    return found.values_list("pk", flat=True).first() or 0
