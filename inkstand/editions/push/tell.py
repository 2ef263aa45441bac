"""What a push says: a headline, whose it is, where to read it. Never a text."""

import json
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from inkstand.articles.models import Article
from inkstand.editions.models import Edition, Errand
from inkstand.editions.pieces import pieces, shortened
from inkstand.editions.push.send import topic
from inkstand.editions.values import Half
from inkstand.membership.licence import opened_to
from inkstand.membership.standing import standing_of
from inkstand.membership.values import Standing
from inkstand.reading.filters import Filters, hidden, piece_of
from inkstand.reading.mine import of

HEADLINE = 300
Said = dict[str, str]


def tell(errand: Errand, now: datetime) -> bytes | None:
    """The message of an errand in its reader's language, as JSON: title, body, address, topic. None where what it was
    about is withdrawn, or blocked by now."""
    mine = of(errand.reader)
    standing = standing_of(errand.reader, now)
    filters = mine.filters(opened_to(standing))
    with translation.override(mine.preferences().language or settings.LANGUAGE_CODE):
        said = _edition(errand.edition, standing, filters, now) if errand.edition else _story(errand, filters, now)
    return json.dumps({**said, "topic": topic(errand)}, ensure_ascii=False).encode() if said else None


def _edition(edition: Edition, standing: Standing, filters: Filters, now: datetime) -> Said | None:
    texts = pieces(edition, standing, now, is_open=False, filters=filters)
    headline = next((piece.headline for piece in texts if not piece.withdrawn), "")
    if not headline:
        return None
    name = _("Your morning edition") if edition.half == Half.MORNING else _("Your evening edition")
    return {
        "title": name,
        "body": shortened(headline, HEADLINE),
        "address": f"/edition/{edition.day.isoformat()}/{edition.half}/",
    }


def _story(errand: Errand, filters: Filters, now: datetime) -> Said | None:
    shown = Article.objects.in_the_paper(now).filter(pk=errand.article or 0, current__isnull=False)
    article = shown.for_cards().first()
    if article is None or article.current is None or hidden(piece_of(article), filters):
        return None
    why = _("Breaking news") if errand.kind == Errand.Kind.BREAKING else _("A story you follow has moved")
    return {
        "title": shortened(article.current.headline, HEADLINE),
        "body": f"{why} · {article.title.name}",
        "address": f"/story/{errand.story}/",
    }
