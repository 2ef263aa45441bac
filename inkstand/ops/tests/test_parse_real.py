"""Real documents: each gives all of its items, by the fast path wherever it is well-formed."""

import re
import tarfile

import pytest
from lxml import etree

from inkstand.ops.bench.shared import NO_SHARED, data_dir
from inkstand.wire.errors import FeedUnreadable
from inkstand.wire.parse import parse

ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.I)
HIDDEN = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.S)


def documents(name):
    folder = data_dir()
    if folder is None:
        pytest.skip(NO_SHARED)
    with tarfile.open(folder / name) as archive:
        for member in archive:
            if member.isfile() and (file := archive.extractfile(member)):
                yield member.name, file.read()


def is_well_formed(body):
    try:
        return etree.fromstring(body) is not None
    except etree.XMLSyntaxError:
        return False


@pytest.mark.shared
@pytest.mark.parametrize("archive", ["feeds.tar.xz", "news-day.tar.xz"])
def test_every_item_of_every_real_document_is_read(archive):
    for name, body in documents(archive):
        expected = len(ITEM.findall(HIDDEN.sub(b"", body)))
        try:
            document = parse(body)
        except FeedUnreadable:
            assert not expected, name
            continue
        if body.lstrip()[:1] == b"{":
            assert document.items, name
            continue
        assert len(document.items) == expected, name
        assert document.path == "fast" or not is_well_formed(body) or b"<!DOCTYPE" in body, name
        assert all(item.headline or item.summary or item.body for item in document.items), name


@pytest.mark.shared
def test_every_item_of_the_news_day_can_be_placed():
    """What a front page needs of an item: an id or an address, a headline, and a date from nearly all."""
    items = [item for _, body in documents("news-day.tar.xz") for item in _items(body)]
    assert all(item.url.startswith("http") and item.headline for item in items)
    assert sum(item.published is not None or item.updated is not None for item in items) > 0.95 * len(items)


def _items(body):
    try:
        return parse(body).items
    except FeedUnreadable:
        return ()
