"""`inkstand demo`: the demo edition in a paper of its own, thrown away at the end."""

import os
import tempfile

from inkstand.kit import clock
from inkstand.ops import lifeline, up
from inkstand.ops.say import say


def demo(*, load_only: bool) -> None:
    """Serves the edition from a data folder of its own; `load_only` puts it into the present paper instead."""
    if load_only:
        with lifeline.ready():
            _load()
        return
    with tempfile.TemporaryDirectory(prefix="inkstand-demo-") as folder:
        os.environ.update(INKSTAND_HOME=folder, INKSTAND_CATALOGUE="none")
        os.environ.pop("DATABASE_URL", None)
        up.up(fill=_load)


def _load() -> None:
    from inkstand.ops.demo.load import load

    say(f"demo         {load(now=clock.now())} articles of invented titles")
