"""What each feed lists: a name, the page it belongs to, and the articles, in order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inkstand.articles.models import Article, Articles
from inkstand.articles.sections import BY_SLUG
from inkstand.desk.models import Pick
from inkstand.kit.ids import is_id
from inkstand.ranking.page import front_page
from inkstand.stories.models import RunningStory, Story
from inkstand.titles.models import Title

MOST = 40


@dataclass(frozen=True, slots=True)
class List:
    """A list as a feed shows it. `page` is the address of the page that a person would look at."""

    name: str
    page: str
    articles: Sequence[Article]


def found(kind: str, key: str, now: datetime) -> List:
    """The list `kind` (`section`, `title`, …), of which there are many told apart by `key`. Raises Http404."""
    if kind not in _LISTS:
        raise Http404(f"There is no list {kind}.")
    return _LISTS[kind](key, now)


def _front(_key: str, now: datetime) -> List:
    edition = front_page(now, get_language() or "")
    placed = [*edition["top"], *(slot for slots in edition["sections"].values() for slot in slots)]
    return List(_("Front page"), reverse("front"), _these([slot["article"] for slot in placed], now))


def _latest(_key: str, now: datetime) -> List:
    return List(_("Latest"), reverse("latest"), _newest(_in_the_paper(now)))


def _picks(_key: str, now: datetime) -> List:
    return List(_("Our picks"), reverse("picks"), _picked(Pick.Kind.PICK, now))


def _good_news(_key: str, now: datetime) -> List:
    return List(_("Good news"), reverse("good_news"), _picked(Pick.Kind.GOOD, now))


def _section(key: str, now: datetime) -> List:
    section = BY_SLUG.get(key)
    if section is None:
        raise Http404(f"There is no section {key}.")
    filed = _in_the_paper(now).filter(section__in=section.spellings())
    return List(str(section.name), reverse("section", args=[key]), _newest(filed))


def _title(key: str, now: datetime) -> List:
    title = get_object_or_404(Title, slug=key)
    return List(title.name, reverse("title", args=[key]), _newest(_in_the_paper(now).filter(title=title)))


def _story(key: str, now: datetime) -> List:
    story = get_object_or_404(Story.objects.select_related("merged_into"), pk=_number(key))
    story = story.merged_into or story  # a program that subscribed before the two became one hears on
    told = _newest(_in_the_paper(now).filter(account__story=story))
    return List(_headline(told, story.lead_id), reverse("story", args=[story.pk]), told)


def _running(key: str, now: datetime) -> List:
    running = get_object_or_404(RunningStory, pk=_number(key))
    told = _newest(_in_the_paper(now).filter(account__story__running=running))
    return List(_headline(told, None), reverse("running", args=[running.pk]), told)


def _headline(told: Sequence[Article], lead: int | None) -> str:
    """That of the story's lead, where it is among those listed; else of the newest."""
    if not told:
        raise Http404("No account of this story may be shown.")
    worn = next((article for article in told if article.pk == lead), told[0])
    return worn.current.headline if worn.current else ""


def _in_the_paper(now: datetime) -> Articles:
    return Article.objects.in_the_paper(now).filter(current__isnull=False)


def _newest(articles: Articles) -> list[Article]:
    return list(articles.newest().select_related("current", "title__terms")[:MOST])


def _these(ids: Iterable[int], now: datetime) -> list[Article]:
    """The articles with these ids that may be shown, each once, in this order. One statement."""
    wanted = list(dict.fromkeys(ids))[:MOST]
    rows = _in_the_paper(now).filter(pk__in=wanted).select_related("current", "title__terms")
    return sorted(rows, key=lambda article: wanted.index(article.pk))


def _picked(kind: Pick.Kind, now: datetime) -> list[Article]:
    return _these(Pick.objects.running(kind, now).values_list("article", flat=True)[:MOST], now)


def _number(key: str) -> int:
    if not is_id(key):
        raise Http404(f"There is no story {key}.")
    return int(key)


_LISTS: dict[str, Callable[[str, datetime], List]] = {
    "front": _front,
    "latest": _latest,
    "picks": _picks,
    "good-news": _good_news,
    "section": _section,
    "title": _title,
    "story": _story,
    "running": _running,
}
