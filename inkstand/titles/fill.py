"""What a title's own feed says of it, written where nobody has said anything yet."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from django.db import connection

_FIELDS = ("home", "language", "about", "logo")


@dataclass(frozen=True, slots=True)
class Said:
    """A feed's words on its title; "" where it has none."""

    title: int
    home: str = ""
    language: str = ""
    about: str = ""
    logo: str = ""


def fill(said: Sequence[Said]) -> None:
    """What a person has written is never overwritten. One statement."""
    if not said:
        return
    rows = [astuple(words) for words in said]
    sets = ", ".join(f"{field} = coalesce(nullif(t.{field}, ''), w.{field})" for field in _FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE titles_title t SET {sets}"  # noqa: S608
            " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])"
            f" AS w (title, {', '.join(_FIELDS)}) WHERE t.id = w.title",
            [list(column) for column in zip(*rows, strict=True)],
        )


def mark_fronts(busy: Sequence[int]) -> None:
    """Of these feeds, those that are their title's only one are its front page, as far as anybody can know."""
    if busy:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE titles_feed f SET is_front = true WHERE f.id = ANY(%s)"
                " AND NOT EXISTS (SELECT 1 FROM titles_feed o WHERE o.title_id = f.title_id AND o.id <> f.id)",
                [list(busy)],
            )
