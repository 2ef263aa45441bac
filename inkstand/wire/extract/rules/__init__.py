"""What one title's pages need beyond the general reader: one small file a host, `<host>.toml`.

    drop = ["class-name", "#an-id"]    what to take out before reading
    keep = ["class-name", "#an-id"]    where the article stands: nothing outside is read, unless it is not there

A host's file holds for its subdomains as well. Names are single classes or ids: a rule that needs more is a sign that
the general reader should learn it.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import lxml.html

from inkstand.kit.urls import site


@dataclass(frozen=True, slots=True)
class Rule:
    """Class names and #ids to take out, and those within which the article stands."""

    drop: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()


def apply_rules(tree: lxml.html.HtmlElement, *, url: str) -> None:
    """Takes out of the tree what the rule of the page's host says."""
    rule = _rule_for(site(url))
    if rule.drop:
        _take_out([element for element in tree.iter("*") if _named(element) & rule.drop])
    body = tree.find("body")
    inside = [element for element in tree.iter("*") if _named(element) & rule.keep] if rule.keep else []
    if inside and body is not None:
        body[:] = [part for part in inside if not any(above in inside for above in part.iterancestors())]


def _take_out(elements: list[lxml.html.HtmlElement]) -> None:
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def _named(element: lxml.html.HtmlElement) -> set[str]:
    name = element.get("id")
    return {*(element.get("class") or "").split(), *([f"#{name}"] if name else [])}


def _rule_for(host: str) -> Rule:
    labels = host.split(".")
    names = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return next((rules()[name] for name in names if name in rules()), Rule())


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All rules by host."""
    files = [file for file in resources.files("inkstand.wire.extract.rules").iterdir() if file.name.endswith(".toml")]
    return {file.name.removesuffix(".toml"): _read(tomllib.loads(file.read_text("utf-8"))) for file in files}


def _read(said: dict[str, list[str]]) -> Rule:
    return Rule(frozenset(said.get("drop", ())), frozenset(said.get("keep", ())))
