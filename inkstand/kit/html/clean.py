"""`clean`: foreign HTML in, an article's HTML out.

nh3 (ammonia) builds the tree as a browser does and keeps what the lists below allow. Its output is regular: names in
lower case, every value in double quotes, and neither "<" nor ">" inside one; so the few things a list cannot say
(lazy pictures, pixels, relative addresses, empty paragraphs) are done on that output by tag. Unwrapping a tag can
leave HTML that a browser would read as another tree (`<p><div>…`), and such differences are what mutation attacks
live on: so the two steps are repeated until nothing changes. What will not settle, or is too costly to parse, is
kept as its words alone.
"""

import html as entities
import re

import nh3

from inkstand.kit.html.guard import MAX_CHARS, within_bounds
from inkstand.kit.html.names import names
from inkstand.kit.html.tags import tidy
from inkstand.kit.html.words import bare_words, paragraphs
from inkstand.kit.urls import join

_KEPT = names(
    "p div h1 h2 h3 h4 h5 h6 blockquote ul ol li dl dt dd figure figcaption picture source img a em strong i b u s "
    "del ins sub sup small mark code pre kbd samp q cite time abbr br hr table caption thead tbody tfoot tr td th "
    "ruby rt rp bdi bdo section article address details summary"
)
_DROPPED_WHOLE = names(
    "script style iframe noscript noembed noframes template textarea select button svg math canvas object embed "
    "title head datalist dialog audio video map"
)
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "srcset", "data-src", "data-srcset", "data-original", "data-lazy-src"},
    "source": {"srcset", "data-srcset"},
    "time": {"datetime"},
    "abbr": {"title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
_CLEANER = nh3.Cleaner(
    tags=set(_KEPT),
    clean_content_tags=set(_DROPPED_WHOLE),
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
)
_MARKUP = re.compile(r"[<>&\0\r\u00a0]")
_A_TAG = re.compile(r"<[a-zA-Z/!]")
_ESCAPED_TAG = re.compile(r"&lt;(?:p|br|div|a\s|img\s|b|strong|em|i|ul|h[1-6])\b", re.IGNORECASE)
_BASE = re.compile(r"<base\s[^>]{0,2000}?href\s*=\s*[\"']?([^\s\"'>]{1,2000})", re.IGNORECASE)
_ROUNDS = 6


def clean(html: str, *, base_url: str = "") -> str:
    """Article HTML that may be put in a page as it is; `clean(clean(x)) == clean(x)`.

    Relative addresses are resolved against `base_url` (or the `<base>` inside), and dropped where there is none.
    Links carry rel="noopener noreferrer nofollow", pictures loading="lazy" and always an alt.
    """
    if not _MARKUP.search(html):
        return html.strip()
    bounded = within_bounds(html)
    cleaned = _settled(bounded, _base(html, base_url)) if bounded is not None else paragraphs(bare_words(html))
    return cleaned if len(cleaned) <= MAX_CHARS else clean(html[: min(len(html), MAX_CHARS) // 2], base_url=base_url)


def as_html(value: str, *, base_url: str = "") -> str:
    """Clean HTML of what a feed gave as text or as HTML, once or twice escaped: text becomes paragraphs."""
    if not _A_TAG.search(value):
        value = entities.unescape(value)
        if not _ESCAPED_TAG.search(value) and not _A_TAG.search(value):
            return clean(paragraphs(value[:MAX_CHARS]))
        value = entities.unescape(value) if not _A_TAG.search(value) else value
    return clean(value, base_url=base_url)


def _base(html: str, base_url: str) -> str:
    said = _BASE.search(html) if "<base" in html or "<BASE" in html else None
    return join(base_url, entities.unescape(said[1])) if said else base_url


def _settled(html: str, base_url: str) -> str:
    for _ in range(_ROUNDS):
        before, html = html, tidy(_CLEANER.clean(html), base_url)
        if html == before or "<" not in html:
            return html
    return paragraphs(bare_words(html))
