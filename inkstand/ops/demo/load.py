"""The demo edition into the paper's rows, and out again: marked as demo, by the same deeds that real news takes."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from inkstand.articles import publish as articles
from inkstand.articles.models import Article, Placements, Revision
from inkstand.articles.values import Draft, Picture
from inkstand.desk.models import Pick
from inkstand.editions.models import Edition
from inkstand.ops.demo.read import DemoArticle, DemoTitle, edition
from inkstand.royalties.models import Reading
from inkstand.search import fill
from inkstand.stories.models import Account, RunningStory, Story
from inkstand.stories.place import place
from inkstand.stories.standing import forget
from inkstand.stories.summing import sum_up
from inkstand.titles.enter import Address, Entry, enter
from inkstand.titles.models import Feed, Publisher, Terms, Title

# A drawing of ours is named by its place among our static files; a publisher's picture by its address.
PICTURE, LOGO = "demo/pictures/{}.svg", "demo/logos/{}.svg"


@transaction.atomic
def load(*, now: datetime) -> int:
    """How many articles; none where the edition is in already."""
    if Title.objects.filter(is_demo=True).exists():
        return 0
    edited = edition()
    feeds = {title.slug: _title(title) for title in edited.titles}
    articles.lock()
    # Oldest first, each as if received when it was published: stories grow in the order of a real morning.
    ordered = sorted(edited.articles, key=lambda article: -article.minutes)
    ids = {article.key: _article(article, feeds[article.title], now) for article in ordered}
    _placements(ordered, feeds, ids, now)
    _picks(ordered, ids, now)
    place(list(ids.values()), now=now)
    fill.catch_up(now=now)
    return len(ids)


@transaction.atomic
def unload() -> None:
    """Every trace of the edition out of the paper."""
    demo = list(Article.objects.filter(title__is_demo=True).values_list("pk", flat=True))
    stories = set(Account.objects.filter(article__in=demo).values_list("story", flat=True))
    Edition.objects.filter(articles__contained_by=demo).delete()
    Pick.objects.filter(article__in=demo).delete()
    Reading.objects.filter(article__in=demo).delete()
    Account.objects.filter(article__in=demo).delete()
    told_on = set(Account.objects.filter(story__in=stories).values_list("story", flat=True))
    sum_up(told_on)
    _drop(stories - told_on)
    forget()
    Article.objects.filter(pk__in=demo).update(current=None)
    Revision.objects.filter(article__in=demo).delete()
    Article.objects.filter(pk__in=demo).delete()
    Feed.objects.filter(title__is_demo=True).delete()
    publishers = list(Title.objects.filter(is_demo=True).values_list("publisher", flat=True))
    Title.objects.filter(is_demo=True).delete()
    Publisher.objects.filter(pk__in=publishers).delete()


def _drop(stories: set[int]) -> None:
    """Stories that nobody tells any more, and those that ended in them; running stories likewise."""
    gone = stories | set(Story.objects.filter(merged_into__in=stories).values_list("pk", flat=True))
    running = set(Story.objects.filter(pk__in=gone).values_list("running", flat=True))
    Story.objects.filter(merged_into__in=gone).update(merged_into=None)
    Story.objects.filter(split_from__in=gone).update(split_from=None)
    Story.objects.filter(pk__in=gone).delete()
    over = set(RunningStory.objects.filter(pk__in=running, events=None).values_list("pk", flat=True))
    over |= set(RunningStory.objects.filter(merged_into__in=over).values_list("pk", flat=True))
    RunningStory.objects.filter(pk__in=over).update(merged_into=None)
    RunningStory.objects.filter(pk__in=over).delete()


def is_wanted() -> bool:
    """No real article is in, every feed has been asked, and not one publisher answered."""
    if Article.objects.filter(title__is_demo=False).exists() or Title.objects.filter(is_demo=True).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) > 0 AND bool_and(p.trouble LIKE 'fetch-%%')"
            " FROM wire_poll p JOIN titles_feed f ON f.id = p.feed_id WHERE f.retired_at IS NULL"
        )
        return bool(cursor.fetchone()[0])


def is_over() -> bool:
    """The demo is in, and so is a real article."""
    demo = Title.objects.filter(is_demo=True).exists()
    return demo and Article.objects.filter(title__is_demo=False).exists()


def _title(title: DemoTitle) -> Feed:
    # `.invalid` is a name that no machine on any network answers to.
    entry = Entry(
        name=title.name,
        feeds=(Address(f"https://{title.slug}.invalid/front", title.section, front=True),),
        publisher=title.publisher,
        home=f"https://{title.slug}.invalid/",
        country=title.country,
        language=title.language,
        section=title.section,
        logo=LOGO.format(title.slug),
        about=title.about,
    )
    (feed,) = enter([entry])
    Title.objects.filter(pk=feed.title_id).update(is_demo=True)
    Terms.objects.create(title_id=feed.title_id, readable=title.terms)
    return feed


def _article(article: DemoArticle, feed: Feed, now: datetime) -> int:
    published = now - timedelta(minutes=article.minutes)
    first = _draft(article, feed, now)
    if article.earlier:
        first = _draft(article, feed, now, headline=article.earlier.headline, body=article.earlier.body)
    piece = articles.Piece(title=feed.title_id, draft=first, address=first.url, feed=feed.pk)
    (pk,) = articles.publish([piece], now=published)
    if article.earlier:
        articles.revise([(pk, _draft(article, feed, now))], now=now - timedelta(minutes=article.updated or 0))
    if article.notice:
        Article.objects.filter(pk=pk).update(notice=article.notice)
    return pk


def _draft(article: DemoArticle, feed: Feed, now: datetime, *, headline: str = "", body: str = "") -> Draft:
    return Draft(
        key=article.key,
        url=f"https://{article.title}.invalid/{article.key}",
        headline=headline or article.headline,
        standfirst=article.standfirst,
        body=body or article.body,
        section=article.section,
        tags=article.tags,
        byline=article.byline,
        pictures=tuple(
            Picture(PICTURE.format(shot.name), shot.caption, shot.credit, shot.alt, 1200, 800)
            for shot in article.pictures
        ),
        published=now - timedelta(minutes=article.minutes),
        updated=now - timedelta(minutes=article.updated) if article.updated is not None else None,
        language=article.language,
    )


def _placements(ordered: Sequence[DemoArticle], feeds: dict[str, Feed], ids: dict[str, int], now: datetime) -> None:
    fronts: dict[str, list[DemoArticle]] = {}
    for article in ordered:
        if article.position is not None:
            fronts.setdefault(article.title, []).append(article)
    Placements.objects.bulk_create(
        Placements(
            feed=feeds[slug], seen_at=now, articles=[ids[a.key] for a in sorted(front, key=lambda a: a.position or 0)]
        )
        for slug, front in fronts.items()
    )


def _picks(ordered: Iterable[DemoArticle], ids: dict[str, int], now: datetime) -> None:
    kinds = [(a, Pick.Kind.PICK, a.pick) for a in ordered if a.pick] + [
        (a, Pick.Kind.GOOD, "") for a in ordered if a.good
    ]
    Pick.objects.bulk_create(
        Pick(article_id=ids[article.key], kind=kind, note=note, starts_at=now) for article, kind, note in kinds
    )
