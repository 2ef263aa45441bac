"""The bench of parsing runs on any folder with the two archives, and counts what it says it counts."""

import io
import tarfile

from inkstand.ops.bench.parse import run

GOOD = b"""<rss version="2.0"><channel><title>E</title><link>https://e.example/</link>
<item><title>One &amp;amp; two</title><link>/1</link><guid isPermaLink="false">1</guid>
<pubDate>Mon, 20 Sep 2021 06:00:00 GMT</pubDate></item></channel></rss>"""
COUNTED = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"><entry><id>1</id>
<link href="https://count.example/1"/><f:origLink>https://e.example/1</f:origLink></entry></feed>"""


def archive(path, files):
    with tarfile.open(path, "w:xz") as out:
        for name, body in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            out.addfile(member, io.BytesIO(body))


def test_the_bench_measures_speed_and_agreement(tmp_path):
    archive(tmp_path / "feeds.tar.xz", {"good.xml": GOOD, "counted.xml": COUNTED, "feed.json": b'{"items": []}'})
    archive(tmp_path / "news-day.tar.xz", {"day/1.xml": GOOD, "day/2.html": b"<html><p>no</p></html>"})
    figures = run(tmp_path, lambda line: None)
    for name in ("ours", "feedparser", "fastfeedparser", "lxml"):
        assert figures[f"{name}_docs_s"] > 0
        assert figures["sets"]["feeds"][f"{name}_docs_s"] > 0
    assert figures["missed"] == 0
    assert figures["paths"] == {"fast": 4, "unreadable": 1}
    assert figures["fields"] == {"title": 1.0, "link": 2 / 3, "id": 1.0, "date": 1.0}
    assert figures["agreement"] == 11 / 12
