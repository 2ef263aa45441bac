"""A feed document in, plain values out: bytes to `Document`, whatever the dialect, the encoding or the faults.

Pure: no clock, no database, no network. Knows nothing of feeds' addresses beyond what relative links need.
"""

from inkstand.wire.parse.document import parse
from inkstand.wire.parse.values import Document, Item

__all__ = ["Document", "Item", "parse"]
