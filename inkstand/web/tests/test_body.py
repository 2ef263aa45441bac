"""A body made ready to print."""

from inkstand.web.pages.body import printed
from inkstand.web.values import Shot

ICE = Shot("https://pictures.example/ice.jpg", "Ice", "Ice in the harbour.", "Mara Lind", 1600, 1000)


def found(_url):
    return False


def test_pictures_come_through_us_and_no_one_elses_sizes_are_left():
    html, _ = printed(
        f'<picture><source srcset="https://x.example/a.webp"><img src="{ICE.url}" srcset="x 2x"></picture>', [], found
    )
    assert 'src="/picture/640/' in html and 'loading="lazy"' in html
    assert "source" not in html and "x 2x" not in html


def test_a_picture_gets_its_caption_and_its_credit_apart():
    html, _ = printed(f'<p>One.</p><p><img src="{ICE.url}?w=300"></p>', [ICE], found)
    assert "<figure>" in html
    assert '<span class="caption">Ice in the harbour.</span><span class="credit">Mara Lind</span>' in html


def test_a_caption_of_the_text_is_left_alone():
    html, _ = printed(f'<figure><img src="{ICE.url}"><figcaption>Its own.</figcaption></figure>', [ICE], found)
    assert html.count("figcaption") == 2 and "Its own." in html and "Mara" not in html


def test_the_first_picture_stands_above_unless_the_text_places_it():
    assert printed("<p>One.</p>", [ICE], found)[1] == ICE
    assert printed(f'<img src="{ICE.url}">', [ICE], found)[1] is None
    assert printed("", [ICE], found) == ("", ICE)


def test_a_missing_picture_leaves_no_hole():
    html, _ = printed(
        '<p>One.</p><figure><img src="https://x.example/a.jpg"><figcaption>Gone</figcaption></figure><p>Two.</p>',
        [],
        lambda url: True,
    )
    assert html == "<p>One.</p><p>Two.</p>"


def test_text_around_a_picture_is_kept():
    html, _ = printed(f'<p>Before <img src="{ICE.url}"> after.</p>', [ICE], found)
    assert html.startswith("<div>Before <figure>") and html.endswith("</figure> after.</div>")


def test_the_page_has_one_first_heading():
    assert printed("<h1>Again</h1>", [], found)[0] == "<h2>Again</h2>"
