"""`inkstand royalties`: settle a month, and write what is published of it into files."""

from pathlib import Path

from django.conf import settings

from inkstand.kit import clock
from inkstand.ops.errors import FileUnwritable
from inkstand.ops.say import counted, progress, say
from inkstand.royalties.collect import collect
from inkstand.royalties.models import Earning
from inkstand.royalties.months import parsed
from inkstand.royalties.papers import papers
from inkstand.royalties.settle import settle
from inkstand.royalties.statement import publishers


def settle_month(text: str) -> None:
    month = parsed(text)
    collect(now=clock.now())
    settled = settle(month, now=clock.now(), home=settings.HOME)
    titles = Earning.objects.filter(period=month).values("title").distinct().count()
    say(f"{text} settled by {settled.rule}: {counted(titles, 'title') if titles else 'no title'} earned")


def write_statements(text: str, publisher: int | None, folder: Path) -> None:
    """Of one publisher, or of everyone whose account has moved."""
    month = parsed(text)
    wanted = publishers(month) if publisher is None else [publisher]
    for number in progress(wanted, "statements"):
        _write(folder, papers(number, month, settings.HOME))
    if wanted:
        say(f"{counted(len(wanted), 'statement')} of {text} in {folder.absolute()}")
    else:
        say(f"nothing was earned in {text}: there is no statement to write")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise FileUnwritable(path=folder, reason=error.strerror) from error
