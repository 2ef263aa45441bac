"""Work of the editions room that waits in the queue."""

import time

from procrastinate.contrib.django import app

from inkstand.editions.alerts import alert
from inkstand.editions.own import print_own
from inkstand.editions.printing import print_public
from inkstand.editions.push.send import carry_pushes
from inkstand.editions.push.tell import tell
from inkstand.kit import clock

# A turn ends before the next begins, so that no other work of the paper waits long for it.
TURN_S = 50


@app.periodic(cron="* * * * *")
@app.task(name="editions.print", queue="editions", queueing_lock="editions.print", lock="editions.print")
def print_editions(timestamp: int) -> None:
    now = clock.now()
    print_public(now)
    print_own(now)


@app.periodic(cron="* * * * *")
@app.task(name="editions.push", queue="editions", queueing_lock="editions.push", lock="editions.push")
def push(timestamp: int) -> None:
    """Tells of what has happened, and of editions just made."""
    began = time.monotonic()
    alert(clock.now())
    carry_pushes(tell, clock.now(), lambda: time.monotonic() - began < TURN_S)
