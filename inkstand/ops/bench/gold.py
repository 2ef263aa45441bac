"""Pages with gold text, and the measure by which extracted text is compared with it.

The measure is that of the article extraction benchmark of Scrapinghub (Zyte), rebuilt from its description: both
texts as counts of all runs of four words; true, false and missed runs as shares of a page; precision and recall as
means over pages; F1 of the two means.
"""

import json
import re
import tarfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

_WORD = re.compile(r"\w+")
RUN = 4


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page as fetched, and the text that people took from it."""

    name: str
    url: str
    data: bytes
    gold: str


def gold_pages(data: Path) -> list[GoldPage]:
    """The pages of `pages.tar.xz`, by name."""
    with tarfile.open(data / "pages.tar.xz") as archive:
        files = {member.name: file.read() for member in archive if (file := archive.extractfile(member))}
    truth = json.loads(files["ground-truth.json"])
    return [
        GoldPage(name, said.get("url", ""), files[f"{name}.html"], said["articleBody"])
        for name, said in sorted(truth.items())
    ]


def words(text: str) -> list[str]:
    """The words as the measure counts them."""
    return _WORD.findall(text)


def measure(pages: Sequence[GoldPage], texts: Mapping[str, str]) -> tuple[float, float, float]:
    """F1, precision and recall of texts by page name."""
    each = [_one(page.gold, texts[page.name]) for page in pages]
    precision = fmean(precise for precise, _ in each if precise is not None)
    recall = fmean(whole for _, whole in each if whole is not None)
    return (2 * precision * recall / (precision + recall) if precision + recall else 0.0), precision, recall


def _one(gold: str, text: str) -> tuple[float | None, float | None]:
    """Precision and recall of one page; None where there was nothing to be precise about, or nothing to find."""
    wanted, given = _runs(gold), _runs(text)
    both = (wanted & given).total()
    return (both / given.total() if given else None), (both / wanted.total() if wanted else None)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    said = words(text)
    return Counter(run for at in range(max(1, len(said) - RUN + 1)) if (run := tuple(said[at : at + RUN])))
