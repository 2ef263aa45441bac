"""The article page: its order, and who reads how much of it."""

import json
import re

import pytest

from inkstand.articles.publish import withdraw
from inkstand.stories.models import Account, RunningStory, Story
from inkstand.web.tests.conftest import LEAD, NOW, SECRET, draft, print_articles, title


def page(client, article):
    return client.get(f"/article/{article.pk}/").content.decode()


@pytest.fixture
def members_only(settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0


READS_ALL = {"Ada": True, "Bo": True, "Cy": False, "Dot": False, "Ed": True}


@pytest.mark.parametrize("name", READS_ALL)
def test_at_the_wall_only_those_who_may_read_get_the_text(cast, article, members_only, name):
    html = page(cast[name], article)
    assert LEAD in html
    assert (SECRET in html) is READS_ALL[name]


@pytest.mark.parametrize("name", READS_ALL)
def test_in_an_open_paper_everyone_reads(cast, article, name):
    assert SECRET in page(cast[name], article)


def test_dot_is_asked_to_sign_up_and_cy_to_join(cast, article, members_only):
    assert "Sign up to read this article" in page(cast["Dot"], article)
    assert "Become a member to read this article" in page(cast["Cy"], article)


def test_headline_titles_show_their_text_to_nobody(cast, db, now):
    piece = print_articles(title(readable="headline"), draft())[0]
    for name, client in cast.items():
        html = page(client, piece)
        assert SECRET not in html and LEAD not in html, name
        assert "Read it at Harbour Courier" in html


def test_a_visitor_reads_three_a_month_and_again_what_they_read(dot, db, now, settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 3
    pieces = print_articles(title(), *(draft(n) for n in range(4)))
    assert [SECRET in page(dot, piece) for piece in pieces] == [True, True, True, False]
    assert SECRET in page(dot, pieces[0])


def test_what_counts_as_free_is_said_and_never_cached_for_others(dot, article, settings):
    settings.ACCESS = "members"
    response = dot.get(f"/article/{article.pk}/")
    assert "2 free articles left" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_a_forged_count_opens_nothing(dot, article, members_only):
    dot.cookies["free"] = f"2026-03:{article.pk}"
    assert SECRET not in page(dot, article)


def test_the_page_has_its_parts_in_order(dot, paper, members_only):
    from inkstand.articles.models import Article

    html = page(dot, Article.objects.first()).partition("<body>")[2]
    parts = [
        'class="banner"',
        'class="whose"',
        'class="kind"',
        "Ana Ruiz and Tom Okafor",
        "<h1>",
        "Published",
        'class="caption"',
        'class="credit"',
        "Sign up to read this article",
        "Already a member?",
        "Read the original at",
        "Related stories",
        "Top stories right now",
        "One membership",
        "Our picks",
        "Fourteen days free",
        "Put the paper on your phone",
        "3 titles in one place.",
    ]
    found = [html.find(part) for part in parts]
    assert -1 not in found, parts[found.index(-1)]
    assert found == sorted(found)


def test_members_are_not_sold_what_they_have(cast, article, members_only):
    html = page(cast["Ada"], article)
    assert 'class="banner"' not in html and "Fourteen days free" not in html


def test_the_original_is_linked_and_canonical(dot, article):
    html = page(dot, article)
    assert '<link rel="canonical" href="https://example.org/1">' in html
    assert re.search(r'<a class="plain" href="https://example.org/1"[^>]*>Read the original', html)


def linked(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])


def test_search_engines_are_told_what_is_behind_the_wall(dot, article, members_only):
    said = linked(page(dot, article))
    assert said["isAccessibleForFree"] is False
    assert said["hasPart"]["cssSelector"] == ".walled"
    assert [author["name"] for author in said["author"]] == ["Ana Ruiz", "Tom Okafor"]


def test_a_headline_cannot_break_out_of_the_linked_data(dot, db, now):
    nasty = "</script><script>alert(1)</script> & <b>"
    html = page(dot, print_articles(title(), draft(headline=nasty))[0])
    assert "<script>alert" not in html
    assert linked(html)["headline"] == nasty


def test_a_withdrawn_article_says_so_and_keeps_its_text_back(cast, article):
    withdraw(article.pk, notice="The source could not be confirmed.", now=NOW)
    response = cast["Ada"].get(f"/article/{article.pk}/")
    html = response.content.decode()
    assert response.status_code == 410
    assert "The source could not be confirmed." in html and LEAD not in html and SECRET not in html


def test_a_correction_stands_above_the_text(dot, article):
    article.notice = "The ice was four inches thick, not forty."
    article.save(update_fields=["notice"])
    html = page(dot, article)
    assert html.index("not forty") < html.index(LEAD)


def test_a_foreign_article_says_its_language_and_direction(dot, db, now):
    piece = print_articles(title("المرسى", language="ar"), draft(headline="تجمد الميناء", language="ar"))[0]
    assert '<header lang="ar" dir="rtl">' in page(dot, piece)


def test_where_only_the_opening_came_the_page_leads_on(dot, db, now, members_only):
    html = page(dot, print_articles(title(), draft(body="", standfirst="What the ice did. " + "It lay. " * 50))[0])
    assert html.count("It lay. ") >= 49 and not dot.cookies
    assert "What the ice did" in html and "Read on at Harbour Courier" in html and "Sign up to read" not in html


def test_an_article_that_is_not_there(dot, db):
    assert dot.get("/article/999/").status_code == 404


@pytest.mark.parametrize(("name", "count"), [("Dot", 7), ("Ada", 11)])
def test_the_number_of_statements_is_the_same_however_full_the_paper(
    cast, paper, menu, django_assert_num_queries, name, count
):
    from inkstand.articles.models import Article

    first = Article.objects.first()
    with django_assert_num_queries(count):
        cast[name].get(f"/article/{first.pk}/")


def test_other_accounts_of_the_same_event_are_related_first(dot, db, now):
    ours = print_articles(title(), *(draft(n, headline=f"Ice {n}") for n in range(6)))[0]
    theirs = print_articles(title("Meridian"), draft(50, headline="Eis", section="Life", language="de"))[0]
    story = Account.objects.get(article=ours).story
    Account.objects.filter(article=theirs).update(story=story)
    Story.objects.filter(pk=story.pk).update(titles=2)
    html = page(dot, ours)
    assert "also in 1 other title" in html
    near = html[html.index("Related stories") : html.index("Top stories")]
    assert near.index(">Eis<") < near.index(">Ice ")


def test_the_running_storys_other_events_are_related_before_what_is_merely_near(dot, db, now):
    ours, *_, later = print_articles(title(), *(draft(n, headline=f"Ice {n}") for n in range(7)))
    thread = RunningStory.objects.create(began_at=NOW, moved_at=NOW)
    Story.objects.filter(lead__in=[ours, later]).update(running=thread)
    html = page(dot, ours)
    near = html[html.index("Related stories") : html.index("Top stories")]
    assert near.index(">Ice 6<") < near.index(">Ice 1<")


def test_a_section_that_is_ours_too_is_named_in_the_readers_language(db, now, client):
    ours, theirs = print_articles(title("Meridian"), draft(1, section="World"), draft(2, section="Welt am Hafen"))
    said = {"Accept-Language": "de"}
    assert '<a href="/section/world/">Welt</a>' in client.get(f"/article/{ours.pk}/", headers=said).content.decode()
    assert "Welt am Hafen" in client.get(f"/article/{theirs.pk}/", headers=said).content.decode()
