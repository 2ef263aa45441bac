"""Why is this here? Said of each card of the front page: what weight placed, who picked it, or that it is new."""

import re
from datetime import timedelta

from lxml import html as parsed

from inkstand.desk.models import Pick
from inkstand.ranking.models import FrontPage
from inkstand.ranking.page import front_page
from inkstand.web.pages.why import why
from inkstand.web.tests.conftest import NOW, draft, print_articles, reader, title

SLOT = {
    "why": [{"key": "voices", "count": 3, "facts": {"titles": 3, "countries": 2}}, {"key": "editors-pinned"}],
    "parts": {"editors": 1000.0, "voices": 2.34, "age": -0.46, "growth": 0.04},
}


def test_reasons_are_sentences_and_parts_are_points():
    said = why(SLOT)
    assert said.sentences == ("3 titles of 2 countries tell it.", "Our editors placed it here.")
    assert said.points == (("Our editors", "Placed above all"), ("Titles that tell it", "+2.3"), ("Its age", "−0.5"))


def test_titles_of_one_country_are_not_counted_by_country():
    voices = {"key": "voices", "count": 3, "facts": {"titles": 3, "countries": 1}}
    assert why({"why": [voices], "parts": {}}).sentences == ("3 titles tell it.",)


def test_every_card_that_weight_placed_says_why(dot, paper, now):
    html = dot.get("/").content.decode()
    lead = html[html.index('class="card lead') :].partition("</article>")[0]
    assert "Why is this here?" in lead and "+" in lead
    reasoned = set(re.findall(r'<h3><a href="/article/(\d+)/">(?:(?!</article>).)*?class="why"', html, re.S))
    assert {str(slot["article"]) for slot in front_page(now)["top"][:3]} <= reasoned


def test_a_list_of_the_newest_gives_no_reasons(dot, paper):
    assert "Why is this here?" not in dot.get("/latest/").content.decode()
    assert "Why is this here?" not in dot.get("/section/world/").content.decode()


def of_cards(client, address="/"):
    """(id of the article, what is said under Why) of every card but the lines of Latest."""
    page = parsed.document_fromstring(client.get(address).content)
    for card in page.xpath("//article[contains(@class, 'card')][not(ancestor::ol)]"):
        said = card.xpath(".//*[@class='reasons']//li")
        yield card.xpath("string(.//h3/a/@href | .//h2/a/@href)"), " ".join(one.text_content() for one in said)


def test_every_card_of_the_front_page_says_why(dot, paper):
    said = list(of_cards(dot))
    assert len(said) > 15 and not [address for address, reasons in said if not reasons]


def test_a_pick_says_who_chose_it_and_when(dot, paper):
    ed = reader("maria", is_staff=True)
    by_name, by_nobody = Pick.objects.order_by("pk")
    Pick.objects.filter(pk=by_name.pk).update(editor=ed, starts_at=NOW - timedelta(days=2))
    for address in ("/", "/picks/"):
        said = dict(of_cards(dot, address))
        assert said[f"/article/{by_name.article_id}/"] == "Maria, an editor here, chose it on 12 March 2026."
        assert said[f"/article/{by_nobody.article_id}/"] == "Our editors chose it on 14 March 2026."


def test_what_fills_up_a_section_is_said_to_be_new_and_no_more(dot, paper):
    print_articles(title("Young Paper"), *(draft(n, section="Sport") for n in range(70, 73)))
    placed = {slot["article"] for row in FrontPage.objects.all() for slot in slots_of(row.page)}
    new = {reasons for address, reasons in of_cards(dot) if int(address.split("/")[2]) not in placed}
    assert new == {"It is among the newest articles.", "Our editors chose it on 14 March 2026."}


def slots_of(page):
    yield from page["top"]
    for slots in page["sections"].values():
        yield from slots


def test_latest_on_the_front_page_says_that_the_time_alone_decides(dot, paper):
    page = parsed.document_fromstring(dot.get("/").content)
    (said,) = page.xpath("//section[@aria-labelledby='latest']//details")
    assert "published last" in said.text_content() and "Nothing but the time" in said.text_content()
