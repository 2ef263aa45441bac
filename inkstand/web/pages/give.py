"""A member gives an article: the first click says how many are left, the second makes the link."""

from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from inkstand.articles.models import Article
from inkstand.membership import giving
from inkstand.membership.errors import GiftsUsedUp, OnlyMembersGive
from inkstand.membership.models import GiftLink
from inkstand.web.pages import cards as of
from inkstand.web.pages.frame import frame_for, now_of, signed_in_reader, standing


@login_required
def give(request: HttpRequest, pk: int) -> HttpResponse:
    now, giver = now_of(request), signed_in_reader(request)
    shown = Article.objects.select_related("current", "title__publisher")
    found = get_object_or_404(shown, pk=pk, current__isnull=False, withdrawn_at=None)
    if settings.ACCESS == "open":
        # Whoever has its address may read it: there is nothing to give.
        return redirect("article", pk)
    if request.method == "POST":
        # Refused or not, the page says how things stand and what to do.
        with suppress(GiftsUsedUp, OnlyMembersGive):
            giving.give(giver=giver, article=found, bound=settings.GIFT_ARTICLES, now=now)
        return redirect("give", pk)
    link = GiftLink.objects.filter(giver=giver, article=found, made_at__gt=now - giving.LASTS).first()
    origin = frame_for(request, now).origin
    said = {
        "card": of.card_of(found),
        "gives": standing(request) in giving.GIVES,
        "left": giving.left(giver, settings.GIFT_ARTICLES, now),
        "address": f"{origin}{reverse('article', args=[pk])}?gift={link.key}" if link else "",
        "until": link.made_at + giving.LASTS if link else None,
    }
    return render(request, "membership/give.html", said)
