"""A second reader: trafilatura's view of the same tree, one more thing to weigh for each block."""

import lxml.html
import trafilatura


def second_opinion(tree: lxml.html.HtmlElement) -> str:
    """What trafilatura takes for the text, "" where it finds none. The tree stays as it is."""
    try:
        return trafilatura.extract(tree, include_comments=False, fast=True) or ""
    except Exception:  # a library's fault on a strange page costs its opinion, not the page
        return ""
