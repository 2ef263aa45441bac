"""What class names and phrases say of a block: that it is body text, or a caption, a teaser, a notice."""

import re
from functools import lru_cache

_NAMES = {
    "body": r""
    r"^(body|content|entry|prose|paragraph|wysiwyg|richtext|articlebody|storytext|storybody|speakable)$|"
    r"bodytext",
    "article": r"article|story|^post$|^single|hentry|blogpost",
    "main": r"^main|primary|maincontent",
    "caption": r"caption|credit|photo|image|^img|picture|figure|gallery|slide|media|thumb|video|player|carousel|"
    r"lightbox",
    "comment": r"comment|disqus|discuss|^repl|respond|livefyre|feedback",
    "share": r"shar(e|ing)|social|follow|facebook|twitter|whatsapp|addthis|^sns|^fb$|pinterest|rrssb",
    "related": r"relat|recommend|^more|^also|popular|trending|^most|latest|similar|suggest|outbrain|taboola|"
    r"recirc|^next$|^prev|pager|paginat|promo|teaser|^card|^rail$|onward|zergnet|revcontent|"
    r"headlines|inline|readmore|upnext",
    "sign-up": r"newsletter|subscri|signup|login|register|paywall|optin|mailing|email|donat|premium|membership|"
    r"^cta$|callout",
    "side": r"sidebar|widget|aside|secondary|complementary|module|^right|^block$",
    "foot": r"foot|bottom|copyright|legal|disclaimer|privacy|terms|colophon|cookie|consent|gdpr|banner|modal|"
    r"popup|overlay|dialog|toast|notice|alert|tooltip",
    "nav": r"^nav|menu|crumb|topbar|masthead|toolbar|^tabs?$|skip|search|^header$|logo|brand|hamburger|"
    r"dropdown|^lang",
    "by": r"byline|author|^bio$|profile|contributor|writer|vcard|avatar|reporter",
    "meta": r"meta|^date|^time|publish|updated|posted|stamp|^info|kicker|eyebrow|views|^count",
    "tag": r"^tags?$|topic|categor|keyword|label|taxonomy|tagcloud|^filed$",
    "ad": r"^ads?$|advert|sponsor|adsense|dfp|adslot|affiliat|partner|commerce|^shop|^buy|^deals?$|price|"
    r"product|coupon",
    "lead": r"^lead$|intro|standfirst|^dek$|^deck$|subtitle|subhead|summary|excerpt|abstract|description|"
    r"highlight|bullets",
    "title": r"title|headline|heading|^hed$",
    "quote": r"quote|^pull|tweet|instagram|embed",
    "hidden": r"hidden|^hide|invisible|^sr$|reader|visually|noprint|^none$|collapse",
    "list": r"^list|listing|^grid|^feed|river|stream|archive|^index|collection",
    "box": r"^table|stats|score|infobox|^facts?$|^box|aside",
}
SIGNS = tuple(_NAMES)
_PATTERNS = [(1 << place, re.compile(pattern)) for place, pattern in enumerate(_NAMES.values())]
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")

_OPENINGS = [
    r"photo|image|picture|video|credit|source|foto|getty|ap photo|screenshot|file\b",
    r"(read|see|watch|more|related|also|recommended|next|previous|don.t miss|click|tap|listen|continue reading|"
    r"leia|veja|ver|lire|voir|mehr|siehe|lees|leggi|lea|läs|czytaj|читайте)\b",
    r"by [\w]|\W?(posted|published|updated|written|reported|reporting|editing|por|von|di|par)\b",
    r"advert|sponsored|publicidade|anzeige|werbung|publicité|annons",
    r"\W?\w*\W{1,3}\d{1,2}\W|\d{1,2} \w+ (19|20)\d\d",
]
OPENINGS = tuple(re.compile(opening) for opening in _OPENINGS)
"""What a block that is no text may begin with, in lower case."""

MENTIONS = (
    ("getty", "reuters/", "(ap)", "/afp", "photo by", "photograph"),
    ("newsletter", "sign up", "subscribe", "inbox", "follow us", "follow him", "follow her", "like us", "join us"),
    ("download", "contact", "email", "click here", "on the go", "our app", "podcast"),
    ("©", "copyright", "all rights reserved", "terms of", "privacy", "cookie", "registered trademark"),
    ("contributed to this", "staff writer", "is a writer", "reporter", "editor", "freelance", "journalist", "author"),
    ("advertis", "sponsored", "affiliate", "promoted", "commission", "shop now", "discount", "deal"),
    ("comment", "share", "tweet", "facebook", "twitter", "whatsapp", "tell us", "what do you think", "like this"),
    ("http:", "https:", "www.", ".com", " @"),
    ("|", "»", "›", "•", "→", "►"),
    ("javascript", "slideshow", "your browser", "enable", "loading"),
    (" ago", "min read", "minute read", " a.m.", " p.m.", " gmt", "updated", "published", "posted"),
)
"""What a block that is no text may mention, in lower case."""


def mask(*names: str) -> int:
    """The bits of these signs."""
    return sum(1 << SIGNS.index(name) for name in names)


HIDDEN = mask("hidden")


@lru_cache(maxsize=8_192)
def signs(names: str) -> int:
    """The bits of what the words in a class attribute say."""
    found = 0
    for word in _WORDS.findall(names):
        found |= _signs_of(word.lower())
    return found


@lru_cache(maxsize=65_536)
def _signs_of(word: str) -> int:
    return sum(bit for bit, pattern in _PATTERNS if pattern.search(word))
