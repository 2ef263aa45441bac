"""`inkstand royalties`: settle a month, and write what is published of it into files."""

from django.conf import settings

from inkstand.kit import clock
from inkstand.ops.say import say
from inkstand.royalties.models import Earning
from inkstand.royalties.months import parsed
from inkstand.royalties.settle import settle


def settle_month(text: str) -> None:
    month = parsed(text)
    settled = settle(month, now=clock.now(), home=settings.HOME)
    titles = Earning.objects.filter(period=month).values("title").distinct().count()
    say(f"{text} settled by {settled.rule}: {titles} titles earned")
