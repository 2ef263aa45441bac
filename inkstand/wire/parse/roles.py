"""Which part an element plays. Feeds say one thing in a dozen vocabularies; here each gets one role.

Namespace addresses are compared without case, trailing slash or hash, and with https for http: real feeds get them
wrong in all of these ways. An unknown namespace without a prefix is taken for the feed's own (feeds with an invented
or mistyped default namespace are common); an unknown one with a known prefix is taken at its prefix.
"""

from collections.abc import Iterable
from typing import Final

from lxml import etree

Roles = dict[object, str]

_PREFIX_OF: Final = {
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss091": "",
    "http://backend.userland.com/rss092": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss": "",
    "http://purl.org/rss/1.0": "",
    "http://purl.org/net/rss1.1": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "http://purl.org/rss/1.0/modules/rss091": "",
    "http://example.com/newformat": "",
    "http://example.com/necho": "",
    "http://purl.org/echo": "",
    "uri/of/echo/namespace": "",
    "http://purl.org/pie": "",
    "http://purl.org/atom/ns": "",
    "http://purl.org/atom/app": "app",
    "http://www.w3.org/2005/atom": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/dcterms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://purl.org/rss/1.0/modules/slash": "slash",
    "http://purl.org/rss/1.0/modules/image": "image",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/searchmonkey/media": "media",
    "http://www.rssboard.org/media-rss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://webfeeds.org/rss/1.0": "webfeeds",
    "http://prismstandard.org/namespaces/1.2/basic": "prism",
    "http://prismstandard.org/namespaces/basic/2.0": "prism",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "sitemap",
    "http://www.google.com/schemas/sitemap/0.84": "sitemap",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "sitemapimage",
}

_NAMES: Final = {
    "item": "item entry sitemap:url",
    "channel": "channel feed",
    "title": "title dc:title news:title",
    "media_title": "media:title",
    "link": "link sitemap:loc",
    "orig_link": "feedburner:origlink",
    "id": "guid id",
    "summary": "description summary tagline subtitle info dc:description abstract dcterms:abstract",
    "late_summary": "itunes:summary googleplay:description itunes:subtitle",
    "media_text": "media:description",
    "body": "content content:encoded body xhtml:body xhtml:div fullitem fulltext",
    "published": "pubdate published issued dcterms:issued date_published news:publication_date",
    "created": "created dcterms:created dcterms:available prism:publicationdate",
    "dated": "date dc:date dcterms:date",
    "updated": "updated modified dcterms:modified lastbuilddate sitemap:lastmod",
    "category": "category dc:subject media:category itunes:category",
    "keywords": "keywords tags media:keywords itunes:keywords news:keywords",
    "section": "section slash:section prism:section",
    "author": "author dc:creator dc:author creator dcterms:creator media:author",
    "late_author": "itunes:author googleplay:author",
    "editor": "managingeditor",
    "media_content": "media:content media:peerlink",
    "media_group": "media:group",
    "thumbnail": (
        "media:thumbnail thumbnail itunes:image googleplay:image webfeeds:cover image sitemapimage:image image:item"
    ),
    "credit": "media:credit",
    "enclosure": "enclosure",
    "language": "language dc:language dcterms:language news:language",
    "rights": "rights copyright dc:rights dcterms:rights media:copyright",
    "news": "news:news",
    "publication": "news:publication",
    "ttl": "ttl",
    "period": "sy:updateperiod",
    "frequency": "sy:updatefrequency",
    "logo": "logo webfeeds:logo",
    "icon": "icon webfeeds:icon",
    "name": "name itunes:name",
    "email": "email itunes:email",
    "url": "url uri",
    "loc": "sitemapimage:loc",
    "caption": "sitemapimage:caption sitemapimage:title",
}

_ROLE_OF: Final = {word: role for role, words in _NAMES.items() for word in words.split()}
_SAME_PREFIX: Final = {"syn": "sy", "atom": "", "atom10": "", "a10": "", "rss": ""}
_PREFIXES: Final = {*_PREFIX_OF.values(), *_SAME_PREFIX}


def _bare(uri: str) -> str:
    return uri.strip().lower().rstrip("/#").replace("https://", "http://", 1)


def _prefix(uri: str, written: str | None) -> str | None:
    known = _PREFIX_OF.get(_bare(uri))
    if known is not None or not uri:
        return known if uri else ""
    if written is None:
        return ""
    written = written.lower()
    return _SAME_PREFIX.get(written, written) if written in _PREFIXES else None


def role_of(element: etree._Element) -> str:
    """The role of an element, "" where it plays none for us (comments and processing instructions play none)."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    uri, _, local = tag.rpartition("}")
    written: str | None = element.prefix
    if not uri and ":" in local:  # a prefix nobody declared: the lenient parser leaves it in the name
        written, _, local = local.partition(":")
        uri = "?"
    prefix = _prefix(uri[1:] if uri[:1] == "{" else uri, written)
    if prefix is None:
        return ""
    return _ROLE_OF.get(f"{prefix}:{local.lower()}" if prefix else local.lower(), "")


def known_roles() -> Roles:
    """A fresh table from tag to role, to be grown by one document only: a hostile one must not grow ours."""
    return _KNOWN.copy()


def _tags() -> Iterable[tuple[str, str]]:
    spaces: dict[str, list[str]] = {"": [""]}
    for uri in _COMMON:
        spaces.setdefault(_PREFIX_OF[_bare(uri)], []).append(f"{{{uri}}}")
    for word, role in _ROLE_OF.items():
        prefix, _, local = word.rpartition(":")
        for space in spaces.get(prefix, ()):
            yield space + local, role


# Looked up by identity of the tag as it comes; every other spelling goes through role_of once a document.
_COMMON: Final = (
    "http://www.w3.org/2005/Atom",
    "http://purl.org/rss/1.0/",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/rss/1.0/modules/content/",
    "http://search.yahoo.com/mrss/",
)
_KNOWN: Final[Roles] = dict(_tags())
