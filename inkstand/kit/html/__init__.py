"""HTML from outside, made harmless and plain: the only way by which foreign HTML gets in.

`clean` gives HTML that may be put in a page as it is; `as_html` takes what may be text or HTML; `text`, `lead`
and `parted` give words. All are pure, idempotent where that makes sense, and bounded in time and memory on any input.
"""

from inkstand.kit.html.clean import as_html, clean
from inkstand.kit.html.words import lead, parted, text

__all__ = ["as_html", "clean", "lead", "parted", "text"]
