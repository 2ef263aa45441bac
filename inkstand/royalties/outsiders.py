"""Whose readings are left out: robots, and people who read what is their own. Pure."""

import re
from urllib.parse import urlsplit

_ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|headless|phantom|selenium|playwright|puppeteer|lighthouse|preview|monitor|scrap"
    r"|fetch|archiv|curl|wget|python|java/|go-http|libwww|okhttp|axios|node|ruby|perl|http_?client|^$",
    re.IGNORECASE,
)
# Publishers that also give the public mail addresses: an address there says nothing of whom one works for.
_PUBLIC_MAIL = (
    "aol.com", "gmx.de", "gmx.net", "interia.pl", "libero.it", "mail.ru", "naver.com", "onet.pl", "orange.fr", "qq.com",
    "rediff.com", "rediffmail.com", "seznam.cz", "sina.com", "sohu.com", "t-online.de", "web.de", "wp.pl",
    "yahoo.co.jp", "yahoo.com", "yandex.ru",
)  # fmt: skip


def is_robot(user_agent: str) -> bool:
    """By what it says it is. One that lies needs a paying member's session, and moves that member's own fee only."""
    return bool(_ROBOT.search(user_agent.strip()))


def is_own(email: str, home: str) -> bool:
    """Whether a mail address is of the house whose home page is `home`: at its domain or one below it."""
    domain = email.rpartition("@")[2].lower()
    host = (urlsplit(home).hostname or "").removeprefix("www.")
    if not host or domain in _PUBLIC_MAIL:
        return False
    return domain == host or domain.endswith(f".{host}")
