"""Editions as books: epubcheck finds nothing, the gate holds in them, and no body breaks them."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from inkstand.articles.models import Article, Revision
from inkstand.editions.models import Edition
from inkstand.editions.printing import print_public
from inkstand.titles.models import Terms
from inkstand.web.book.plain import address, as_xhtml
from inkstand.web.tests.conftest import NOW, SECRET

CHECKER = Path("/usr/share/java/epubcheck.jar")
BOOK = "/edition/2026-03-14/morning/edition.epub"
NASTY = """<h1>Heads</h1><p>One & two <em>three</em> <a href="https://example.org/a b?x=[1]&amp;y=%zz">four</a>
<a href="javascript:alert(1)">five</a></p><ul>loose<li>six<p>seven</p></li></ul>
<li>alone</li><dl><dt>t</dt><dd>d</dd></dl>
<table><tr><td>eight</td><td>nine</td></tr></table><p><figure><img src="https://pictures.example/1.jpg"><figcaption>Ice
</figcaption></figure></p><blockquote>ten<blockquote><p>eleven</p></blockquote></blockquote><pre>a
  b</pre><em><p>twelve</p></em><p>null\x0b\x1f</p><p id="x" id="x" style="color:red" onclick="x()">thirteen</p>
<a href="https://example.org/"><img src="https://pictures.example/2.jpg">fourteen</a><ruby>漢<rt>kan</rt></ruby>"""


@pytest.fixture
def morning(paper, hung):
    print_public(NOW)
    return Edition.objects.public().get(language="en", country="")


def book(client, where=BOOK):
    answer = client.get(where)
    assert answer["Content-Type"] == "application/epub+zip"
    return answer.content


def read(data):
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def text(data):
    return b"".join(body for name, body in read(data).items() if name.endswith(".xhtml")).decode()


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.skipif(not (CHECKER.exists() and shutil.which("java")), reason="no epubcheck: apt-get install epubcheck")
def test_epubcheck_finds_nothing(dot, morning, tmp_path):
    Revision.objects.filter(pk=morning.revisions[0]).update(body=NASTY, byline=["A & B"], headline="Ice <b>& \x0b fire")
    Revision.objects.filter(pk=morning.revisions[1]).update(body="", standfirst="")
    Article.objects.filter(pk=morning.articles[2]).update(withdrawn_at=NOW, notice="Not <so> & not thus.")
    Article.objects.filter(pk=morning.articles[3]).update(
        language="ar", notice="The harbour is deeper.", url="https://x.example/ä b"
    )
    (tmp_path / "edition.epub").write_bytes(book(dot))
    command = ["java", "-jar", str(CHECKER.resolve()), "--failonwarnings", str(tmp_path / "edition.epub")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "No errors or warnings detected" in found.stdout


@pytest.mark.django_db
def test_it_holds_every_story_whole_with_its_pictures_and_ends(dot, morning):
    files = read(book(dot))
    assert next(iter(files)) == "mimetype"
    assert sum(name.startswith("book/story-") for name in files) == 10
    assert sum(name.endswith(".jpg") for name in files) == 10
    assert text(book(dot)).count(SECRET) == 10
    assert b"That is all for this morning." in files["book/end.xhtml"]


@pytest.mark.django_db
def test_the_gate_holds_in_it(cast, morning, settings):
    settings.ACCESS = "members"
    Terms.objects.filter(title__name="Meridian").update(readable="headline")
    held = Article.objects.filter(pk__in=morning.articles, title__name="Meridian").count()
    assert held
    found = {name: text(book(client)).count(SECRET) for name, client in cast.items()}
    assert found == {"Ada": 10 - held, "Bo": 10 - held, "Cy": 0, "Dot": 0, "Ed": 10 - held}


@pytest.mark.django_db
def test_the_same_edition_is_the_same_bytes_and_nobody_may_keep_it(dot, morning):
    assert book(dot) == book(dot) == book(dot, "/edition/2026-03-14/morning/en/edition.epub")
    assert dot.get(BOOK)["Cache-Control"] == "private, no-store"
    assert dot.get("/edition/2026-03-15/morning/edition.epub").status_code == 404


WORDS = "Heads two three four five loose six seven alone t d eight nine Ice ten eleven twelve fourteen"


def test_a_body_loses_tags_and_never_words():
    said = etree.fromstring(f"<div>{as_xhtml(NASTY, lambda url: None)}</div>")
    words = " ".join(said.itertext()).split()
    for word in [
        "Heads",
        "two",
        "three",
        "four",
        "five",
        "loose",
        "six",
        "seven",
        "alone",
        "t",
        "d",
        "eight",
        "nine",
        "Ice",
        "ten",
        "eleven",
        "twelve",
        "fourteen",
    ]:
        assert word in words
    assert said.xpath("//a/@href")[0] == "https://example.org/a%20b?x=%5B1%5D&y=%25zz"


TAGS = "p div em strong a ul ol li table tr td figure figcaption img blockquote pre h2 br span dl dt"
trees = st.recursive(
    st.text(max_size=8),
    lambda inner: st.builds(
        lambda tag, held: f"<{tag}>{''.join(held)}</{tag}>", st.sampled_from(TAGS.split()), st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)


@given(trees)
def test_whatever_a_body_is_it_comes_out_well_formed_and_flat(body):
    said = etree.fromstring(f"<div>{as_xhtml(body, lambda url: 'p.jpg')}</div>")
    blocks = {"p", "h2", "h3", "ul", "ol", "blockquote", "pre"}
    assert {child.tag for child in said} <= blocks
    inner = {(child.tag, one.tag) for child in said for one in child.iterdescendants() if one.tag in blocks}
    assert inner <= {("blockquote", "p")}


@given(st.text())
def test_a_link_is_one_or_none(href):
    found = address(href)
    assert not found or (found.isascii() and found.startswith("http") and " " not in found)
    assert address(found) == found
