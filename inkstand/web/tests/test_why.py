"""Why is this here? Said on the front page of everything that weight has placed, and of nothing else."""

import re

from inkstand.ranking.page import front_page
from inkstand.web.pages.why import why

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
