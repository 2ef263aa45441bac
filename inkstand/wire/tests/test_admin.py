"""How feeds fare, as editors see it at the desk."""

from django.test import Client

from inkstand.readers.models import Reader
from inkstand.stories.tests.paper import title
from inkstand.wire.models import Poll


def test_how_a_feed_fares_is_said_in_a_line_and_in_full_on_its_page_and_its_address_once(db):
    desk = Client()
    desk.force_login(Reader.objects.create_superuser("ed@paper.example"))
    feed = title().feeds.create(url=f"https://a.example/{'long-' * 40}")
    Poll.objects.update_or_create(feed=feed, defaults={"message": f"{feed.url} is gone. Look for another."})
    page = desk.get("/desk/wire/poll/").content.decode()
    assert "It is gone<" in page and f">{feed.url}<" not in page
    page = desk.get(f"/desk/wire/poll/{feed.pk}/change/").content.decode()
    assert "It is gone. Look for another." in page and page.count(feed.url) == 1
