"""Work of the stories room that waits in the queue. One at a time and in order: the window of recent stories is one."""

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from inkstand.articles.models import Article
from inkstand.kit import clock
from inkstand.stories.look_again import look_again
from inkstand.stories.place import place

# What was taken in and, whatever happened, is in no story yet.
FORGOTTEN = timedelta(days=2)
AT_ONCE = 5_000


@app.task(name="stories.place", queue="stories", lock="stories", retry=RetryStrategy(max_attempts=5, wait=2))
def place_articles(articles: list[int]) -> None:
    place(articles, now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="stories.look_again", queue="stories", lock="stories", queueing_lock="stories.look_again")
def look_again_at_stories(timestamp: int) -> None:
    now = clock.now()
    left = Article.objects.filter(account=None, received_at__gt=now - FORGOTTEN).values_list("pk", flat=True)
    place(list(left[:AT_ONCE]), now=now)
    look_again(now=now)
