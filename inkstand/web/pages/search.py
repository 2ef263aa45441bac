"""Search: a form, what it found as cards with the words that matched marked, and what to narrow it down by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from markupsafe import Markup

from inkstand.articles.models import Article
from inkstand.kit import html
from inkstand.membership import gate
from inkstand.membership.licence import licence, terms_of
from inkstand.membership.values import Meter, Open, Standing
from inkstand.reading.filters import Filters
from inkstand.search.find import find
from inkstand.search.mark import Parts, Shown, marked
from inkstand.search.subjects import MOST_KEY, text_of
from inkstand.search.values import MOST_CHARS, Found, Mark, Place, Query
from inkstand.titles.models import Terms, Title
from inkstand.web.pages.cards import cards_of, mark_of, with_stories
from inkstand.web.pages.facets import FACETS, Facet, address, facets, named
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.sieve import filters_of, opened_to
from inkstand.web.values import Card, Link
from inkstand.web.values import Mark as TitleMark

_FILTERS = (*FACETS, "from", "to", "text")
_TITLES = 4


@dataclass(frozen=True, slots=True)
class SearchView:
    """`fields` are the form's values as typed; `errors` say what of them could not be used, by field. `within` are
    the filters in force, each a link to the search without it; `follow` is the search as what may be followed."""

    fields: Mapping[str, str]
    errors: Mapping[str, str]
    asked: bool = False
    cards: tuple[Card, ...] = ()
    count: int | None = 0
    cut_short: bool = False
    meant: str = ""
    titles: tuple[TitleMark, ...] = ()
    within: tuple[Link, ...] = ()
    facets: tuple[Facet, ...] = ()
    older: str = ""
    is_first: bool = True
    follow: str = ""


def search(request: HttpRequest) -> HttpResponse:
    now, fields, filters = now_of(request), typed(request.GET), filters_of(request)
    title = Title.objects.filter(slug=fields["title"]).first() if fields["title"] else None
    query, errors = read(fields, title)
    view = SearchView(fields, errors, within=tuple(_within({**fields, **dict.fromkeys(errors, "")}, title)))
    if query.asks and not errors:
        after = mark_from(request.GET.get("before", ""))
        found = find(query, whole=opens_members_texts(request), now=now, after=after, filters=filters)
        view = replace(view, facets=tuple(facets(found.facets, fields, title)))
        view = _filled(replace(view, follow=_followed(query)), found, after, now, filters)
    return render(request, "search.html", {"view": view})


def _filled(view: SearchView, found: Found, after: Mark | None, now: datetime, filters: Filters) -> SearchView:
    words = found.meant or view.fields["q"]
    return replace(
        view,
        asked=True,
        cards=tuple(_cards(found, now, filters)),
        count=found.count,
        cut_short=found.cut_short,
        meant=found.meant,
        titles=_titles(words, filters) if after is None and not view.within else (),
        older=address({**view.fields, "q": words, "before": mark_to(found.after)}) if found.after else "",
        is_first=after is None,
    )


def _followed(query: Query) -> str:
    """`search:` and its key; "" where it is longer than what may be kept."""
    key = text_of(query)
    return f"search:{key}" if len(key) <= MOST_KEY else ""


def typed(said: QueryDict) -> dict[str, str]:
    """What the form's fields hold, without what no database takes."""
    return {name: said.get(name, "").replace("\0", "").strip()[: 4 * MOST_CHARS] for name in ("q", *_FILTERS)}


def read(fields: Mapping[str, str], title: Title | None) -> tuple[Query, dict[str, str]]:
    """The query, and what of it could not be read, in words."""
    errors: dict[str, str] = {}
    days = {name: _day(fields, name, errors) for name in ("from", "to")}
    since, until = days["from"], days["to"]
    if since and until and since > until:
        errors["to"] = _("The last day is before the first.")
    if fields["title"] and not title:
        errors["title"] = _("There is no title of that name in this paper.")
    query = Query(
        words=fields["q"],
        title=title.pk if title else None,
        country=fields["country"],
        language=fields["language"],
        section=fields["section"],
        topic=fields["topic"],
        since=since,
        until=until,
        has_text=bool(fields["text"]),
    )
    return query, errors


def _day(fields: Mapping[str, str], name: str, errors: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(fields[name]) if fields[name] else None
    except ValueError:
        errors[name] = _("“%(typed)s” is no day: write it as 2026-03-14.") % {"typed": fields[name][:20]}
        return None


def opens_members_texts(request: HttpRequest) -> bool:
    """Whether the gate opens to this reader what it keeps for members; whoever may read it may search in it."""
    return "members" in opened_to(request)


def _cards(found: Found, now: datetime, filters: Filters) -> Iterator[Card]:
    ids = [match.place.article for match in found.matches]
    rows = with_stories(Article.objects.in_the_paper(now).filter(pk__in=ids, current__isnull=False)).defer(None)
    articles = {article.pk: article for article in rows}
    hits = marked(found.tsquery, [_shown(article, now) for article in articles.values()])
    shown = [articles[pk] for pk in ids if pk in articles]
    for article, card in zip(shown, cards_of(shown, now, filters), strict=True):
        hit = hits[article.pk]
        yield replace(card, headline=_set(hit.headline), standfirst=_set(hit.excerpt))


def _shown(article: Article, now: datetime) -> Shown:
    """What anyone may see of an article: the gate is asked as for a visitor whose free articles are used up."""
    said = article.current
    assert said is not None
    language = article.language or article.title.language
    if terms_of(article.title).readable == Terms.Readable.HEADLINE:
        return Shown(article.pk, language, said.headline, "")
    answer = gate.may_open(said.body, licence(article), Standing.VISITOR, Meter(free=0, used=0), now)
    lead = html.lead(answer.body, gate.LEAD_WORDS) if isinstance(answer, Open) else answer.lead
    return Shown(article.pk, language, said.headline, f"{said.standfirst}\n{html.text(lead)}".strip())


def _set(parts: Parts) -> Markup:
    return Markup("").join(
        Markup("<mark>{}</mark>").format(text) if hit else Markup("{}").format(text) for text, hit in parts
    )


def _titles(words: str, filters: Filters) -> tuple[TitleMark, ...]:
    """Titles that are called so, more or less."""
    if len(words) < 4:
        return ()
    called = Title.objects.filter(name__trigram_word_similar=words[:MOST_CHARS]).exclude(pk__in=filters.titles)
    return tuple(map(mark_of, called[:_TITLES]))


def _within(fields: Mapping[str, str], title: Title | None) -> Iterator[Link]:
    """The filters in force, each with the address of the search without it."""
    names = {**fields, "title": title.name if title else "", "text": _("has full text") if fields["text"] else ""}
    for field in FACETS[1:]:
        names[field] = fields[field] and (named(field, fields[field]) or fields[field])
    for field in _FILTERS:
        if names[field]:
            text = {"from": _("from %(day)s"), "to": _("until %(day)s")}.get(field, "%(day)s") % {"day": names[field]}
            yield Link(text, address({**fields, field: ""}))


def mark_to(mark: Mark) -> str:
    """A mark as it stands in an address."""
    score = "" if mark.score is None else repr(mark.score)
    return f"{mark.top.published_at.isoformat()}_{mark.top.article}_{score}_{mark.article}"


def mark_from(text: str) -> Mark | None:
    """And back; None, the first page, where it is none of ours."""
    try:
        at, top, score, article = text.split("_")
        when = datetime.fromisoformat(at)
        if when.tzinfo is None or not 0 <= int(top) < 2**62:
            return None
        return Mark(Place(when, int(top)), float(score) if score else None, int(article))
    except (ValueError, OverflowError):
        return None
