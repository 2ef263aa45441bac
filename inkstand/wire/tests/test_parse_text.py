"""Headlines are plain text, bodies are HTML, whatever a feed makes of either."""

import pytest

from inkstand.wire.parse import parse

SPACES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'


def rss_item(inner):
    return parse(f"<rss version='2.0' {SPACES}><channel><item>{inner}</item></channel></rss>".encode()).items[0]


def atom_entry(inner):
    return parse(f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inner}</entry></feed>".encode()).items[0]


@pytest.mark.parametrize(
    ("written", "headline"),
    [
        ("<title>  two\n lines\t</title>", "two lines"),
        ("<title>AT&amp;amp;T</title>", "AT&T"),
        ("<title>It&amp;#8217;s</title>", "It’s"),
        ("<title>&lt;b&gt;Bold&lt;/b&gt; move</title>", "Bold move"),
        ("<title>&amp;lt;em&amp;gt;New&amp;lt;/em&amp;gt; day</title>", "New day"),
        ("<title>How to use &lt;canvas&gt;</title>", "How to use <canvas>"),
        ("<title>1 &lt; 2 &gt; 0</title>", "1 < 2 > 0"),
        ("<title>A &lt;br/&gt;B</title>", "A B"),
        ("<title><![CDATA[Q&A: <i>why</i>]]></title>", "Q&A: why"),
        ("<title><b>In</b>line <i>markup</i></title>", "Inline markup"),
        ("<title>caf&#233;&#160;au lait</title>", "café au lait"),
        ("<title/><media:title>Media</media:title>", "Media"),
        ("<media:title>Media</media:title><title>Own</title>", "Own"),
        ("<title>First</title><dc:title>Second</dc:title>", "First"),
    ],
)
def test_headlines_are_plain_text(written, headline):
    assert rss_item(written).headline == headline


@pytest.mark.parametrize(
    ("written", "headline"),
    [
        ("<title type='html'>Use &amp;lt;b&amp;gt; &lt;i&gt;now&lt;/i&gt;</title>", "Use <b> now"),
        ("<title type='text'>Use &lt;canvas&gt;</title>", "Use <canvas>"),
        ("<title type='html'>&lt;div&gt;One&lt;/div&gt;</title>", "One"),
        ("<title mode='base64' type='text/html'>T25lIDxiPnR3bzwvYj4=</title>", "One two"),
    ],
)
def test_atom_says_what_its_title_is(written, headline):
    assert atom_entry(written).headline == headline


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("<content type='html'>&lt;p&gt;a&lt;/p&gt;</content>", "<p>a</p>"),
        ("<content type='text'>a &lt; b</content>", "a &lt; b"),
        ("<content type='text'>&lt;p&gt;mislabelled&lt;/p&gt;</content>", "<p>mislabelled</p>"),
        ("<content type='application/octet-stream'>PHA+YjwvcD4=</content>", "<p>b</p>"),
        ("<content type='image/png'>iVBORw0KGgo=</content>", ""),
        ("<content mode='xml' type='text/html'><p>a</p><p>b</p></content>", "<p>a</p><p>b</p>"),
        (
            "<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'>a<x:br/><x:script src='s'/></x:div>"
            "</content>",
            'a<br><script src="s"></script>',
        ),
        ("<content src='http://e.example/1'/>", ""),
    ],
)
def test_atom_says_what_its_content_is(written, body):
    assert atom_entry(written).body == body


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'/></content>", ""),
        ("<content type='xhtml'>a<b>c</b> &gt; d</content>", "a<b>c</b> &gt; d"),
        ("<content type='xhtml'><div title='1 &gt; 0'>a<i/>b</div></content>", "a<i></i>b"),
        ("<content type='xhtml'><div><div>a</div></div></content>", "<div>a</div>"),
    ],
)
def test_inline_markup_is_delivered_as_html(written, body):
    assert atom_entry(written).body == body
