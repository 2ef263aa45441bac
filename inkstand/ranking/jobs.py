"""Work of the ranking room that waits in the queue."""

from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.ranking.page import print_fronts
from inkstand.ranking.spaces import learn_space


@app.periodic(cron="* * * * *")
@app.task(name="ranking.print", queue="ranking", queueing_lock="ranking.print", lock="ranking.print")
def print_front_pages(timestamp: int) -> None:
    print_fronts(now=clock.now())


@app.periodic(cron="40 2 * * *")
@app.task(name="ranking.learn", queue="ranking", queueing_lock="ranking.learn", lock="ranking.learn")
def learn_taste(timestamp: int) -> None:
    learn_space(now=clock.now())
