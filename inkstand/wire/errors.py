"""What the wire refuses, each with the sentence an editor reads on the feed's page."""

from enum import StrEnum

from inkstand.kit.errors import InkstandError


class Why(StrEnum):
    """Why a document is no feed, and what to do about it."""

    EMPTY = "the address answered with nothing. Check in a browser that it still is the feed's address."
    WEB_PAGE = "the address gives a web page, not a feed. Look on that page for its feed's address and use that."
    NOT_XML = "the answer is neither XML nor JSON. Check in a browser that it still is the feed's address."
    NOT_A_FEED = (
        "the answer is well-formed, but no kind of feed that is known. Ask the publisher for an RSS or Atom feed."
    )
    TOO_DEEP = "its elements are nested deeper than any feed's. Ask the publisher to mend it."
    BROKEN = "its markup is broken beyond repair. Ask the publisher to mend it; a feed validator shows where."


class FeedUnreadable(InkstandError):
    """A document from which no feed can be read. Facts: `why`, one of `Why`."""

    code = "feed-unreadable"
    message = "This feed cannot be read: {why}"
