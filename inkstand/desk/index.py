"""What there is to do at the desk, in the order in which editors do it. Pure: shapes of Django's index in and out."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

# As Django's admin has them: a group with its "models", a model with its "object_name", "admin_url", "add_url"…
Group = dict[str, Any]
Row = dict[str, Any]


class Job(NamedTuple):
    """`table` as Django labels it; `lists` and `adds` narrow its list, and fill its form in."""

    name: str
    table: str
    lists: str = ""
    adds: str = ""


JOBS: dict[str, tuple[Job, ...]] = {
    "The front page": (
        Job("Pick an article", "desk.pick", "?kind__in=pick,good", "?kind=pick"),
        Job("Pin an article, or hold it off", "desk.pick", "?kind__in=pin,bury", "?kind=pin"),
    ),
    "Articles": (Job("Correct or withdraw an article", "articles.article"),),
    "Titles": (
        Job("Titles with their feeds", "titles.title"),
        Job("Terms: what may be shown", "titles.terms"),
        Job("Publishers", "titles.publisher"),
        Job("Feeds", "titles.feed"),
        Job("How each feed fares", "wire.poll"),
    ),
    "Readers and membership": (
        Job("Readers", "readers.reader"),
        Job("Their mail addresses", "account.emailaddress"),
        Job("Memberships, trials and gifts they hold", "membership.grant"),
        Job("Vouchers", "membership.voucher"),
        Job("Groups, as a library’s", "membership.group"),
        Job("Seats taken in groups", "membership.seat"),
        Job("What editors may do", "auth.group"),
    ),
    "Payments": (
        Job("Contracts and their payments", "billing.contract"),
        Job("Gifts", "billing.gift"),
        Job("Messages of the provider", "billing.message"),
    ),
    "What publishers earn": (
        Job("Rules", "royalties.rule"),
        Job("Months", "royalties.period"),
        Job("By title", "royalties.earning"),
        Job("The ledger", "royalties.booking"),
        Job("Who works for a publisher", "royalties.insider"),
    ),
    "Editions": (Job("Editions", "editions.edition"), Job("Letters and notices sent", "editions.errand")),
}


def in_order(groups: Iterable[Group]) -> list[Group]:
    """`groups` by job, not by table; what no job names comes last, under the name it had."""
    there = list(groups)
    rows = {f"{group['app_label']}.{row['object_name'].lower()}": row for group in there for row in group["models"]}
    known = [
        _group(name, [_row(job, rows[job.table]) for job in jobs if job.table in rows]) for name, jobs in JOBS.items()
    ]
    return [group for group in [*known, *map(_unnamed, there)] if group["models"]]


_NAMED = {job.table for jobs in JOBS.values() for job in jobs}


def _row(job: Job, row: Mapping[str, Any]) -> Row:
    listed = row["admin_url"] and row["admin_url"] + job.lists
    added = row["add_url"] and row["add_url"] + job.adds
    # The page makes an id of it, which two jobs at one table may not share.
    shown = job.adds.removeprefix("?kind=").title() or row["object_name"]
    return {**row, "name": job.name, "object_name": shown, "admin_url": listed, "add_url": added}


def _group(name: str, rows: list[Row]) -> Group:
    label = name.lower().replace(" ", "-")
    return {"name": name, "app_label": label, "app_url": "#", "has_module_perms": True, "models": rows}


def _unnamed(group: Group) -> Group:
    left = [row for row in group["models"] if f"{group['app_label']}.{row['object_name'].lower()}" not in _NAMED]
    return {**group, "models": left}
