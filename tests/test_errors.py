"""The one tree of errors: every leaf has a code of its own, a sentence for a person, and a line in the docs."""

import importlib
import pkgutil
import re
import string
from pathlib import Path

import pytest

import inkstand
from inkstand.kit.errors import InkstandError

DOCS = Path(__file__).resolve().parent.parent / "docs" / "errors.md"


def leaves(kind: type[InkstandError] = InkstandError) -> list[type[InkstandError]]:
    below = kind.__subclasses__()
    return [leaf for child in below for leaf in leaves(child)] if below else [kind]


for module in pkgutil.walk_packages(inkstand.__path__, "inkstand."):
    if module.name.endswith("errors") or module.name == "inkstand.ops.environment":
        importlib.import_module(module.name)

LEAVES = sorted((leaf for leaf in leaves() if leaf is not InkstandError), key=lambda leaf: leaf.__name__)


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.__name__)
def test_a_leaf_speaks_to_people(leaf):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", leaf.code)
    assert len(leaf.message.split()) >= 4, "a sentence, not a word"
    assert leaf.message[0].isupper() or leaf.message[0] in "{“"
    facts = {field for _, field, _, _ in string.Formatter().parse(leaf.message) if field}
    assert leaf.code in leaf(**dict.fromkeys(facts, 1)).for_log()


def test_codes_are_unique():
    codes = [leaf.code for leaf in LEAVES]
    assert sorted(set(codes)) == sorted(codes)


def test_every_code_is_in_the_docs_and_none_besides():
    written = set(re.findall(r"^\| `([a-z0-9-]+)` \|", DOCS.read_text(encoding="utf-8"), re.M))
    assert written == {leaf.code for leaf in LEAVES}
