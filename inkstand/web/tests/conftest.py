"""The cast, and a small paper for them to read. Ada pays, Bo is in trial, Cy lapsed, Dot is a visitor, Ed edits."""

import io
import shutil
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import sync_playwright

from inkstand.articles.filled import filled
from inkstand.desk.models import Pick
from inkstand.kit import clock
from inkstand.membership.models import Grant
from inkstand.ranking.page import print_fronts
from inkstand.readers.models import Reader
from inkstand.stories.tests.paper import BODY, LEAD, NOW, SECRET, draft, print_articles, print_paper, tell, title  # noqa: F401
from inkstand.web.pages import picture


def jpeg(width=1600, height=900, **said):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#285").save(out, "JPEG", **said)
    return out.getvalue()


class Counting:
    def __init__(self, answer):
        self.answer, self.asked = answer, 0

    def __call__(self, url):
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def hung(tmp_path, settings, monkeypatch):
    """A gallery whose originals are all one picture, hung where the pages look."""
    settings.HOME = tmp_path
    monkeypatch.setattr(picture, "Fetcher", lambda: Counting(jpeg()))
    return picture.gallery()


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def menu(db, now):
    """The sections with something in them are known: not every page asks for them."""
    filled(NOW)


@pytest.fixture
def article(db, now):
    return print_articles(title(), draft())[0]


@pytest.fixture
def paper(db, now):
    """Three titles, thirty articles in three sections, two picks."""
    for piece in print_paper()[-2:]:
        Pick.objects.create(article=piece, note="Read to the end.", starts_at=NOW)
    print_fronts(now=NOW)


def reader(name, **said):
    return Reader.objects.create_user(f"{name}@example.org", name=name.title(), **said)


def signed_in(who):
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def granted(name, kind, starts, ends):
    who = reader(name)
    Grant.objects.create(
        reader=who, kind=kind, starts_at=NOW + timedelta(days=starts), ends_at=ends and NOW + timedelta(days=ends)
    )
    return signed_in(who)


@pytest.fixture
def dot():
    return Client()


@pytest.fixture
def cast(db, now, dot):
    return {
        "Ada": granted("ada", "member", -30, None),
        "Bo": granted("bo", "trial", -3, 11),
        "Cy": granted("cy", "trial", -40, -26),
        "Dot": dot,
        "Ed": signed_in(reader("ed", is_staff=True)),
    }


CHROMIUM = shutil.which("chromium")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def chromium():
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs a loop in the thread of the tests, and Django would take it for an asynchronous view's.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def note_complaints(page):
    """`page.complaints`: the errors and warnings of its console; that a device was cleared is none."""
    page.complaints = []
    page.on("console", lambda said: said.type in {"error", "warning"} and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))


@pytest.fixture
def visit(chromium, live_server, paper, hung):
    """`visit(address, **context)` opens a page of a full paper and notes what it asked for and complained of."""
    contexts = []

    def visit(address="/", **said):
        context = chromium.new_context(**{"base_url": live_server.url, "viewport": PHONE, "locale": "en-GB", **said})
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        note_complaints(page)
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
