"""A running story's page: events that follow from one another, from how it began to where it stands."""

from datetime import datetime

from django.db.models import Case, F, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from inkstand.articles.models import Article, Articles
from inkstand.reading.filters import NONE, Filters, without
from inkstand.stories.models import RunningStory, Story
from inkstand.web.pages.cards import cards_of, with_stories
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.sieve import filters_of
from inkstand.web.values import Card, Event, RunningView


def running(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(RunningStory, pk=pk)
    if found.merged_into_id:
        return redirect("running", found.merged_into_id, permanent=True)
    return render(request, "running.html", {"view": view_of(found, now_of(request), filters_of(request))})


def view_of(found: RunningStory, now: datetime, filters: Filters = NONE) -> RunningView:
    """One statement; two for a reader who hides anything."""
    articles = list(with_stories(leads(found.pk, now, filters)))
    events = sorted(map(_event, articles, cards_of(articles, now, filters)), key=lambda event: event.began)
    if not events:
        raise Http404("No event of this running story may be shown.")
    greatest = max(events, key=lambda event: (event.titles, event.began))
    return RunningView(reverse("running", args=[found.pk]), greatest, tuple(events))


def others(found: Story, now: datetime, filters: Filters = NONE) -> list[int]:
    """An article of each other event of the story's running story, newest first. One statement."""
    if found.running_id is None:
        return []
    rows = leads(found.running_id, now, filters).exclude(account__story=found)
    told = rows.values_list("account__story__began_at", "pk")
    return [pk for _, pk in sorted(told, reverse=True)]


def leads(running: int, now: datetime, filters: Filters = NONE) -> Articles:
    """One article of each event that may be shown: its lead, or where that is gone, its first."""
    mine = Article.objects.in_the_paper(now).filter(current__isnull=False, account__story__running=running)
    leading = Case(When(pk=F("account__story__lead"), then=Value(0)), default=Value(1))
    return without(mine, filters).order_by("account__story", leading, "published_at", "pk").distinct("account__story")


def _event(article: Article, card: Card) -> Event:
    story = article.account.story
    return Event(card, reverse("story", args=[story.pk]), story.began_at)
