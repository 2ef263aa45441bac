"""Addresses: the one form in which a page's address is kept and compared, and the few things asked of one.

Nothing here raises and nothing here asks the network: what is not an http or https address gives "".
"""

import re
from importlib import resources
from urllib.parse import unquote, urljoin, urlsplit

import idna

MAX_CHARS = 4_000
"""Longer addresses are refused: no newspaper's server takes them."""

_PLAIN = re.compile(
    r"https?://(?![^/]*\b(?:m|mobile|amp)\.)[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+"
    r"(?:/[A-Za-z0-9_~-]+(?:\.html?)?)*/?"
)
_WRAPPINGS = 4
_DEFAULT_PORT = {"http": 80, "https": 443}
_ENDS = "".join(map(chr, range(0x21))) + "\x7f\xa0\u2028\u2029\ufeff"
_BREAKS = str.maketrans("", "", "\t\r\n")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_AMP_OR_MOBILE = re.compile(r"^(?:(?:m|mobile|amp)\.)+(?=[^.]+\.[^.]+)(?!(?:com|co|org|net|gov|edu|ac)\.[a-z]{2}$)")
_MOBILE_AFTER_LANGUAGE = re.compile(r"^([a-z]{2,3}\.)(?:m|mobile|amp)\.(?=(?!m\.|mobile\.|amp\.)[^.]+\.[^.]+$)")
_AMP_END = re.compile(r"(?<=[^/])(?:(?:[/.]amp)+(?=/?$)|(?:\.amp)+(?=\.html?$))", re.IGNORECASE)
_AMP_START = re.compile(r"^(?:/amp)+(?=/[^/]+/)", re.IGNORECASE)
_AMP_QUERY = {"amp", "amp=", "amp=1", "amp=true", "outputtype=amp", "output=amp"}
_AMP_CACHES = (".ampproject.org", ".bing-amp.com")
_AMP_CACHE = re.compile(r"/(?:[cvi]|amp)/(s/)?([^/]+\.[^/]+.*)")
_GOOGLE = re.compile(r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}")


def _kept_list(name: str) -> frozenset[str]:
    lines = resources.files("inkstand.kit").joinpath("data", name).read_text("utf-8").splitlines()
    return frozenset(line.lower() for line in lines if line and not line.startswith("#"))


_TRACKING = _kept_list("tracking-parameters.txt")
_TRACKING_STEMS = tuple(entry[:-1] for entry in sorted(_TRACKING) if entry.endswith("*"))


def canonical(url: str) -> str:
    """The one form of a page's address; `canonical(canonical(u)) == canonical(u)`; "" for what is no web address.

    Tracking parameters (`data/tracking-parameters.txt`), fragment, default port, user and session are taken off; AMP
    and mobile forms are folded; escapes, host and dot segments are as RFC 3986 section 6.2.2 has them. The order of
    the parameters that stay is kept: some sites read it.
    """
    if _PLAIN.fullmatch(url) and "amp" not in url and len(url) <= MAX_CHARS:
        return url if url.count("/") > 2 else url + "/"
    for _ in range(_WRAPPINGS):
        address, wrapped = _folded(url)
        if not wrapped:
            return address
        url = address
    return ""


def key(url: str) -> str:
    """What two addresses of one page share: canonical, without scheme, "www." and the last slash."""
    return canonical(url).partition("://")[2].removeprefix("www.").rstrip("/")


def join(base: str, url: str) -> str:
    """`url` as seen from a page at `base`: absolute, http or https, as written otherwise; "" where it cannot be."""
    url = url.strip(_ENDS).translate(_BREAKS)
    if not url or len(url) > MAX_CHARS:
        return ""
    try:
        whole = url if url[:8].lower().startswith(("http://", "https://")) else urljoin(base, url)
        parts = urlsplit(whole)
        return whole if parts.scheme in _DEFAULT_PORT and parts.hostname else ""
    except ValueError:
        return ""


def host(url: str) -> str:
    """The host in lower case, without port; "" for what is no web address."""
    return urlsplit(address).hostname or "" if (address := join("", url)) else ""


def site(url: str) -> str:
    """The host without "www.", "m.", "mobile." or "amp." in front: what one title's pages have in common."""
    return _AMP_OR_MOBILE.sub("", host(url).removeprefix("www."))


def _folded(url: str) -> tuple[str, bool]:
    """The address folded, or the one it wraps and True; "" for what is no web address."""
    try:
        parts = urlsplit(join("", url.replace("\\", "/")))
        port = parts.port
        name = _ascii_host(parts.hostname or "")
    except (ValueError, UnicodeError):
        return "", False
    if not name:
        return "", False
    if inner := _unwrapped(name, parts.path, parts.query):
        return inner, True
    where = name if port in (None, _DEFAULT_PORT[parts.scheme]) else f"{name}:{port}"
    query = _query(parts.query)
    fragment = "#" + _escaped(parts.fragment) if parts.fragment.startswith("!") else ""
    address = f"{parts.scheme}://{where}{_path(parts.path)}{'?' + query if query else ''}{fragment}"
    return (address, False) if len(address) <= MAX_CHARS else ("", False)


def _ascii_host(name: str) -> str:
    name = name.rstrip(".").lower()
    if not name.isascii():
        name = idna.encode(name, uts46=True, transitional=False).decode("ascii")
    name = _MOBILE_AFTER_LANGUAGE.sub(r"\1", _AMP_OR_MOBILE.sub("", name))
    return name if _HOST.fullmatch(name) else ""


def _unwrapped(name: str, path: str, query: str) -> str:
    """The page meant by an AMP cache or a search engine's redirect, "" where it is neither."""
    if name.endswith(_AMP_CACHES) or (path.startswith("/amp/") and _GOOGLE.fullmatch(name)):
        found = _AMP_CACHE.fullmatch(path)
        rest = f"{found[2]}?{query}" if found and query else found[2] if found else ""
        return f"http{'s' if found and found[1] else ''}://{rest}" if rest else ""
    if path == "/url" and _GOOGLE.fullmatch(name):
        said = dict(part.partition("=")[::2] for part in query.split("&"))
        return join("", unquote(said.get("url") or said.get("q") or ""))
    return ""


def _path(path: str) -> str:
    path = _SESSION.sub("", _escaped(path))
    if "/." in path:
        path = _without_dots(path)
    if "amp" in path.lower():
        path = _AMP_START.sub("", _AMP_END.sub("", path))
    return path or "/"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/")[1:]:
        if part == "..":
            kept[-1:] = []
        elif part != ".":
            kept.append(part)
    return "/" + "/".join(kept) + ("/" if path.endswith(("/.", "/..")) and kept else "")


def _query(query: str) -> str:
    if not query:
        return ""
    return "&".join(part for part in _escaped(query).split("&") if part and not _is_tracking(part.lower()))


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0]
    return name in _TRACKING or part in _TRACKING or part in _AMP_QUERY or part.startswith(_TRACKING_STEMS)


def _escaped(value: str) -> str:
    """Escapes in capitals, none where none is needed, all where one is (RFC 3986 sections 2.3 and 6.2.2)."""
    return _ESCAPE.sub(_one_escape, value) if _ESCAPE.search(value) else value


def _one_escape(match: re.Match[str]) -> str:
    if match[1]:
        said = chr(int(match[1], 16))
        return said if said in _UNRESERVED else "%" + match[1].upper()
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
