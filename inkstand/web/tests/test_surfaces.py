"""No byte of a text that the gate does not open, on any surface of the paper: every address there is, for everyone.

An address that is named neither here nor there fails the test: whoever adds one says how it is asked for.
"""

import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.db.models import F
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from inkstand.articles.models import Article
from inkstand.articles.publish import revise
from inkstand.editions.printing import print_public
from inkstand.ranking.page import print_fronts
from inkstand.search import fill
from inkstand.stories.models import RunningStory, Story
from inkstand.web.tests.conftest import NOW, draft, print_articles, title

LEAD = "The harbour froze over in the night. " * 12
# Each word of the rest says by itself that it came out, whatever was cut around it.
REST = [f"qzx{number:03}" for number in range(300)]
HIDDEN = re.compile(rb"qzx\d{3}", re.I)

# What each part of an address may be, taken as many ways as there are.
PARTS = {
    "slug": ["world", "harbour-courier", "environment"],
    "half": ["morning"],
    "day": ["2026-03-14"],
    "tongue": ["en"],
    "name": ["pages", "news", "articles", "Ana Ruiz", "GB", "stripe"],
    "kind": ["front", "latest", "picks", "good-news", "section", "title", "story", "running"],
    "form": ["atom", "json"],
    "since": [1],
    "month": ["2026-03"],
    "revision": [1],
    "number": [1],
    "token": ["nobody"],
    "reference": ["nobody"],
    "code": ["NOBODY"],
    "provider_id": ["nobody"],
    "width": [320],
    "signature": ["nobody"],
    "digest": ["nobody"],
    "path": ["paper.css"],
}
ASKED = {
    "search": ["?q=harbour", "?q=froze&order=newest", "?q=qzx050", "?q=%22qzx001+qzx002%22", "?q=title:harbour"],
    "article": ["", "?gift=nobody", "?amp=1", "?print=1"],
    "latest": ["", "?before=x", "?page=2"],
}
# Of the desk and of accounts, which print no article but to editors; and our own source, where these words stand.
ELSEWHERE = ("desk/", "account/", "source/")


@pytest.fixture
def walled(db, now, settings, hung):
    settings.ACCESS, settings.FREE_ARTICLES, settings.BILLING = "members", 0, "till"
    body = f"<p>{LEAD}</p><p>{' '.join(REST)}</p>"
    pieces = print_articles(title(), *(draft(n, body=body, section="World") for n in range(1, 3)))
    changed = draft(1, body=body.replace("qzx100", "qzx900"), headline="Harbour report, corrected")
    revise([(pieces[0].pk, changed)], now=NOW)
    RunningStory.objects.create(began_at=NOW, moved_at=NOW)
    Story.objects.update(running=RunningStory.objects.get())
    print_fronts(now=NOW)
    # By the morning edition's hour all of it has been told.
    Article.objects.update(published_at=F("published_at") - timedelta(hours=3))
    print_public(NOW)
    Article.objects.update(published_at=F("published_at") + timedelta(hours=3))
    fill.catch_up(now=NOW)
    return pieces


def addresses(patterns=None, before=""):
    """(name, address) of everything that can be asked for."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not route.startswith(ELSEWHERE):
                yield from addresses(pattern.url_patterns, route)
        elif not route.startswith(ELSEWHERE):
            for path in filled(route, pattern.pattern.regex.groupindex):
                for query in ASKED.get(pattern.name, [""]):
                    yield pattern.name, f"/{path}{query}"


def filled(route, names):
    # One that was revised, its story, and a number of nobody's.
    numbers = {"pk": [Article.objects.order_by("pk")[0].pk, Story.objects.order_by("pk")[0].pk, 8_000_000]}
    keyed = {"key": ["world", "harbour-courier", *map(str, numbers["pk"])]}
    if "(?P<form>" in route:  # the feeds, whose key is not of every kind
        for kind in PARTS["kind"]:
            for form in PARTS["form"]:
                yield f"feeds/{kind}.{form}"
                yield from (f"feeds/{kind}/{key}.{form}" for key in keyed["key"])
        return
    ways = [route]
    for name in names:
        ways = [re.sub(rf"<(?:\w+:)?{name}>", str(value), way) for way in ways for value in {**PARTS, **numbers}[name]]
    yield from ways


def texts(answer):
    """All that an answer holds: its body, its headers, what is packed in it."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    yield body
    yield json.dumps(dict(answer.headers)).encode()
    if body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as packed:
            yield from (packed.read(name) for name in packed.namelist())


@pytest.mark.whole
def test_no_byte_of_what_is_shut_comes_out_anywhere(walled, cast):
    seen, shut = set(), {"Dot": Client(), "Cy": cast["Cy"]}
    for who, client in shut.items():
        for name, address in addresses():
            answer = client.get(address, headers={"Accept": "*/*"})
            assert answer.status_code < 500 or answer.status_code == 503, address
            asked = address.partition("?")[2].encode()
            for text in texts(answer):
                out = set(HIDDEN.findall(text)) - set(HIDDEN.findall(asked))
                assert not out, f"{who} is given {sorted(out)[:3]} at {address}"
            if answer.status_code == 200:
                seen.add(name)
    assert {"front", "article", "story", "section", "title", "search", "feed", "edition", "changes"} <= seen


def test_the_same_words_are_there_for_who_may_read_them(walled, cast):
    """Or the test above would prove nothing."""
    page = cast["Ada"].get(f"/article/{walled[1].pk}/").content
    assert len(set(HIDDEN.findall(page))) == len(REST)
    lead = cast["Cy"].get(f"/article/{walled[1].pk}/").content
    assert b"The harbour froze over" in lead


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}], ids=str)
def test_nor_for_programs_that_ask_for_another_form(walled, cast, headers):
    for client in (Client(), cast["Cy"]):
        for piece in walled:
            for path in ("", "changes/", "ticket/", "give/"):
                answer = client.get(f"/article/{piece.pk}/{path}", headers=headers)
                assert not any(HIDDEN.search(text) for text in texts(answer))


def test_nor_when_it_is_withdrawn_or_its_time_is_over(walled, cast):
    Article.objects.filter(pk=walled[0].pk).update(withdrawn_at=NOW)
    terms = walled[0].title.terms
    terms.expires_days = 1
    terms.save()
    Article.objects.update(published_at=NOW - timedelta(days=2))
    for client in cast.values():
        for piece in walled:
            assert not HIDDEN.search(client.get(f"/article/{piece.pk}/").content)
