"""`inkstand bench extract`: text from real pages, ours beside the libraries we could have taken alone.

The first figures are honest ones for pages never seen: ten times, weights are learned from the pages of nine tenths of
the hosts and score the rest. `f1_shipped` is what the weights that come with Inkstand give on these same pages,
which they were learned from.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import lxml.html
import trafilatura
from readability import Document
from resiliparse.extract.html2text import extract_plain_text

from inkstand.kit.urls import site
from inkstand.ops.bench.extract_fit import example, learn
from inkstand.ops.bench.gold import GoldPage, gold_pages, measure
from inkstand.wire.extract import extract, text_of
from inkstand.wire.extract.body import joined
from inkstand.wire.extract.page import read_page
from inkstand.wire.extract.weights import Weights

FOLDS = 10
ROUNDS = 3

Reader = Callable[[GoldPage], str]


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    """F1, precision, recall (over folds by host) and pages a second of one core, ours and theirs."""
    pages = gold_pages(data)
    say(f"{len(pages)} pages, {FOLDS} folds by host")
    unseen, spread = _by_folds(pages)
    f1, precision, recall = measure(pages, unseen)
    found: dict[str, object] = {"f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4)}
    found["folds_f1"] = [round(one, 4) for one in spread]
    speeds = _speeds(pages, say)
    for name, reader in READERS.items():
        score = measure(pages, {page.name: reader(page) for page in pages})[0]
        found[f"{name}_f1"], found[f"{name}_pages_s"] = round(score, 4), round(speeds[name], 1)
    found["f1_shipped"], found["pages_s"] = found.pop("ours_f1"), found.pop("ours_pages_s")
    return found


def _by_folds(pages: list[GoldPage]) -> tuple[dict[str, str], list[float]]:
    """Each page's text by weights that saw no page of its host, and the F1 of each fold."""
    examples = {page.name: example(page) for page in pages}
    texts: dict[str, str] = {}
    spread = []
    for fold in range(FOLDS):
        unseen = [page for page in pages if _fold(page) == fold]
        weights = learn([examples[page.name] for page in pages if _fold(page) != fold])
        texts |= {page.name: _with(weights, page) for page in unseen}
        spread.append(measure(unseen, texts)[0])
    return texts, spread


def _fold(page: GoldPage) -> int:
    return int.from_bytes(hashlib.sha256(site(page.url).encode()).digest()[:4]) % FOLDS


def _with(weights: Weights, page: GoldPage) -> str:
    return joined(text_of(read_page(page.data, url=page.url), weights)[1])


def _speeds(pages: Sequence[GoldPage], say: Callable[[str], None]) -> dict[str, float]:
    """Pages a CPU second, the median of rounds in which each reader has its turn, so that a busy machine slows all."""
    spent: dict[str, list[float]] = {name: [] for name in READERS}
    for round_ in range(ROUNDS):
        for name, reader in READERS.items():
            began = time.process_time()
            for page in pages:
                reader(page)
            spent[name].append(time.process_time() - began)
        say(f"round {round_ + 1} of {ROUNDS}")
    return {name: len(pages) / median(seconds) for name, seconds in spent.items()}


def _ours(page: GoldPage) -> str:
    return extract(page.data, url=page.url).text


def _trafilatura(page: GoldPage) -> str:
    return trafilatura.extract(page.data, include_comments=False) or ""


def _trafilatura_fast(page: GoldPage) -> str:
    return trafilatura.extract(page.data, include_comments=False, fast=True) or ""


def _trafilatura_precise(page: GoldPage) -> str:
    return trafilatura.extract(page.data, include_comments=False, favor_precision=True) or ""


def _resiliparse(page: GoldPage) -> str:
    return str(extract_plain_text(page.data.decode("utf-8", "replace"), main_content=True))


def _readability(page: GoldPage) -> str:
    return str(lxml.html.fromstring(Document(page.data.decode("utf-8", "replace")).summary()).text_content())


READERS: dict[str, Reader] = {
    "ours": _ours,
    "trafilatura": _trafilatura,
    "trafilatura_fast": _trafilatura_fast,
    "trafilatura_precise": _trafilatura_precise,
    "resiliparse": _resiliparse,
    "readability": _readability,
}
