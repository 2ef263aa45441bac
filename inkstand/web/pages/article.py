"""The article page. What the gate does not open is not in any object that reaches the template."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language

from inkstand.articles.models import Article, Revision
from inkstand.articles.sections import section_of
from inkstand.membership import free_notes, meter
from inkstand.membership.giving import is_given
from inkstand.membership.licence import licence, terms_of, text_of
from inkstand.membership.values import METERED, Meter, Open, Reason, Standing, Teaser
from inkstand.ranking.page import front_page
from inkstand.reading.filters import NONE, Filters
from inkstand.web import free as bound
from inkstand.web.headers import LASTS
from inkstand.web.kept.alike import alike
from inkstand.web.note import COSTS_ONE, FREE, give_note, note_of
from inkstand.web.pages import cards as of
from inkstand.web.pages import related
from inkstand.web.pages.body import printed
from inkstand.web.pages.frame import now_of, reader_of, standing
from inkstand.web.pages.linked import linked_data
from inkstand.web.pages.pace import minutes_to_read
from inkstand.web.pages.picture import gallery
from inkstand.web.pages.sieve import filters_of
from inkstand.web.trials import begin_trial
from inkstand.web.values import ArticleView, Card, Link, Notice

TOP, PICKS = 6, 4


@alike
def article(request: HttpRequest, pk: int) -> HttpResponse:
    now = now_of(request)
    found = get_object_or_404(Article.objects.whole().select_related("account__story"), pk=pk)
    free = free_of(request, pk, now)
    answer = decide(found, standing(request), free, now)
    if isinstance(answer, Teaser) and answer.reason is Reason.JOIN and _begins_now(request, now):
        # The gate gives a text out once: for another standing it is asked about a row read anew.
        return article(request, pk)
    counted = isinstance(answer, Open) and answer.metered
    view = view_of(
        found, answer, now, filters_of(request), left=free.free - free.used - (not free.has_this) if counted else None
    )
    if isinstance(answer, Teaser) and answer.reason in (Reason.SIGN_UP, Reason.JOIN):
        view = replace(view, **why_walled(free, now))
    response = render(request, "article.html", {"view": view}, status=410 if found.withdrawn_at else 200)
    if (until := licence(found).shown_until) and isinstance(answer, Open):
        response[LASTS] = str(int((until - now).total_seconds()))
    if counted:
        charge(request, response, pk, free, now)
    return response


def _begins_now(request: HttpRequest, now: datetime) -> bool:
    """Whether the trial begins here: a reader signed up while the paper was open, and this is their first wall."""
    reader = reader_of(request)
    began = reader is not None and begin_trial(request, reader, now)
    if began:
        del vars(request)["standing"]
    return began


def free_of(request: HttpRequest, pk: int, now: datetime) -> Meter:
    """What a visitor, or a reader who is no member, has left, and whether this very article is among what they read."""
    if standing(request) not in METERED or settings.ACCESS != "members":
        free = Meter(free=0, used=0)
    elif reader := reader_of(request):
        free = meter.read(free_notes.note_of(reader), pk, settings.FREE_ARTICLES, now)
    else:
        free = meter.read(note_of(request.COOKIES.get(FREE, "")), pk, settings.FREE_ARTICLES, now)
    if standing(request) is Standing.VISITOR and not free.has_this:
        free = replace(free, crowded=bound.has_none(request.META, now))
    return replace(free, given=True) if is_given(request.GET.get("gift", ""), pk, now) else free


def why_walled(free: Meter, now: datetime) -> dict[str, Any]:
    """What the wall says of the free articles: how many were had and when the next come, or that none are left here."""
    if 0 < free.free <= free.used:
        return {"spent": free.free, "renews": meter.renews(now)}
    return {"crowded": free.crowded and free.free > 0}


def charge(request: HttpRequest, response: HttpResponse, pk: int, free: Meter, now: datetime) -> None:
    """Writes the article on the visitor's note, or the reader's."""
    # No cache between us may hand it to another; ours asks the meter, and charges, every time.
    request.META[COSTS_ONE] = True
    response["Cache-Control"] = "private, no-store"
    if reader := reader_of(request):
        free_notes.spend(reader, pk, now)
        return
    give_note(response, meter.spend(note_of(request.COOKIES.get(FREE, "")), pk, now))
    if not free.has_this:
        bound.count(request.META, now)


def decide(found: Article, reader: Standing, free: Meter, now: datetime) -> Open | Teaser:
    """The gate's answer, and from here on the only text there is."""
    return text_of(found, reader, free, now, is_open=settings.ACCESS == "open")


def view_of(
    found: Article, answer: Open | Teaser, now: datetime, filters: Filters = NONE, *, left: int | None
) -> ArticleView:
    """Six statements: the story's accounts, its running story's events, the section's newest, the fronts, the picks,
    the cards of all chosen."""
    said = _said(found)
    (card,) = of.cards_of([found], now, filters)
    card = card if card.elsewhere else replace(card, standfirst=said.standfirst)
    shots = of.shots(said.pictures)
    body, above = (
        printed(answer.body, shots, gallery().is_missing) if isinstance(answer, Open) else ("", next(iter(shots), None))
    )
    near, top, picks = _onwards(found, now, filters)
    return ArticleView(
        card=card,
        original=found.url,
        is_canonical=terms_of(found.title).is_canonical,
        updated=said.updated_at or (said.received_at if said.number > 1 else None),
        section=_section(found.section),
        shot=None if found.withdrawn_at else above,
        body=body,
        lead=answer.lead if isinstance(answer, Teaser) else "",
        reason=str(answer.reason) if isinstance(answer, Teaser) else "",
        notices=_notices(found),
        left=left,
        rights=said.rights,
        pk=found.pk,
        revision=said.number,
        minutes=minutes_to_read(answer.body) if isinstance(answer, Open) else 0,
        related=near,
        top=top,
        picks=picks,
        meta=linked_data(card, found.url, said.updated_at, is_open=isinstance(answer, Open)),
    )


def _onwards(
    found: Article, now: datetime, filters: Filters
) -> tuple[tuple[Card, ...], tuple[Card, ...], tuple[Card, ...]]:
    """Related stories, the top of the paper, our picks: none of them this article."""
    telling = [*related.accounts(found, filters), *related.events(found, filters)]
    near = [*dict.fromkeys([*telling, *related.alike(found, now, filters)])][: related.SHOWN]
    ranked = [slot["article"] for slot in front_page(now, get_language() or "")["top"]]
    chosen = [one for one in of.picks(now, PICKS + 1, filters) if one.article != found.pk][:PICKS]
    cards = of.by_id({*near, *ranked, *(one.article for one in chosen)} - {found.pk}, now, filters)
    shown = {*near, *(one.article for one in chosen)}
    # In a small paper everything is related: better twice than not to say what leads.
    top = [pk for pk in ranked if pk in cards and pk not in shown] or [pk for pk in ranked if pk in cards]
    return (
        tuple(cards[pk] for pk in near if pk in cards),
        tuple(cards[pk] for pk in top[:TOP]),
        of.picked(chosen, cards),
    )


def _said(found: Article) -> Revision:
    assert found.current is not None
    return found.current


def _section(name: str) -> Link | None:
    if not (known := section_of(name)):
        return Link(name, "") if name else None
    # A title's own word stands, unless it is ours too: that one has a translation.
    return Link(str(known.name) if name.lower() == known.slug else name, reverse("section", args=[known.slug]))


def _notices(found: Article) -> tuple[Notice, ...]:
    if not found.notice:
        return ()
    return (Notice("withdrawn" if found.withdrawn_at else "correction", found.notice, found.withdrawn_at),)
