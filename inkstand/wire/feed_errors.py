"""What goes wrong with a feed beside fetching and reading it; an editor reads these on the feed's page."""

from inkstand.kit.errors import InkstandError


class FeedAnswered(InkstandError):
    code = "feed-answered"
    message = "{url} answers with HTTP {status}. It will be asked again; if it stays so, look for its new address."


class IntakeFailed(InkstandError):
    code = "intake-failed"
    message = "What {url} delivers could not be taken in ({reason}). This is a fault of Inkstand: please report it."


class NoFeedThere(InkstandError):
    code = "no-feed-there"
    message = "There is no feed at {url}, nor does its page name one. Give the feed's own address."
