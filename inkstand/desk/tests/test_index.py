"""The desk in the paper's words: an editor's jobs first, no table of a library, and a pick that is made in one go."""

import pytest
from django.contrib import admin
from django.test import Client

from inkstand.articles.models import Article
from inkstand.desk.index import JOBS, in_order
from inkstand.desk.models import Pick
from inkstand.readers.models import Reader
from inkstand.stories.tests.paper import draft, print_articles, title


@pytest.fixture
def desk(db):
    client = Client()
    client.force_login(Reader.objects.create_superuser("ed@paper.example"))
    return client


def row(name, **said):
    return {"object_name": name, "name": f"{name}s", "admin_url": f"/{name}/", "add_url": f"/{name}/add/", **said}


def group(label, *rows):
    return {"app_label": label, "name": label, "app_url": f"/{label}/", "has_module_perms": True, "models": list(rows)}


def test_jobs_stand_in_their_order_and_nothing_else_is_lost():
    found = in_order([group("new", row("Thing")), group("articles", row("Article")), group("desk", row("Pick"))])
    assert [one["name"] for one in found] == ["The front page", "Articles", "new"]
    assert [(one["name"], one["admin_url"], one["add_url"]) for one in found[0]["models"]] == [
        ("Pick an article", "/Pick/?kind__in=pick,good", "/Pick/add/?kind=pick"),
        ("Pin an article, or hold it off", "/Pick/?kind__in=pin,bury", "/Pick/add/?kind=pin"),
    ]


def test_what_an_editor_may_not_do_is_not_offered():
    (found,) = in_order([group("desk", row("Pick", add_url=None))])
    assert [one["add_url"] for one in found["models"]] == [None, None]
    assert in_order([]) == []


def test_every_job_has_a_table_and_every_table_a_job(db):
    tables = {model._meta.label_lower for model in admin.site._registry}
    assert tables == {job.table for jobs in JOBS.values() for job in jobs}


def test_the_desk_opens_with_the_jobs(desk):
    page = desk.get("/desk/").content.decode()
    assert "Django administration" not in page and "What would you like to do?" in page
    places = [page.index(name) for name in ("Pick an article", "Correct or withdraw", "Titles with", "Readers")]
    assert places == sorted(places)


@pytest.mark.parametrize("table", ["mfa/authenticator", "procrastinate/procrastinatejob", "socialaccount/socialtoken"])
def test_tables_of_libraries_are_not_there(desk, table):
    assert desk.get(f"/desk/{table}/").status_code == 404


@pytest.mark.parametrize("kind", ["pick", "pin"])
def test_a_pick_starts_now_unless_its_editor_says_otherwise(desk, kind):
    (article,) = print_articles(title(), draft())
    form = desk.get(f"/desk/desk/pick/add/?article={article.pk}&kind={kind}").context["adminform"].form
    said = {name: form[name].value() for name in ("article", "kind")}
    day, clock = (part["value"] for part in form["starts_at"].subwidgets[0].data["subwidgets"])
    sent = {**said, "note": "Read it.", "starts_at_0": day, "starts_at_1": clock}
    assert desk.post("/desk/desk/pick/add/", sent).status_code == 302
    pick = Pick.objects.get()
    assert (pick.article, pick.kind, pick.starts_at is not None) == (Article.objects.get(), kind, True)
    lists = next(job.lists for job in JOBS["The front page"] if kind in job.lists)
    assert "Read it." in desk.get(f"/desk/desk/pick/{lists}").content.decode()


def test_a_feeds_address_does_not_push_its_list_out_of_the_window(desk):
    feed = title().feeds.create(url=f"https://a.example/{'long-' * 40}")
    page = desk.get("/desk/titles/feed/").content.decode()
    assert f'title="{feed.url}"' in page and f">{feed.url}<" not in page
