"""A story's page: one event, everyone's account of it, who was first, and how it went round.

All that it counts is counted from the accounts that may be shown: a withdrawn one leaves no trace in it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from inkstand.articles.models import Article
from inkstand.reading.filters import NONE, Filters, without
from inkstand.stories import account, summary
from inkstand.stories.models import Story
from inkstand.web.pages import cards as of
from inkstand.web.pages import related, running, telling
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.sieve import filters_of
from inkstand.web.pages.telling import Told
from inkstand.web.pages.tongue import is_foreign
from inkstand.web.values import Card, Link, Shot, StoryView


def story(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Story, pk=pk)
    if found.merged_into_id:
        return redirect("story", found.merged_into_id, permanent=True)
    view = view_of(found, now_of(request), get_language() or "en", filters_of(request))
    return render(request, "story.html", {"view": view})


def view_of(found: Story, now: datetime, language: str, filters: Filters = NONE) -> StoryView:
    """Five statements: the accounts, stories split, the running story's events, the pool and the cards of related."""
    articles = accounts(found, now, filters)
    told = telling.in_order(map(told_of, articles.values()))
    if not told:
        raise Http404("No account of this story may be shown.")
    worn = wearer(found, told, language)
    first = found.first_id if found.first_id in articles else _first(told)
    voices = telling.voices(told, first, [pk for pk in found.original if pk in articles])
    events = running.others(found, now, filters)
    return StoryView(
        pk=found.pk,
        card=worn.card,
        address=reverse("story", args=[found.pk]),
        shot=picture(found, worn, told),
        titles=len({one.card.title.address for one in told}),
        countries=len({one.country for one in told} - {""}),
        languages=len({telling.main(one.card.language) for one in told} - {""}),
        first=next(voice for voice in voices if voice.is_first),
        original=tuple(voice for voice in voices if voice.is_original),
        tongues=telling.tongues(voices, language),
        appearances=telling.appearances(told),
        mix=telling.mix(told, language),
        is_split=found.split_from_id is not None,
        apart=apart(found, filters),
        running=reverse("running", args=[found.running_id]) if events else "",
        events=len(events) + 1 if events else 0,
        related=_related(articles[worn.article], events, now, filters),
    )


def accounts(found: Story, now: datetime, filters: Filters = NONE) -> dict[int, Article]:
    """Those that may be shown, by id. One statement."""
    rows = Article.objects.in_the_paper(now).filter(account__story=found, current__isnull=False)
    return {article.pk: article for article in of.with_stories(without(rows, filters))}


def told_of(article: Article) -> Told:
    card = replace(of.card_of(article), story=0, others=0)  # the page is the story: no card leads to it again
    return Told(article.pk, card, article.account.published_at, article.account.copy_of_id, article.title.country)


def wearer(found: Story, told: Sequence[Told], language: str) -> Told:
    """Whose headline the page wears: the story's own lead, or where the reader's language has a better one, that."""
    lead = next((one for one in told if one.article == found.lead_id), None)
    mine = [one for one in told if not is_foreign(one.card.language, language)]
    if lead and (lead in mine or not mine):
        return lead
    best = summary.summarise(map(_as_account, mine or told)).headline_of
    return next(one for one in told if one.article == best)


def _as_account(one: Told) -> account.Account:
    card = one.card
    return account.Account(one.article, 0, card.title.name, card.headline, one.at, language=card.language)


def _first(told: Sequence[Told]) -> int:
    """Of accounts in order, where the first to report may no longer be shown: the first that printed no other's."""
    return next((one for one in told if one.copy_of is None), told[0]).article


def picture(found: Story, worn: Told, told: Sequence[Told]) -> Shot | None:
    """The story's own, if an account that may be shown still has it; else that of the headline's article, or any."""
    wanted = (found.picture or {}).get("url")
    shots = [one.card.shot for one in (worn, *told) if one.card.shot and not one.card.elsewhere]
    return next((shot for shot in shots if shot.url == wanted), next(iter(shots), None))


def apart(found: Story, filters: Filters = NONE) -> tuple[Link, ...]:
    """The story this one was split from, or those split from it. One statement."""
    rows = Story.objects.filter(Q(pk=found.split_from_id) | Q(split_from=found.pk, merged_into=None))
    if filters:
        rows = rows.filter(lead__in=without(Article.objects.all(), filters))
    named = rows.filter(lead__withdrawn_at=None).order_by("-pk").values_list("pk", "lead__current__headline")[:4]
    return tuple(Link(headline, reverse("story", args=[pk])) for pk, headline in named if headline)


def _related(worn: Article, events: Sequence[int], now: datetime, filters: Filters) -> tuple[Card, ...]:
    """The running story's other events, newest first, then what shares most with the headline. Two statements."""
    chosen = [*dict.fromkeys([*events, *related.alike(worn, now, filters)])][: related.SHOWN]
    cards = of.by_id(chosen, now, filters)
    return tuple(cards[pk] for pk in chosen if pk in cards)
