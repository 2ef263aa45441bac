"""What an editor pins or buries at the desk is printed at once, before other work."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from inkstand.articles.models import Article
from inkstand.desk.models import Pick
from inkstand.kit import clock
from inkstand.web.tests.conftest import NOW, reader, signed_in


@pytest.fixture
def desk(paper, django_capture_on_commit_callbacks):
    """`desk(name, data)` sends a form of the picks' admin, as an editor would; the answer's status."""
    editor = signed_in(reader("ed", is_staff=True, is_superuser=True))

    def desk(name, data, *args):
        with django_capture_on_commit_callbacks(execute=True):
            return editor.post(reverse(f"admin:desk_pick_{name}", args=args), data).status_code

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    return desk


def wish(article, kind):
    return {"article": article.pk, "kind": kind, "note": "", "starts_at_0": f"{NOW:%Y-%m-%d}", "starts_at_1": "09:30"}


def waiting():
    return list(ProcrastinateJob.objects.values_list("task_name", "priority"))


def print_now(monkeypatch, minutes):
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=minutes))
    app.tasks["ranking.print"].func(timestamp=0)


def test_a_pin_leads_the_next_page_and_says_so_in_words(desk, dot, monkeypatch):
    last = Article.objects.order_by("-pk")[5]
    assert desk("add", wish(last, "pin")) == 302
    assert waiting() == [("ranking.print", 100)]
    print_now(monkeypatch, 1)
    lead = re.search(r'class="card lead.*?</article>', dot.get("/").content.decode(), re.S)[0]
    assert f'href="/article/{last.pk}/"' in lead
    assert "Our editors placed it here." in lead
    assert "+1000" not in lead and "1,000" not in lead
    assert "Placed above all" in lead


def test_what_is_let_go_again_falls_back(desk, monkeypatch, dot):
    last = Article.objects.order_by("-pk")[5]
    desk("add", wish(last, "pin"))
    print_now(monkeypatch, 1)
    assert desk("delete", {"post": "yes"}, Pick.objects.get(kind="pin").pk) == 302
    print_now(monkeypatch, 2)
    lead = re.search(r'class="card lead.*?</article>', dot.get("/").content.decode(), re.S)[0]
    assert f'href="/article/{last.pk}/"' not in lead


def test_many_wishes_wait_for_one_print(desk):
    for article in Article.objects.all()[:3]:
        assert desk("add", wish(article, "bury")) == 302
    chosen = [str(pk) for pk in Pick.objects.filter(kind="bury").values_list("pk", flat=True)]
    desk("changelist", {"action": "delete_selected", "_selected_action": chosen, "post": "yes"})
    assert not Pick.objects.filter(kind="bury").exists()
    assert waiting() == [("ranking.print", 100)]
