"""What changed between two texts: calm to read, whole on both sides, and safe."""

import re
import time
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from inkstand.kit.html import clean, text
from inkstand.kit.html.compare import compare, compare_lines, printed


def line(before, after):
    return compare_lines(before, after).html


def test_a_word_that_changed_is_struck_out_and_its_new_one_put_in():
    assert line("Five dead in crash", "Seven dead in crash") == "<del>Five</del> <ins>Seven</ins> dead in crash"


def test_a_stop_is_no_part_of_the_word_before_it():
    assert line("Five dead", "Five dead, police say") == "Five dead<ins>, police say</ins>"


def test_one_short_word_that_stayed_does_not_part_a_change():
    assert (
        line("a long grey day", "the quiet grey sea")
        == "<del>a long</del> <ins>the quiet</ins> grey <del>day</del><ins>sea</ins>"
    )
    assert line("we saw ten of them", "we met all of us") == "we <del>saw ten of them</del><ins>met all of us</ins>"


def test_scripts_without_spaces_are_compared_sign_by_sign():
    assert line("東京で会議", "大阪で会議") == "<del>東京</del><ins>大阪</ins>で会議"


def test_what_stayed_keeps_its_tags_and_lists_stay_lists():
    before = "<h2>Then</h2><ul><li>one</li><li>two</li></ul><blockquote><p>Said <em>once</em>.</p></blockquote>"
    after = before.replace("</ul>", "<li>three</li></ul>")
    assert printed(compare(before, after)) == after.replace("three", "<ins>three</ins>")


def test_a_paragraph_that_came_or_went_is_one_change():
    one, two, three = "<p>The first stays.</p>", "<p>The second was there.</p>", "<p>Nothing of it is the same.</p>"
    came = compare(one + three, one + two + three)
    assert [part.kind for part in came] == ["same", "new", "same"] and came[1].added == 5
    went = compare(one + two + three, one + three)
    assert [part.kind for part in went] == ["same", "gone", "same"] and went[1].removed == 5


def test_a_paragraph_is_laid_beside_the_one_it_came_from():
    before = "<p>The council met on Tuesday and spoke of the road.</p>"
    after = "<p>Rain fell.</p><p>The council met on Wednesday and spoke of the road.</p>"
    assert [part.kind for part in compare(before, after)] == ["new", "changed"]


def test_a_link_that_was_struck_out_leads_nowhere():
    parts = compare('<p>Read <a href="https://a.example/">here</a> and on.</p>', "<p>Read there and on.</p>")
    assert printed(parts) == "<p>Read <del>here</del> <ins>there</ins> and on.</p>"


def test_pictures_and_marks_alone_are_no_change():
    assert compare("<p>Ice</p>", '<p><em>Ice</em><img src="https://p.example/1.jpg" alt=""></p>')[0].kind == "same"


def test_signs_that_mean_something_to_html_stay_signs():
    assert line("a < b", "a & b") == "a <del>&lt;</del> <ins>&amp;</ins> b"
    assert compare("<p>x &lt;script&gt;</p>", "<p>y &lt;script&gt;</p>")[0].html.count("<script") == 0


def sides(parts):
    """What either side says, read back from the printed comparison."""
    html = printed(parts)
    return [
        unescape(re.sub(r"<[^>]+>", " ", re.sub(rf"<{tag}>.*?</{tag}>", " ", html, flags=re.S))).split()
        for tag in ("ins", "del")
    ]


WORDS = st.lists(st.sampled_from(["ice", "harbour", "of", "<b>", "a&b", "東", "fleet"]), max_size=12).map(" ".join)
BODIES = st.lists(WORDS, max_size=6).map(
    lambda said: clean("".join(f"<p>{p.replace('&', '&amp;').replace('<', '&lt;')}</p>" for p in said))
)


@settings(max_examples=150, deadline=None)
@given(BODIES, BODIES)
def test_both_sides_can_be_read_back_whole(before, after):
    old, new = sides(compare(before, after))
    assert "".join(new) == "".join(text(after).split())
    assert sorted("".join(old)) == sorted("".join(text(before).split()))


@settings(max_examples=100, deadline=None)
@given(BODIES, BODIES)
def test_what_is_printed_is_clean(before, after):
    html = printed(compare(before, after))
    assert clean(html) == html


def test_no_text_takes_long():
    stops, same = "<p>" + "." * 100_000 + "</p>", "<p>x</p>" * 10_000
    begun = time.process_time()
    compare(stops, same)
    compare("<p>" + "x " * 50_000 + "</p>", "<p>" + "x y " * 25_000 + "</p>")
    compare(same, "<p>x</p><p>y</p>" * 5_000)
    assert time.process_time() - begun < 5
