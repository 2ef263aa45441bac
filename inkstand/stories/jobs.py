"""Work of the stories room that waits in the queue."""

from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.stories.place import place


@app.task(name="stories.place", queue="stories", lock="stories.place")
def place_articles(articles: list[int]) -> None:
    """One at a time and in order: the window of recent stories is one."""
    place(articles, now=clock.now())
