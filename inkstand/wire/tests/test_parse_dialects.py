"""Every dialect of feed there is, and the odd things well-formed feeds do."""

import json
from datetime import UTC, datetime

import pytest

from inkstand.articles.values import Picture
from inkstand.wire.parse import parse

ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


def read(text, **facts):
    return parse(text.encode(), **facts)


def rss_item(inner, spaces=f"{DC} {MEDIA}"):
    return read(f"<rss version='2.0' {spaces}><channel><item>{inner}</item></channel></rss>").items[0]


def atom_entry(inner):
    return read(f"<feed {ATOM}><entry>{inner}</entry></feed>").items[0]


def test_rss_2_whole():
    document = read(
        f"""<?xml version="1.0"?>
        <rss version="2.0" {DC} xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
             xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
        <channel><title>The Example</title><link>https://e.example/</link><description>All of it</description>
          <atom:link rel="self" href="https://e.example/feed"/><atom:link rel="hub" href="https://hub.example/"/>
          <language>en_GB</language><copyright>E Ltd</copyright><ttl>15</ttl><sy:updatePeriod>daily</sy:updatePeriod>
          <image><url>https://e.example/logo.png</url><title>logo</title><link>https://e.example/about</link></image>
          <item><title>Head &amp; line</title><link>https://e.example/1</link><guid isPermaLink="false">id-1</guid>
            <pubDate>Mon, 20 Sep 2021 06:00:00 GMT</pubDate><atom:updated>2021-09-20T07:00:00Z</atom:updated>
            <category>World</category><category domain="x/keywords">Oil</category>
            <dc:creator>Anna Bell</dc:creator><dc:creator>Bo Carr</dc:creator>
            <description>&lt;p&gt;Short&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded>
            <dc:language>fr</dc:language><dc:rights>AFP</dc:rights>
          </item></channel></rss>"""
    )
    assert (document.title, document.home, document.about) == ("The Example", "https://e.example/", "All of it")
    assert (document.language, document.rights, document.every_s) == ("en-GB", "E Ltd", 900)
    assert (document.self_url, document.hub) == ("https://e.example/feed", "https://hub.example/")
    assert (document.logo, document.dialect, document.path) == ("https://e.example/logo.png", "rss 2.0", "fast")
    (item,) = document.items
    assert (item.id, item.url, item.headline) == ("id-1", "https://e.example/1", "Head & line")
    assert (item.summary, item.body) == ("<p>Short</p>", "<p>Long</p>")
    assert item.authors == ("Anna Bell", "Bo Carr")
    assert (item.section, item.tags) == ("World", ("World", "Oil"))
    assert (item.language, item.rights) == ("fr", "AFP")
    assert item.published == datetime(2021, 9, 20, 6, tzinfo=UTC)
    assert item.updated == datetime(2021, 9, 20, 7, tzinfo=UTC)


def test_atom_1_whole():
    document = read(
        f"""<feed {ATOM} xml:lang="de" xml:base="https://e.example/">
        <title type="html">The &lt;b&gt;Example&lt;/b&gt;</title><subtitle>All</subtitle><link href="/"/>
        <link rel="hub" href="https://hub.example/"/><link rel="self" href="feed"/><logo>logo.png</logo>
        <author><name>Desk</name></author>
        <entry><id>tag:e.example,2021:1</id>
          <title type="xhtml"><div {XHTML}>A <em>new</em> day</div></title>
          <link rel="alternate" type="text/html" href="2021/1"/>
          <link rel="enclosure" type="image/jpeg" href="2021/1.jpg"/>
          <published>2021-09-20T06:00:00Z</published><updated>2021-09-20T07:00:00+02:00</updated>
          <author><name>Anna Bell</name><email>a@e.example</email></author><author><email>b@e.example</email></author>
          <category term="world" label="World"/><rights>E</rights>
          <summary>5 &lt; 6</summary>
          <content type="xhtml" xml:lang="fr"><div {XHTML}>Hi <b>all</b><br/><a name="x"/></div></content>
        </entry>
        <entry><id>2</id><title>Second</title></entry></feed>"""
    )
    assert (document.title, document.home, document.language) == ("The Example", "https://e.example/", "de")
    assert (document.self_url, document.logo) == ("https://e.example/feed", "https://e.example/logo.png")
    first, second = document.items
    assert (first.id, first.url, first.headline) == ("tag:e.example,2021:1", "https://e.example/2021/1", "A new day")
    assert (first.summary, first.body) == ("5 &lt; 6", 'Hi <b>all</b><br><a name="x"></a>')
    assert first.authors == ("Anna Bell", "b@e.example")
    assert (first.section, first.tags, first.language, first.rights) == ("World", ("World",), "fr", "E")
    assert first.pictures == (Picture("https://e.example/2021/1.jpg"),)
    assert first.published == datetime(2021, 9, 20, 6, tzinfo=UTC)
    assert first.updated == datetime(2021, 9, 20, 5, tzinfo=UTC)
    assert second.authors == ("Desk",)


def test_rdf_rss_1_has_its_items_beside_the_channel():
    document = read(
        f"""<rdf:RDF {RDF} {DC}><channel rdf:about="https://e.example/"><title>E</title><link>https://e.example/</link>
        <items><rdf:Seq><rdf:li resource="https://e.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://e.example/1"><title>One</title><link>https://e.example/1</link><dc:date>2021-09-20</dc:date>
        <dc:subject>World</dc:subject></item></rdf:RDF>"""
    )
    (item,) = document.items
    assert (item.id, item.headline, item.section) == ("https://e.example/1", "One", "World")
    assert item.published == datetime(2021, 9, 20, tzinfo=UTC)
    assert document.dialect == "rdf 1.0"


def test_json_names_a_nul_and_it_is_not_stored():
    item = {"id": "1\0", "title": "He\0ad", "tags": ["a\0"], "authors": ["Ana\0", {"name": "Tom\0"}]}
    read = parse(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}).encode()).items[0]
    assert (read.id, read.headline, read.tags, read.authors) == ("1", "Head", ("a",), ("Ana", "Tom"))


def test_json_feed_whole():
    document = read(
        """ {"version": "https://jsonfeed.org/version/1.1", "title": "E", "language": "en",
        "home_page_url": "https://e.example/",
        "feed_url": "https://e.example/feed.json", "icon": "/i.png", "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "authors": [{"name": "Desk"}], "items": [
        {"id": 7, "url": "/7", "title": "Seven &amp; up", "content_text": "5 < 6", "summary": "s",
         "image": "/7.jpg", "tags": ["World"],
         "date_published": "2021-09-20T06:00:00Z", "attachments": [{"url": "/a.png", "mime_type": "image/png"}]},
        {"id": "8", "external_url": "https://x.example/", "content_html": "<p>h</p>", "author": {"name": "Bo"}}, 3]}"""
    )
    assert (document.dialect, document.hub, document.logo) == (
        "json 1.1",
        "https://hub.example/",
        "https://e.example/i.png",
    )
    seven, eight = document.items
    assert (seven.id, seven.url, seven.headline, seven.body) == ("7", "https://e.example/7", "Seven & up", "5 &lt; 6")
    assert seven.pictures == (Picture("https://e.example/7.jpg"), Picture("https://e.example/a.png"))
    assert (seven.authors, eight.authors) == (("Desk",), ("Bo",))
    assert (eight.url, eight.body) == ("https://x.example/", "<p>h</p>")


def test_a_news_sitemap_is_a_feed():
    document = read(
        """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://e.example/1</loc><news:news>
        <news:publication><news:name>E</news:name><news:language>en</news:language></news:publication>
        <news:publication_date>2021-09-20T06:00:00Z</news:publication_date><news:title>One</news:title>
        <news:keywords>oil, gas</news:keywords></news:news><image:image><image:loc>https://e.example/1.jpg</image:loc>
        <image:caption>A rig</image:caption></image:image></url></urlset>"""
    )
    (item,) = document.items
    assert (item.url, item.headline, item.tags, item.language) == ("https://e.example/1", "One", ("oil", "gas"), "en")
    assert item.pictures == (Picture("https://e.example/1.jpg", caption="A rig"),)
    assert item.published == datetime(2021, 9, 20, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><item><title>One</title></item></channel></rss>",
        "<RSS VERSION='2.0'><CHANNEL><ITEM><TITLE>One</TITLE></ITEM></CHANNEL></RSS>",
        "<Rss><Channel><Item><Title>One</Title></Item></Channel></Rss>",
        "<rss><item><title>One</title></item></rss>",
        "<rss><channel/><item><title>One</title></item></rss>",
        "<rss><channel><items><item><title>One</title></item></items></channel></rss>",
        "<channel><item><title>One</title></item></channel>",
        "<item><title>One</title></item>",
        "<entry xmlns='http://www.w3.org/2005/Atom'><title>One</title></entry>",
        "<feed><entry><title>One</title></entry></feed>",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='escaped' type='text/html'>One</title>"
        "</entry></feed>",
        "<feed xmlns='http://www.w3.org/2005/atom/'><entry><title>One</title></entry></feed>",
        "<feed xmlns='https://www.w3.org/2005/Atom'><entry><title>One</title></entry></feed>",
        "<feed xmlns='urn:invented'><entry><title>One</title></entry></feed>",
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>One</a:title></a:entry></a:feed>",
        "<rss xmlns='http://backend.userland.com/rss2'><channel><item><title>One</title></item></channel></rss>",
        "<rss xmlns='urn:invented'><channel><item><title>One</title></item></channel></rss>",
        "<rss:rss xmlns:rss='urn:x'><rss:channel><rss:item><rss:title>One</rss:title></rss:item></rss:channel>"
        "</rss:rss>",
        "<x:rss xmlns:x='urn:x'><x:channel><x:item><x:title>One</x:title></x:item></x:channel></x:rss>",
        "<x:feed xmlns:x='urn:atom'><x:entry><x:title>One</x:title></x:entry></x:feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'>"
        "<channel/><item><title>One</title></item></rdf:RDF>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:r='http://purl.org/rss/1.0/'>"
        "<r:channel/><r:item><r:title>One</r:title></r:item></rdf:RDF>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><item><title>One</title></item></rdf:RDF>",
        "<CHANNEL HREF='http://e.example/'><ITEM HREF='http://e.example/1'><TITLE>One</TITLE></ITEM></CHANNEL>",
        "<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><item><dc:title>One</dc:title></item></channel></rss>",
        "<rss><channel><item><dc:title>One</dc:title></item></channel></rss>",
        "<rss xmlns:media='http://search.yahoo.com/mrss'><channel><item><media:title>One</media:title></item></channel></rss>",
        "<?xml version='1.0'?><!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' "
        "'http://my.netscape.com/publish/formats/rss-0.91.dtd'>"
        "<rss version='0.91'><channel><item><title>One</title></item></channel></rss>",
        "<?xml-stylesheet href='a.xsl'?><!-- hello --><rss><channel><!-- x --><item><!-- y --><title>One</title>"
        "</item></channel></rss>",
        "\n\n <?xml version='1.0'?><rss><channel><item><title>One</title></item></channel></rss>",
        "<br/>Warning: no such function"
        "<?xml version='1.0'?><rss><channel><item><title>One</title></item></channel></rss>",
        "<soap:Envelope xmlns:soap='http://schemas.xmlsoap.org/soap/envelope/'><soap:Body><rss><channel><item><title>One</title></item>"
        "</channel></rss></soap:Body></soap:Envelope>",
        "<rss><channel><title>A & B</title><item><title>One</title></item></channel></rss>",
        "<rss><channel><item><title>One</title><description><p>unclosed<br></description></item></channel></rss>",
        "<rss><channel><item><title><![CDATA[One]]></title></item></channel></rss>",
        "<rss><channel><item><title>O&#110;e</title></item></channel>",
    ],
)
def test_one_item_is_read_from_every_odd_shape(text):
    assert [item.headline for item in read(text).items] == ["One"]


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "<x/>",
        "<comments>http://e.example/c</comments>",
        "<source url='u'>s</source>",
        "<a:b xmlns:a='urn:a'>c</a:b>",
        "text",
    ],
)
def test_an_item_with_nothing_known_in_it_is_an_item(inner):
    assert len(read(f"<rss><channel><item>{inner}</item></channel></rss>").items) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><title>E</title></channel></rss>",
        f"<feed {ATOM}/>",
        f"<rdf:RDF {RDF}><channel/></rdf:RDF>",
        "<channel/>",
    ],
)
def test_a_feed_without_items_is_a_feed(text):
    assert read(text).items == ()


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("<link> https://e.example/1 </link>", "https://e.example/1"),
        ("<guid>https://e.example/1</guid>", "https://e.example/1"),
        ("<guid isPermaLink='true'>https://e.example/1</guid>", "https://e.example/1"),
        ("<guid isPermaLink='false'>https://e.example/1</guid>", ""),
        ("<guid>https://e.example/g</guid><link>https://e.example/1</link>", "https://e.example/1"),
        ("<link/><guid>https://e.example/1</guid>", "https://e.example/1"),
        ("<link href='https://e.example/1'/>", "https://e.example/1"),
        ("<link>https://e.example/?a=1&amp;amp;b=2</link>", "https://e.example/?a=1&b=2"),
        ("<link><![CDATA[https://e.example/?a=1&b=2]]></link>", "https://e.example/?a=1&b=2"),
        (
            "<link>https://count.example/1</link><f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>https://e.example/1"
            "</f:origLink>",
            "https://e.example/1",
        ),
        ("<link>/1</link>", "https://e.example/1"),
        ("<link xml:base='https://other.example/a/'>1</link>", "https://other.example/a/1"),
    ],
)
def test_the_address_of_a_piece(written, url):
    text = f"<rss><channel><link>https://e.example/</link><item>{written}</item></channel></rss>"
    assert read(text).items[0].url == url
    assert read(text, url="https://e.example/feed").items[0].url == url


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("<link rel='self' href='https://e.example/a'/><link href='https://e.example/1'/>", "https://e.example/1"),
        (
            "<link rel='alternate' type='text/html' href='https://e.example/1'/>"
            "<link rel='alternate' type='application/json' href='https://e.example/j'/>",
            "https://e.example/1",
        ),
        ("<link rel='replies' href='https://e.example/r'/><id>https://e.example/1</id>", "https://e.example/1"),
        ("<link rel='alternate' type='application/pdf' href='https://e.example/1.pdf'/>", "https://e.example/1.pdf"),
        ("<id>tag:e.example,2021:1</id>", ""),
    ],
)
def test_the_address_among_atom_links(written, url):
    assert atom_entry(written).url == url


def test_authors_are_delivered_as_they_stand():
    assert rss_item("<author>a@e.example (Anna Bell)</author>").authors == ("a@e.example (Anna Bell)",)
    assert rss_item("<dc:creator>By Anna Bell, Bo Carr</dc:creator><author>Cy</author>").authors == (
        "By Anna Bell, Bo Carr",
        "Cy",
    )
    itunes = "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
    assert rss_item("<itunes:author>Desk</itunes:author>", itunes).authors == ("Desk",)
    assert rss_item("<itunes:author>Desk</itunes:author><author>Anna</author>", itunes).authors == ("Anna",)


def test_the_widest_of_a_group_is_the_picture_with_the_nearest_words():
    item = rss_item(
        """<media:group><media:content url="https://e.example/s.jpg" medium="image" width="100" height="50"/>
        <media:content url="https://e.example/l.jpg" medium="image" width="900" height="500"/>
        <media:content url="https://e.example/v.mp4" type="video/mp4" width="1900"/>
        <media:credit>Anna Bell/AP</media:credit></media:group>
        <media:description>&lt;p&gt;A rig &amp;amp; sea&lt;/p&gt;</media:description>
        <media:thumbnail url="https://e.example/t.jpg"/>"""
    )
    assert item.pictures == (Picture("https://e.example/l.jpg", "A rig & sea", "Anna Bell/AP", "", 900, 500),)


def test_sizes_of_one_picture_are_one_picture():
    item = rss_item(
        """<media:content width="140" url="https://e.example/a.jpg?w=140"><media:credit>A</media:credit></media:content>
        <media:content width="460" url="https://e.example/a.jpg?w=460"><media:credit>A</media:credit></media:content>
        <media:content url="https://e.example/b.jpg"/>"""
    )
    assert [(picture.url, picture.credit) for picture in item.pictures] == [
        ("https://e.example/a.jpg?w=460", "A"),
        ("https://e.example/b.jpg", ""),
    ]


def test_a_video_is_shown_by_its_thumbnail_and_told_by_its_description():
    item = rss_item(
        """<media:group><media:title>Clip</media:title>
        <media:content url="https://e.example/v" type="application/x-shockwave-flash"/>
        <media:thumbnail url="https://e.example/t.jpg" width="480" height="360"/>
        <media:description>What happened</media:description>
        </media:group>"""
    )
    assert item.pictures == (Picture("https://e.example/t.jpg", "What happened", "", "Clip", 480, 360),)
    assert item.summary == "What happened"


def test_enclosures_of_image_type_are_pictures():
    item = rss_item(
        '<enclosure url="https://e.example/a.jpg" type="image/jpeg" length="1"/>'
        '<enclosure url="https://e.example/a.mp3" type="audio/mpeg"/>'
    )
    assert item.pictures == (Picture("https://e.example/a.jpg"),)


def test_the_longer_of_two_descriptions_is_the_body():
    item = rss_item("<description>Short</description><description>Very much longer</description>")
    assert (item.summary, item.body) == ("Short", "Very much longer")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600),
        ("<ttl>soon</ttl>", 0),
        ("", 0),
    ],
)
def test_how_often_to_ask(written, seconds):
    spaces = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
    assert read(f"<rss {spaces}><channel>{written}</channel></rss>").every_s == seconds


def test_feedparser_reads_what_the_others_lose():
    text = "<item><title>One</title></item><item><title>Two</title></item><item><title>Three</title></item>"
    document = read(text)
    assert document.path == "feedparser"
    assert [item.headline for item in document.items] == ["One", "Two", "Three"]


def test_the_fallback_fills_an_item_as_far_as_it_goes():
    one = """<item><title>One &amp; only</title><link>/1</link><guid isPermaLink="false">id</guid>
        <category>World</category>
        <pubDate>Mon, 20 Sep 2021 06:00:00 GMT</pubDate><author>Anna Bell</author><description>Short</description>
        <enclosure url="/1.jpg" type="image/jpeg"/></item>"""
    item = read(one + one, url="https://e.example/feed").items[1]
    assert (item.headline, item.url, item.id, item.section) == ("One & only", "https://e.example/1", "id", "World")
    assert (item.authors, item.summary) == (("Anna Bell",), "Short")
    assert item.pictures == (Picture("https://e.example/1.jpg"),)
    assert item.published == datetime(2021, 9, 20, 6, tzinfo=UTC)
