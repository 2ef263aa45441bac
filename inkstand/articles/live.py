"""Live pages: one page to which a newsroom adds line after line while something happens. Its address tells it."""

import re
from urllib.parse import unquote

_LIVE = re.compile(
    r"/live(?:-news)?/|"
    r"\b(?:live-?(?:blog|ticker|updates?)|newsblog|en-direct|en-vivo|ao-vivo|aovivo|diretta|minuto-a-minuto)\b",
    re.IGNORECASE,
)


def on_live_page(address: str) -> bool:
    """Whether the piece at `address` is a live page or a line of one."""
    return bool(_LIVE.search(unquote(address)))
