"""What titles refuse."""

from inkstand.kit.errors import InkstandError


class OpmlUnreadable(InkstandError):
    code = "opml-unreadable"
    message = (
        "{name} is not an OPML file that can be read: {reason}. Export it once more from the program it came from."
    )


class NoFeedsInOpml(InkstandError):
    code = "no-feeds-in-opml"
    message = "{name} is OPML, but no outline in it has an xmlUrl. Export it with its feeds."
