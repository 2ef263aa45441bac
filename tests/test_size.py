"""Functions and files stay small enough to hold in the head. The exemptions each have a reason, and only shrink."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "inkstand"
FUNCTION, FILE = 40, 400
EXEMPT: dict[str, str] = {}

SOURCES = sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_a_file_is_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE or names(path) in EXEMPT


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_its_functions_are_small(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = [
        f"{names(path)}:{node.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= FUNCTION
    ]
    assert [name for name in long if name not in EXEMPT] == []


def test_no_exemption_outlives_its_need():
    for name in EXEMPT:
        path = ROOT / name.split(":")[0]
        assert path.exists(), f"{name} is gone: strike it from the list"
