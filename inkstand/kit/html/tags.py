"""What an allow-list cannot say, done tag by tag on the sanitiser's regular output."""

import html as entities
import re

from inkstand.kit.urls import join

_REWRITTEN = re.compile(r"</?(?:a|div|h[156]|img|picture|source|section|article|address|details|summary)\b[^>]*>")
_NAME = re.compile(r"</?([a-z0-9]+)")
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_EMPTY_BLOCK = re.compile(
    r"<(p|h[2-4]|li|ul|ol|dl|dt|dd|blockquote|figure|figcaption|pre|table|thead|tbody|tr|caption)(?: [^>]*)?>"
    r"(?:\s|&nbsp;|<br>)*</\1>"
)
_EMPTY_INLINE = re.compile(
    r"<(a|em|strong|i|b|u|s|del|ins|sub|sup|small|mark|code|kbd|samp|q|cite|time|abbr|bdi|bdo|ruby|rt)(?: [^>]*)?>"
    r"(\s|&nbsp;)*</\1>"
)
_BEACON = re.compile(
    r"//(?:[^/]*\.)?(?:doubleclick\.net|google-analytics\.com|scorecardresearch\.com|feedsportal\.com|pixel\.wp\.com|"
    r"stats\.wordpress\.com|pixel\.[^/]+)/|//feeds\.feedburner\.com/~|/(?:piwik|matomo)\.php"
)
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,])(?:\s+(\d+(?:\.\d+)?)[wx])?")
_SIZE = re.compile(r"\d{1,5}")
_AS = {"h1": "h2", "h5": "h4", "h6": "h4"}
_LAZY = ("data-src", "data-original", "data-lazy-src", "src")


def tidy(html: str, base_url: str) -> str:
    """The sanitiser's output with addresses absolute, pictures plain, other blocks as paragraphs, nothing empty."""
    if "<" not in html:
        return html.strip()
    if _REWRITTEN.search(html):
        html = _rewritten(html, base_url)
    return _without_empties(html).strip()


def _rewritten(html: str, base_url: str) -> str:
    sources: list[str] = []

    def rewrite(match: re.Match[str]) -> str:
        tag = match[0]
        name = _NAME.match(tag)[1]  # type: ignore[index]  # the pattern above begins the same way
        if name in ("picture", "source"):
            sources.append(_widest(_attributes(tag), base_url)) if name == "source" else sources.clear()
            return ""
        if name == "img":
            return _picture(_attributes(tag), sources, base_url)
        if name == "a":
            return tag if tag == "</a>" else _link(tag, base_url)
        return re.sub(r"[a-z0-9]+", _AS.get(name, "p"), tag, count=1)

    return _REWRITTEN.sub(rewrite, html)


def _attributes(tag: str) -> dict[str, str]:
    return {name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def _link(tag: str, base_url: str) -> str:
    if ' href="http' in tag:
        return tag
    attributes = _attributes(tag)
    href = attributes.get("href", "")
    if not href.lower().startswith("mailto:"):
        href = join(base_url, href)
    return _tag("a", {**attributes, "href": href or None})


def _picture(attributes: dict[str, str], sources: list[str], base_url: str) -> str:
    src = _address(attributes, base_url) or next(filter(None, sources), "")
    width, height = (_pixels(attributes.get(name, "")) for name in ("width", "height"))
    if not src or _BEACON.search(src) or "1" in (width, height) or "0" in (width, height):
        return ""
    said = {name: attributes.get(name) for name in ("lang", "dir")} | {"src": src, "alt": attributes.get("alt", "")}
    return _tag("img", said | {"width": width or None, "height": height or None, "loading": "lazy"})


def _address(attributes: dict[str, str], base_url: str) -> str:
    """The picture meant: what a script would have put in, else the widest of srcset where src is a placeholder."""
    for name in _LAZY:
        if found := join(base_url, attributes.get(name, "")):
            return found
    return _widest(attributes, base_url)


def _widest(attributes: dict[str, str], base_url: str) -> str:
    """The widest picture of a srcset, "" where there is none. Addresses with commas inside survive the split."""
    srcset = attributes.get("srcset") or attributes.get("data-srcset") or ""
    named = [(float(number or 1), url) for url, number in _CANDIDATE.findall(srcset)]
    return join(base_url, max(named)[1]) if named else ""


def _pixels(value: str) -> str:
    said = _SIZE.match(value.strip())
    return str(int(said[0])) if said and not value.strip().endswith("%") else ""


def _tag(name: str, attributes: dict[str, str | None]) -> str:
    said = "".join(f' {key}="{_quoted(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{said}>"


def _quoted(value: str) -> str:
    return entities.escape(value, quote=False).replace('"', "&quot;").replace("\u00a0", "&nbsp;")


def _without_empties(html: str) -> str:
    found = 1
    while found:
        html, blocks = _EMPTY_BLOCK.subn("", html)
        html, inlines = _EMPTY_INLINE.subn(r"\2", html)
        found = blocks + inlines
    return html
