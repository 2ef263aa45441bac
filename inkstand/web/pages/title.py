"""A title's own page: who owns it, where it is, how it corrects itself, what of it may be read here, its front page as
its own editors order it, and its newest articles.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inkstand.articles.models import Article, Placements
from inkstand.membership.licence import terms_of
from inkstand.reading.filters import Filters, without
from inkstand.titles.models import Terms, Title
from inkstand.web.kept.alike import alike
from inkstand.web.pages.cards import by_id, cards_of
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.picture import gallery
from inkstand.web.pages.sieve import filters_of
from inkstand.web.pages.turn import page
from inkstand.web.pictures import is_ours
from inkstand.web.places import country_name, language_name
from inkstand.web.values import Card, Link, ListView

# Of its own front page so many are shown; so many looked through, for some may be gone or hidden.
TOP, LOOKED = 6, 20


@alike
def title(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Title.objects.select_related("publisher", "terms"), slug=slug)
    now, filters = now_of(request), filters_of(request)
    printed = Article.objects.in_the_paper(now).filter(title=found, current__isnull=False)
    articles, older = page(without(printed, filters), request)
    placed = own_front(found, now, filters) if "before" not in request.GET else ()
    view = ListView(
        name=found.name,
        about=found.about,
        title=found.pk,
        follow=f"title:{found.pk}",
        blocked=found.pk in filters.titles,
        corrections=Link(found.corrections, found.corrections_url) if found.corrections else None,
        front=placed,
        logo=shown_logo(found.logo),
        home=found.home,
        facts=tuple(facts(found)),
        cards=cards_of(articles, now, filters),
        older=older,
        feed=f"title/{slug}",
    )
    return render(request, "list.html", {"view": view})


def own_front(found: Title, now: datetime, filters: Filters) -> tuple[Card, ...]:
    """The top of the title's own front page as it was last seen. Two statements."""
    looks = Placements.objects.filter(feed__title=found, feed__is_front=True, feed__retired_at=None)
    seen = looks.order_by("-seen_at").values_list("articles", flat=True).first() or []
    cards = by_id(seen[:LOOKED], now, filters)
    return tuple(cards[pk] for pk in seen[:LOOKED] if pk in cards)[:TOP]


def shown_logo(url: str) -> str:
    return "" if url and not is_ours(url) and gallery().is_missing(url) else url


def facts(title: Title) -> Iterator[tuple[str, str]]:
    shown = get_language() or "en"
    if title.publisher.name != title.name:
        yield _("Published by"), title.publisher.name
    if country := country_name(title.country, shown):
        yield _("Country"), country
    if title.language:
        yield _("Language"), language_name(title.language, shown)
    if title.funding:
        yield _("Funding"), _FUNDING[Title.Funding(title.funding)]()
    yield _("Here"), _READABLE[readable(title)]()


def readable(title: Title) -> Terms.Readable:
    """Who reads the title's articles here: in an open paper, what members may read everyone may."""
    said = Terms.Readable(terms_of(title).readable)
    opened = said is Terms.Readable.MEMBERS and settings.ACCESS == "open"
    return Terms.Readable.EVERYONE if opened else said


# Called where they are shown, for the language is the reader's.
_FUNDING = {
    Title.Funding.PUBLIC: lambda: _("public broadcaster, editorially independent"),
    Title.Funding.STATE: lambda: _("funded and steered by a state"),
}
_READABLE = {
    Terms.Readable.EVERYONE: lambda: _("everyone reads what its feed delivers"),
    Terms.Readable.MEMBERS: lambda: _("members read what its feed delivers"),
    Terms.Readable.HEADLINE: lambda: _("headlines, with a link to the article"),
}
