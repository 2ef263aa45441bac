"""What a paper needs before it runs: its tables, its static files, its first titles. Doing it twice changes nothing."""

from django.core.management import call_command

from inkstand.kit import clock
from inkstand.ops import environment, lifeline
from inkstand.ops.say import progress, say
from inkstand.titles.catalogue import CatalogueTitle, catalogue, selection
from inkstand.titles.enter import Address, Entry
from inkstand.titles.models import Title
from inkstand.wire.subscribe import subscribe

_AT_ONCE = 40


def prepare() -> None:
    done = lifeline.migrate()
    say(f"tables       {f'{done} changes made' if done else 'as they should be'}")
    call_command("collectstatic", verbosity=0, interactive=False)
    say("static       in place")
    first_titles()
    if not _has_editor():
        say("editors      none yet: make yourself one with `inkstand manage createsuperuser`, then open /desk/")


def first_titles() -> None:
    """The catalogue, or its selection, into a paper that has no title yet; later the operator decides."""
    wanted = environment.choice("INKSTAND_CATALOGUE", "selection", "all", "none")
    if wanted == "none" or Title.objects.exists():
        say(f"titles       {Title.objects.count()}")
        return
    entries = [entry(title) for title in (catalogue() if wanted == "all" else selection())]
    batches = [entries[start : start + _AT_ONCE] for start in range(0, len(entries), _AT_ONCE)]
    for batch in progress(batches, "titles      "):
        subscribe(batch, now=clock.now())
    say(f"titles       {len(entries)} of the catalogue's {len(catalogue())}")


def entry(title: CatalogueTitle) -> Entry:
    return Entry(
        name=title.name,
        feeds=tuple(Address(feed.address, feed.section, feed.front) for feed in title.feeds),
        publisher=title.publisher,
        home=title.home,
        country=title.country,
        language=title.language,
        section=title.section,
        funding=title.funding,
    )


def _has_editor() -> bool:
    from inkstand.readers.models import Reader

    return Reader.objects.filter(is_superuser=True).exists()
