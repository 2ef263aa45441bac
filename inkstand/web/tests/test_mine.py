"""What is a reader's own: the small answer, the list of actions, the forms that do the same, the pages."""

import json
import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from inkstand.articles.models import Article, Placements
from inkstand.articles.publish import withdraw
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.mine import of
from inkstand.reading.prefer import prefer
from inkstand.stories.models import Account, Story
from inkstand.titles.models import Title
from inkstand.web.tests.conftest import NOW, draft, print_articles, title


def ada():
    return Reader.objects.get(email="ada@example.org")


def deed(do, **facts):
    return {"id": str(uuid.uuid4()), "at": NOW.isoformat(), "do": do, **facts}


def tell(client, *deeds, **headers):
    return client.post("/mine/", json.dumps(deeds), content_type="application/json", headers=headers)


def does(do, ago=timedelta(), **facts):
    carry_out(reader=ada(), actions=[action(do, at=NOW - ago, **facts)], now=NOW)


def answers(response):
    return [one["answer"] for one in response.json()["outcomes"]]


def test_marks_are_the_askers_own_and_kept_by_nobody(cast, article):
    tell(cast["Ada"], deed("save", article=article.pk), deed("read", article=article.pk, progress=40))
    tell(cast["Ada"], deed("follow", kind="title", key=str(article.title_id)))
    address = f"/mine/?articles={article.pk},99,x,{'9' * 40}&follows=title:{article.title_id},section:world,:,"
    found = cast["Ada"].get(address)
    assert found.json() == {
        "read": {str(article.pk): 40},
        "saved": [article.pk],
        "follows": [f"title:{article.title_id}"],
        "moved": 0,
    }
    assert found["Cache-Control"] == "private, no-store"
    assert cast["Bo"].get(address).json() == {"read": {}, "saved": [], "follows": [], "moved": 0}
    assert cast["Dot"].get(address).status_code == 401


def test_the_small_answer_is_small(cast, paper, django_assert_max_num_queries):
    ids = ",".join(map(str, Article.objects.values_list("pk", flat=True)))
    for pk in Article.objects.values_list("pk", flat=True)[:20]:
        does("read", article=pk, progress=50)
    cast["Ada"].get("/mine/")
    with django_assert_max_num_queries(6):
        found = cast["Ada"].get(f"/mine/?articles={ids}&follows=title:1")
    assert len(found.content) < 500


def test_a_queue_is_carried_out_once_however_often_it_is_sent(cast, article):
    queue = [deed("save", article=article.pk), deed("more", kind="topic", key="rivers")]
    assert answers(tell(cast["Ada"], *queue)) == ["done", "done"]
    assert answers(tell(cast["Ada"], *queue)) == ["already", "already"]
    assert of(ada()).levers().count() == 1


def test_what_cannot_be_read_stops_nothing_else(cast, article):
    queue = [
        "what?",
        deed("fly"),
        deed("save", article="x"),
        deed("save", article=article.pk),
        deed("save", article=9999),
    ]
    assert sorted(answers(tell(cast["Ada"], *queue))) == ["done", "unknown", *["unreadable"] * 3]


@pytest.mark.parametrize("body", ["{}", "[", "7", "[" * 100_000, json.dumps([{}] * 501)])
def test_what_is_no_list_is_refused(cast, body):
    assert cast["Ada"].post("/mine/", body, content_type="application/json").status_code == 400


def test_nobody_tells_for_a_visitor(dot, article):
    assert tell(dot, deed("save", article=article.pk)).status_code == 401
    assert dot.delete("/mine/").status_code == 405


SIGNS_OF_OTHERS = [
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Fetch-Site", "same-site"),
    ("Origin", "https://evil.example"),
    ("Origin", "null"),
]


def test_no_other_site_tells_for_a_reader(cast, article):
    """A form of another site can send no JSON; its script says whose it is."""
    save = deed("save", article=article.pk)
    kinds = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
    for kind in kinds:
        assert cast["Ada"].post("/mine/", json.dumps([save]), content_type=kind).status_code == 403
    for name, value in SIGNS_OF_OTHERS:
        assert tell(cast["Ada"], save, **{name: value}).status_code == 403
    assert not of(ada()).saved().exists()
    ours = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    assert tell(cast["Ada"], save, **ours).status_code == 200


def form(page):
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page[page.index("<main") :])
    return {name: unescape(value) for name, value in fields}


def asked(client, **said):
    """Follows a link to the page that asks, and presses its button."""
    page = client.get("/mine/ask/", said)
    assert page.status_code == 200
    return client.post("/mine/ask/", form(page.content.decode()))


def test_the_same_link_saves_and_then_saves_no_longer(cast, article):
    done = asked(cast["Ada"], do="save", article=article.pk, back="/latest/")
    assert done["Location"] == "/latest/"
    assert of(ada()).saved().count() == 1
    asked(cast["Ada"], do="save", article=article.pk)
    assert of(ada()).saved().count() == 0


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ({"do": "follow", "kind": "section", "key": "world"}, "follows"),
        ({"do": "follow", "kind": "title", "key": "TITLE"}, "follows"),
        ({"do": "follow", "kind": "story", "key": "STORY"}, "follows"),
        ({"do": "block", "title": "TITLE"}, "blocks"),
        ({"do": "mute", "word": "golf & tea"}, "mutes"),
        ({"do": "never", "kind": "title", "key": "TITLE"}, "levers"),
    ],
)
def test_each_lever_works_and_is_undone_without_script(cast, article, said, rows):
    real = {"TITLE": str(article.title_id), "STORY": str(Account.objects.get(article=article).story_id)}
    said = {name: real.get(value, value) for name, value in said.items()}
    asked(cast["Ada"], **said)
    assert getattr(of(ada()), rows)().count() == 1
    asked(cast["Ada"], **said)
    assert getattr(of(ada()), rows)().count() == 0


@pytest.mark.parametrize(
    "said",
    [
        {"do": "read", "article": 1},
        {"do": "highlight"},
        {"do": "save", "article": 99999},
        {"do": "follow", "kind": "title", "key": "99999"},
        {"do": "follow", "kind": "section", "key": "nowhere"},
        {},
    ],
)
def test_what_may_not_be_asked_is_no_page(cast, article, said):
    assert cast["Ada"].get("/mine/ask/", said).status_code == 404


def test_the_form_leads_back_to_this_paper_only(cast, article):
    for back in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert asked(cast["Ada"], do="save", article=article.pk, back=back)["Location"] == "/"


def test_a_form_without_its_token_is_refused(cast, article):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/mine/ask/", {"do": "save", "article": article.pk}).status_code == 403


def test_a_visitor_is_asked_to_sign_in_and_comes_back(dot, article):
    answer = dot.get("/mine/ask/?do=save&article=1")
    assert answer["Location"] == "/account/login/?next=/mine/ask/%3Fdo%3Dsave%26article%3D1"
    for page in ("/saved/", "/history/", "/following/"):
        assert dot.get(page)["Location"].endswith(f"?next={page}")


def test_without_script_an_opened_article_is_written_down_all_the_same(cast, article):
    page = cast["Ada"].get(f"/article/{article.pk}/").content.decode()
    address = re.search(r'<noscript>.*?<img src="([^"]+)"', page, re.S)[1]
    assert cast["Ada"].get(address)["Content-Type"] == "image/gif"
    assert of(ada()).history().get().article_id == article.pk
    assert cast["Dot"].get(address).status_code == 200
    assert "<noscript>" not in cast["Dot"].get(f"/article/{article.pk}/").content.decode()


def test_another_sites_picture_writes_nothing_down(cast, article):
    cast["Ada"].get(f"/mine/seen/{article.pk}/1/", headers={"Sec-Fetch-Site": "cross-site"})
    assert not of(ada()).history().exists()


def test_saved_says_how_far_one_came_and_outlives_a_block(cast, paper):
    first, second, _ = Article.objects.newest()[:3]
    does("save", article=first.pk)
    does("save", article=second.pk, ago=timedelta(hours=1))
    does("read", article=second.pk, progress=40)
    does("block", title=second.title_id)
    page = cast["Ada"].get("/saved/").content.decode()
    assert page.index(first.current.headline) < page.index(second.current.headline)
    assert "Not begun" in page and "40 %" in page
    assert 'class="keep"' not in page and "Remove" in page
    assert first.current.headline not in cast["Bo"].get("/saved/").content.decode()


def test_a_saved_article_that_was_withdrawn_is_counted_not_shown(cast, article):
    does("save", article=article.pk)
    withdraw(article.pk, notice="It was not so.", now=NOW)
    page = cast["Ada"].get("/saved/").content.decode()
    assert article.current.headline not in page
    assert "1 saved article was withdrawn by its publisher." in page


def test_history_is_by_the_day_and_can_be_searched(cast, paper):
    articles = list(Article.objects.newest()[:3])
    for days, one in enumerate(articles):
        does("read", article=one.pk, progress=99, ago=timedelta(days=days))
    page = cast["Ada"].get("/history/").content.decode()
    assert page.count('<section class="day">') == 3 and page.count("read to the end") == 3
    assert "last 90 days" in page
    found = cast["Ada"].get("/history/", {"q": f"{articles[1].current.headline.split()[-1]} {articles[1].title.name}"})
    assert found.content.decode().count('<article class="card"') == 1
    assert "Nothing in your history says that" in cast["Ada"].get("/history/?q=zeppelin%00").content.decode()


@pytest.mark.parametrize(("do", "address"), [("read", "/history/"), ("save", "/saved/")])
def test_what_is_ones_own_turns_its_pages_and_ends(cast, paper, do, address):
    print_articles(title("Long"), *[draft(2000 + n) for n in range(60)])
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    done = [action(do, at=NOW - timedelta(minutes=n // 4), article=pk) for n, pk in enumerate(ids)]
    carry_out(reader=ada(), actions=done, now=NOW)
    seen = []
    while address:
        page = cast["Ada"].get(address).content.decode()
        seen += re.findall(r'<h[23]><a href="/article/(\d+)/', page)
        older = re.search(r'<a class="button quiet" href="([^"]+)" rel="next">', page)
        address = older and older[1]
    assert sorted(map(int, seen)) == ids
    assert [ids.index(int(pk)) // 4 for pk in seen] == [n // 4 for n in range(len(ids))]


def test_one_is_forgotten_and_then_all(cast, paper):
    one, other = Article.objects.newest()[:2]
    does("read", article=one.pk)
    does("read", article=other.pk)
    page = cast["Ada"].get("/history/").content.decode()
    cast["Ada"].post("/mine/ask/", form(page))
    assert of(ada()).history().count() == 1
    asked(cast["Ada"], do="forget-all")
    assert not of(ada()).history().exists()


def test_history_that_is_off_says_so(cast, article):
    prefer(reader=ada(), history_days=0)
    assert "History is off" in cast["Ada"].get("/history/").content.decode()


def test_following_shows_the_newest_of_each_and_which_story_moved(cast, paper):
    world, ledger = Article.objects.filter(section="World").newest()[0], Title.objects.get(name="Northern Ledger")
    story = Account.objects.get(article=world).story
    does("follow", kind="section", key="world")
    does("follow", kind="title", key=str(ledger.pk))
    does("follow", kind="story", key=str(story.pk), ago=timedelta(hours=1))
    does("follow", kind="topic", key="no-such-topic")
    does("follow", kind="search", key="words=harbour")
    Story.objects.filter(pk=story.pk).update(moved_at=NOW - timedelta(minutes=5))
    page = cast["Ada"].get("/following/").content.decode()
    for said in ("These stories moved", "Northern Ledger", "World", world.current.headline, "/search/?q=harbour"):
        assert said in page
    assert "no-such-topic" not in page
    assert cast["Ada"].get("/mine/").json()["moved"] == 1
    asked(cast["Ada"], do="seen", story=story.pk)
    assert "These stories moved" not in cast["Ada"].get("/following/").content.decode()
    assert cast["Ada"].get("/mine/").json()["moved"] == 0


def test_following_costs_the_same_however_much_is_followed(cast, paper, django_assert_max_num_queries):
    for slug in ("world", "business", "science"):
        does("follow", kind="section", key=slug)
    for pk in Title.objects.values_list("pk", flat=True):
        does("follow", kind="title", key=str(pk))
    with django_assert_max_num_queries(16):
        cast["Ada"].get("/following/")


def test_the_switch_leaves_out_what_cannot_be_opened(cast, paper, settings):
    settings.ACCESS = "members"
    assert "Northern Ledger" in cast["Cy"].get("/latest/").content.decode()
    cast["Cy"].post("/following/only-open/", {"on": "1"})
    assert "Northern Ledger" not in cast["Cy"].get("/latest/").content.decode()
    cast["Cy"].post("/following/only-open/", {"on": "0"})
    assert "Northern Ledger" in cast["Cy"].get("/latest/").content.decode()


def test_levers_stand_where_there_is_something_to_follow(cast, dot, article):
    story = Account.objects.get(article=article).story_id
    for address, what in (
        ("/section/world/", "section:world"),
        ("/title/harbour-courier/", f"title:{article.title_id}"),
        (f"/story/{story}/", f"story:{story}"),
    ):
        for client in (cast["Ada"], dot):
            assert f'data-follow="{what}"' in client.get(address).content.decode()
    assert 'class="keep"' in cast["Ada"].get("/latest/").content.decode()
    assert 'class="keep"' not in dot.get("/latest/").content.decode()


def test_a_titles_page_says_what_is_known_of_it(dot, article):
    owner = article.title
    owner.corrections, owner.corrections_url = "It says at the top what was wrong.", "https://courier.example/errors"
    owner.country, owner.funding = "GB", "public"
    owner.save()
    page = dot.get("/title/harbour-courier/").content.decode()
    for said in (
        owner.corrections,
        owner.corrections_url,
        "Harbour Courier Press",
        "United Kingdom",
        "public broadcaster",
    ):
        assert said in page


def test_a_titles_own_front_is_in_the_order_of_its_editors(dot, db, now):
    courier = title()
    articles = print_articles(courier, *[draft(n, headline=f"Piece {n}") for n in range(12)])
    order = [articles[n].pk for n in (7, 2, 9)]
    Placements.objects.create(feed=courier.feeds.get(), seen_at=NOW + timedelta(minutes=1), articles=order)
    page = dot.get("/title/harbour-courier/").content.decode()
    front = page[page.index("Its own front page") :]
    front = front[: front.index("</section>")]
    assert re.findall(r"Piece (\d+)", front) == ["7", "2", "9"]
