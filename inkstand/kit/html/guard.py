"""What would cost a tree builder more than it is worth is seen here, before any tree is built.

Three shapes of input make HTML parsers run for minutes or take gigabytes, though each byte is legal: tags nested
without end, formatting tags left open (each later paragraph opens all of them anew), and one tag with very many
attributes. Counting tags with a regular expression sees the first two at about 0.2 µs a tag; a break put into every
overlong run without ">" ends the third.
"""

import re

from inkstand.kit.html.names import names

MAX_CHARS = 500_000
"""Longer input is cut: some 80,000 words, more than any article."""

MAX_DEPTH = 200
MAX_REOPENED = 50_000
FEW_TAGS = 100
LONG_RUN = 20_000

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,20})")
_RUN = re.compile(rf"[^>]{{{LONG_RUN}}}")
_GAP = re.compile(r"[\s/]")
_CLOSED_BY_THE_NEXT = names(
    "p li dt dd tr td th thead tbody tfoot option optgroup rt rp "
    "br hr img input meta link wbr col area base embed source track param"
)
_FORMATTING = names("a b big code em font i nobr s small strike strong tt u")


def within_bounds(html: str) -> str | None:
    """The same HTML cut to `MAX_CHARS`, or None where building its tree would cost too much."""
    html = html[:MAX_CHARS]
    if html.count("<") > FEW_TAGS and _grows(html):
        return None
    return _RUN.sub(_broken, html) if len(html) > LONG_RUN else html


def _broken(run: re.Match[str]) -> str:
    """A break after the last gap: where attributes part, and never inside an entity."""
    *_, last = (0, *(gap.end() for gap in _GAP.finditer(run[0], LONG_RUN // 2)))
    return f"{run[0][:last]}<wbr>{run[0][last:]}" if last else run[0]


def _grows(html: str) -> bool:
    """Whether nesting, or formatting left open, passes the bounds. Strays in attributes may count: it errs to yes."""
    unclosed: dict[str, int] = {}
    depth = formatting = reopened = 0
    for slash, raw in _TAG.findall(html):
        name = raw.lower()
        step = -1 if slash else 1
        if name not in _CLOSED_BY_THE_NEXT and unclosed.get(name, 0) + step >= 0:
            unclosed[name] = unclosed.get(name, 0) + step
            depth += step
            formatting += step if name in _FORMATTING else 0
        reopened += formatting
        if depth > MAX_DEPTH or reopened > MAX_REOPENED:
            return True
    return False
