"""A second reader: trafilatura's view of the same tree, one more thing to weigh for each block."""

import lxml.html
import trafilatura


def second_opinion(tree: lxml.html.HtmlElement) -> str:
    """What trafilatura takes for the text, "" where it finds none. The tree stays as it is."""
    try:
        document = trafilatura.bare_extraction(tree, include_comments=False, fast=True)
    except Exception:  # a library's fault on a strange page costs its opinion, not the page
        return ""
    body = getattr(document, "body", None)
    return "\n".join(body.itertext()) if body is not None else ""
