"""The docs may not lie: what they list is what there is."""

import argparse
import importlib
import re
from pathlib import Path

import pytest

from inkstand.ops import bench
from inkstand.ops.command import parser
from inkstand.ops.environment import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_in_the_docs_with_its_default():
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| `?([^|`]*)`? \|", read("docs/settings.md"), re.M))
    assert {name: default.strip() for name, default in rows.items()} == {s.name: s.default for s in SETTINGS}


def commands(top: argparse.ArgumentParser, words: str = "") -> list[str]:
    found = []
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                deeper = commands(child, f"{words}{name} ")
                found += deeper or [f"{words}{name}"]
    return found


def test_every_command_is_in_the_docs_and_none_besides():
    written = set(re.findall(r"^\| `inkstand ([a-z ]+)`", read("docs/commands.md"), re.M))
    assert written == set(commands(parser()))


@pytest.mark.parametrize("name", bench.BENCHES)
def test_every_bench_can_be_run(name):
    assert callable(importlib.import_module(f"inkstand.ops.bench.{name}").run)


def test_every_bench_is_in_the_docs():
    text = read("docs/benchmarks.md")
    assert [name for name in bench.BENCHES if f"inkstand bench {name}" not in text] == []


@pytest.mark.parametrize("path", sorted([*DOCS.rglob("*.md"), ROOT / "README.md"]), ids=lambda path: path.name)
def test_a_link_within_the_project_leads_somewhere(path):
    text = path.read_text(encoding="utf-8")
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (path.parent / target).exists()] == []


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(len(numbers)))
