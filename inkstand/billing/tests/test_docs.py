"""What docs/membership.md tells whoever runs a paper is so."""

import re
from pathlib import Path

from inkstand.billing.stripe.read import KINDS
from inkstand.membership.plans import plans

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "membership.md").read_text(encoding="utf-8")


def test_it_names_the_events_that_are_acted_on():
    assert set(re.findall(r"`((?:checkout|customer|invoice|charge)\.[a-z_.]+)`", PAGE)) == set(KINDS)


def test_its_plans_can_be_read(tmp_path):
    path = tmp_path / "plans.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", PAGE, re.S)[1])
    assert [plan.slug for plan in plans(path)] == ["month", "family", "student", "group", "gift-3"]


def test_every_setting_that_it_names_is_one():
    settings = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"INKSTAND_[A-Z_]+[A-Z]", PAGE)) <= set(re.findall(r"^\| `([A-Z_]+)`", settings, re.M))
