"""Hostile feeds in a real browser, with its own second line of defence (the content policy) switched off."""

import pytest

from inkstand.articles.models import Article
from inkstand.titles.models import Terms
from inkstand.web.tests.conftest import CHROMIUM
from inkstand.wire.parse import parse
from inkstand.wire.take_in import Source, take_in
from inkstand.wire.tests.factory import NOON, a_feed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
RUN = "window.ran=1"
PROBES = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<details open ontoggle={RUN}>more</details>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<a id=go href='java&#x09;script:{RUN}'>go</a>",
    f"<a id=go href='data:text/html,<script>opener.{RUN}</script>'>go</a>",
    f"<object data='javascript:{RUN}'></object><embed src='javascript:{RUN}'>",
    f"<form action='javascript:{RUN}'><button id=go>go</button></form>",
    f"<style>*{{animation:x 1s}}</style><p onanimationstart={RUN}>x</p>",
    "<base href='https://evil.example/'><link rel=stylesheet href=/steal.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    f"<video><source onerror={RUN}></video><audio src=x onerror={RUN}></audio>",
)


def feed(probe):
    """One item whose every text carries the probe, plainly in CDATA and once escaped."""
    text = f"<![CDATA[Before {probe} after]]>"
    return f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>{text}</title>
<item><guid>1</guid><title>{text}</title><link>https://g.example/1</link><dc:creator>{text}</dc:creator>
<category>{text}</category><description>{text}</description><content:encoded>{text}<![CDATA[<p>{"word " * 90}</p>]]>
</content:encoded><media:content url="https://g.example/1.jpg"><media:description>{text}</media:description>
<media:credit>{text}</media:credit></media:content></item></channel></rss>""".encode()


def test_nothing_that_a_feed_brings_runs_or_leads_away(chromium, live_server, hung):
    source = a_feed()
    Terms.objects.create(title_id=source.title, readable="everyone")
    context = chromium.new_context(base_url=live_server.url, bypass_csp=True)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for number, probe in enumerate(PROBES):
        made = a_feed(url=f"https://g.example/{number}", name=f"Gazette {number}", home=f"https://{number}.example/")
        Terms.objects.create(title_id=made.title, readable="everyone")
        (article,) = take_in([(Source(made.feed, made.title), parse(feed(probe)))], now=NOON).articles
        for address in (f"/article/{article}/", "/", "/latest/"):
            page.goto(address)
            for target in page.locator("#go").all():
                target.click(no_wait_after=True)
            page.wait_for_timeout(30)
            assert page.evaluate("window.ran") is None, (probe, address)
            assert page.url.startswith(live_server.url), (probe, address)
    assert Article.objects.count() == len(PROBES)
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    context.close()
