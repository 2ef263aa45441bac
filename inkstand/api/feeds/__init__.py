"""Outgoing feeds: every list of the paper as Atom and as JSON Feed, for whatever program a reader reads with."""
