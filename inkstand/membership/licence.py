"""What a publisher's terms say of one article, and the gate asked with them: the one way from a row to a text."""

from datetime import datetime, timedelta
from typing import cast

from django.conf import settings

from inkstand.articles.models import Article
from inkstand.membership import gate
from inkstand.membership.values import Licence, Meter, Open, Readable, Reason, Standing, Teaser
from inkstand.titles.models import Terms, Title


def terms_of(title: Title) -> Terms:
    """The title's terms, the defaults where none were written down."""
    found: Terms = getattr(title, "terms", None) or Terms(title=title)
    return found


def licence(article: Article) -> Licence:
    """Asks nothing of the database where `title__terms` was selected with the article."""
    terms = terms_of(article.title)
    until = article.published_at + timedelta(days=terms.expires_days) if terms.expires_days else None
    return Licence(cast(Readable, str(terms.readable)), shown_from=article.shown_from, shown_until=until)


def opened_to(standing: Standing) -> frozenset[str]:
    """The terms under which a reader of this standing opens a text here: in an open paper, those a member does."""
    return gate.opened_to(standing, everyone_reads=settings.ACCESS == "open")


def text_of(article: Article, standing: Standing, meter: Meter, now: datetime, *, is_open: bool) -> Open | Teaser:
    """The gate's answer about the current revision, which has lost its body by then: there is no other text.

    `is_open` is the private install (INKSTAND_ACCESS=open), where members' texts are everyone's.
    """
    assert article.current is not None, "an article without a revision has no text to ask for"
    body, article.current.body = article.current.body, ""
    if article.withdrawn_at:
        return Teaser(lead="", reason=Reason.WITHDRAWN)
    # Where the publisher sent no text there is nothing to sell, nor to count: the page leads on to the original.
    return gate.may_open(body, licence(article), standing, meter, now, everyone_reads=is_open or not body)
