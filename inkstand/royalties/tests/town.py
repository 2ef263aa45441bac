"""What royalties' tests are made of: a few titles, articles, members who pay and read."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection

from inkstand.articles.models import Article
from inkstand.royalties.attention import limit_s
from inkstand.royalties.models import Reading
from inkstand.royalties.payments import book_payment
from inkstand.royalties.periods import period, reader_number
from inkstand.royalties.values import Payment
from inkstand.titles.models import Publisher, Title

MARCH = date(2026, 3, 1)
APRIL = date(2026, 4, 1)
NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
SPRING = datetime(2026, 4, 3, 6, tzinfo=UTC)
ADA, BO, CY = 101, 102, 103


def a_title(name="Harbour Courier", publisher=None, **said):
    publisher = publisher or Publisher.objects.create(name=f"{name} Press", **said)
    return Title.objects.create(publisher=publisher, name=name, slug=name.lower().replace(" ", "-"))


def an_article(title, now=NOW):
    return Article.objects.create(title=title, received_at=now, published_at=now, shown_from=now)


def pays(reader, gross=1200, *, tax=200, provider=50, reference=None, currency="EUR", now=NOW, **covers):
    kept = {"covers_from": MARCH, "covers_until": APRIL, **covers}
    reference = reference or f"pay-{reader}-{gross}-{currency}-{kept['covers_from']}"
    return book_payment(Payment(reference, reader, gross, tax, provider, currency, **kept), now=now)


def reads(reader, article, seconds=120, month=MARCH, **said):
    period(month)
    return Reading.objects.create(
        period_id=month,
        reader=reader_number(month, reader),
        article=article,
        title=article.title,
        seconds=seconds,
        limit_s=limit_s(600),
        **{"seen": 1000, **said},
    )


def check_now():
    """What the database would check at commit, checked here and now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def minutes(count):
    return timedelta(minutes=count)
