"""Recomputes every amount of a settled month from its published inputs: python recompute.py FILE

Needs nothing but Python: no package, no database, no Inkstand. What it does, in words:
- Every member's reading of the month is ten thousand points, divided over titles by time read. Members who paid the
  same fee stand in one group (small groups together in one). A group's part of a title is the sum, over its members,
  of fee x points; where fewer than ten of a group read a title, that part stands among the "few" of all groups. So
  all parts together must be ten thousand times all fees, and no group's more than ten thousand times its own.
- User-centric: the pot is divided by the titles' parts. Pro-rata: by their weights (time read).
- Whole minor units first, rounded down; those left over go one each to the largest remainders, the first title first.
Ends with 0 where every amount is as it was settled, 1 where one is not, 2 where the file cannot be read.
"""

import json
import sys
from pathlib import Path
from typing import Any

POINTS = 10_000


def share(total: int, weights: list[int]) -> list[int]:
    whole = sum(weights)
    parts = [divmod(total * weight, whole) for weight in weights]
    left = total - sum(units for units, _ in parts)
    favoured = set(sorted(range(len(parts)), key=lambda at: -parts[at][1])[:left])
    return [units + (at in favoured) for at, (units, _) in enumerate(parts)]


def amounts(pot: dict[str, Any], titles: dict[str, Any]) -> dict[str, dict[str, int]]:
    """{rule: {title: minor units}} of one currency."""
    read = [pot["few"], *(group["parts"] for group in pot["groups"])]
    parts = [sum(by.get(title, 0) for by in read) for title in titles]
    weights = [pot["weights"].get(title, 0) for title in titles]
    ruled = {"user-centric": parts, "pro-rata": weights}
    return {
        rule: dict(zip(titles, share(pot["pot"], by), strict=True)) if sum(by) else {} for rule, by in ruled.items()
    }


def faults(pot: dict[str, Any], found: dict[str, dict[str, int]]) -> list[str]:
    """What does not hold, in words."""
    wrong = []
    for at, group in enumerate(pot["groups"], 1):
        if sum(group["parts"].values()) > group["fees"] * POINTS:
            wrong.append(f"group {at}: its parts are more than {POINTS} times its fees")
        if group["fee"] is not None and group["fee"] * group["readers"] != group["fees"]:
            wrong.append(f"group {at}: its fees are not its readers times their fee")
    fees, parts = sum(g["fees"] for g in pot["groups"]), sum(sum(g["parts"].values()) for g in pot["groups"])
    if parts + sum(pot["few"].values()) != fees * POINTS:
        wrong.append(f"all parts together are not {POINTS} times all fees")
    if pot["pot"] != pot["brought"] + pot["unread"] + fees:
        wrong.append("the pot is not the fees and what was brought from the month before")
    for rule, again in found.items():
        settled = pot["amounts"].get(rule, {})
        differ = [title for title in {**settled, **again} if settled.get(title, 0) != again.get(title, 0)]
        wrong += [f"{rule}, title {t}: {settled.get(t, 0)}, recomputed {again.get(t, 0)}" for t in differ]
    return wrong


def written(minor: int, places: int) -> str:
    return f"{minor // 10**places}.{minor % 10**places:0{places}}" if places else str(minor)


def report(month: dict[str, Any]) -> int:
    """Prints every amount; how many things differ."""
    titles = {str(title["id"]): title for title in month["titles"]}
    print(f"{month['month']}  rule {month['rule']['version']} pays {month['rule']['pays']}")
    wrong = []
    for pot in month["pots"]:
        found = amounts(pot, titles)
        print(f"\n{pot['currency']}  pot {written(pot['pot'], pot['places'])}")
        print(f"{'user-centric':>14}{'pro-rata':>14}  title")
        for key, title in titles.items():
            row = [f"{written(by.get(key, 0), pot['places']):>14}" for by in found.values()]
            print(f"{''.join(row)}  {title['name']} ({title['publisher']})")
        wrong += [f"{pot['currency']}: {fault}" for fault in faults(pot, found)]
    print("\n" + "\n".join([*wrong, "These differ."] if wrong else ["Every amount is as it was settled."]))
    return len(wrong)


def main(paths: list[str]) -> int:
    try:
        return 1 if report(json.loads(Path(paths[0]).read_text(encoding="utf-8"))) else 0
    except (IndexError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"recompute: {error}. Name a file as MONTH-inputs.json, from `royalties statement`.", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
