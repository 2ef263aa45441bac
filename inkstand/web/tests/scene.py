"""A paper that has everything a page may show: a story with copies, a correction, text in five scripts, an edition,
topics, and a reader who saved, read, followed, marked, blocked and asked to be told."""

import uuid
from datetime import timedelta

from django.db.models import F

from inkstand.articles.models import Article
from inkstand.articles.publish import revise, withdraw
from inkstand.editions.printing import print_public
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.search import fill
from inkstand.stories.models import Account, RunningStory, Story
from inkstand.stories.summing import sum_up
from inkstand.titles.models import Title
from inkstand.web.tests.conftest import NOW, draft, print_articles, title

THEN = timedelta(hours=3)
# Headlines and texts that change direction half way, as newspapers print them.
MIXED = {
    "ar": ("بريد الميناء", "SA", "شركة Nordhavn تفتح 3 أرصفة في Oslo قبل نهاية 2026"),
    "he": ("דואר הנמל", "IL", "חברת Nordhavn פותחת 3 רציפים ב-Oslo עד סוף 2026"),
    "fa": ("پیک بندر", "IR", "شرکت Nordhavn تا پایان 2026 سه اسکله در Oslo می‌گشاید"),
}
TAGS = ("Environment", "Norway", "Lindqvist, Zoë")


def fill_paper():
    """Adds it to the paper of thirty articles; answers where each page stands, by the name of its address."""
    for language, (name, country, headline) in MIXED.items():
        text = f"<p>{headline}. (iPhone 17 Pro) «Fjord-2»: 50%.</p>" * 6
        said = {"headline": headline, "standfirst": f"{headline}: C++", "body": text, "language": language}
        paper = title(name, language=language, country=country)
        Title.objects.filter(pk=paper.pk).update(slug=f"right-{language}")
        print_articles(paper, draft(900 + len(name), byline=("Zoë Lindqvist",), tags=TAGS, section="World", **said))
    within = draft(
        990,
        headline="The daily בוקר טוב moves to Oslo",
        standfirst="It said “صباح الخير”, and 3 ערבים later went on.",
        tags=TAGS,
    )
    print_articles(title("Quay Times", country="GB"), within, draft(991, headline="Quay " * 24, pictures=(), byline=()))
    told = list(Article.objects.order_by("pk"))
    story = _one_story(told)
    _history(told)
    fill.catch_up(now=NOW)
    # Editions hold what was told by their hour: this morning's is of what is half an hour old here.
    Article.objects.update(published_at=F("published_at") - THEN)
    print_public(NOW)
    Article.objects.update(published_at=F("published_at") + THEN)
    return {
        "article": f"/article/{told[3].pk}/",
        "story": f"/story/{story.pk}/",
        "running": f"/running/{story.running_id}/",
        "changes": f"/article/{told[3].pk}/changes/",
        "withdrawn": f"/article/{told[4].pk}/",
        **{
            f"article in {language}": f"/article/{Article.objects.get(title__slug=f'right-{language}').pk}/"
            for language in MIXED
        },
    }


def _one_story(told):
    """Of fifteen articles by four titles, one of them Arabic, two copies among them; it runs on."""
    running = RunningStory.objects.create(began_at=NOW - timedelta(days=2), moved_at=NOW)
    story = told[0].account.story
    members = [*told[:4], *told[10:14], *told[20:24], *told[30:33]]
    Account.objects.filter(article__in=members).update(story=story)
    Account.objects.filter(article__in=told[10:12]).update(copy_of=told[0])
    sum_up([story.pk])
    Story.objects.filter(pk__in=[story.pk, told[5].account.story_id]).update(running=running)
    Story.objects.filter(pk=story.pk).update(first=told[0], lead=told[0])
    return Story.objects.get(pk=story.pk)


def _history(told):
    changed = draft(3, headline="Harbour report, corrected", standfirst="What the ice did not do.", section="World")
    revise([(told[3].pk, changed)], now=NOW)
    Article.objects.filter(pk=told[3].pk).update(notice="An earlier text named the wrong quay.")
    withdraw(told[4].pk, notice="The report was of another harbour.", now=NOW)


def live(who: Reader):
    """What a reader does in a month, done."""
    told = list(Article.objects.filter(withdrawn_at=None).order_by("pk"))
    deeds = [
        ("save", {"article": told[1].pk}),
        ("save", {"article": told[-3].pk}),
        ("read", {"article": told[2].pk, "revision": 1, "progress": 60}),
        ("read", {"article": told[-4].pk, "revision": 1, "progress": 100}),
        ("follow", {"kind": "title", "key": str(told[0].title_id)}),
        ("follow", {"kind": "section", "key": "world"}),
        ("follow", {"kind": "topic", "key": "environment"}),
        ("follow", {"kind": "story", "key": str(told[0].account.story_id)}),
        ("block", {"title": Title.objects.get(slug="meridian").pk}),
        ("mute", {"word": "lighthouse"}),
        ("more", {"kind": "section", "key": "world"}),
        *(("highlight", _passage(told[at].pk, note)) for at, note in ((1, ""), (2, "Ask the harbour master."))),
    ]
    carry_out(reader=who, actions=[action(do, at=NOW, **facts) for do, facts in deeds], now=NOW)


def _passage(article, note):
    quote = "The harbour froze over in the night"
    facts = {"key": str(uuid.uuid4()), "article": article, "revision": 1, "quote": quote, "start": 0}
    return {**facts, "end": len(quote), "note": note}
