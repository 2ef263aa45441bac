import gzip
import io
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inkstand.ops.bench.front import run
from inkstand.ops.bench.front.headlines import Index
from inkstand.ops.bench.front.measure import ndcg, overlap_and_ndcg
from inkstand.ops.bench.front.newsrooms import host, newsroom, title_of
from inkstand.ops.bench.front.stream import read_editors

DAM, VOTE = "River dam bursts above Lindow valley town", "Senate votes down harbour toll bill tonight"
FILLER = [f"{a} {b} {c}" for a in ("Baker", "Tailor", "Potter") for b in ("opens", "sells", "paints") for c in "KLMNOP"]


def test_each_story_answers_for_one_place_and_the_order_counts() -> None:
    tells = {1: [0], 2: [0, 1], 3: []}
    assert overlap_and_ndcg([1, 2], tells.__getitem__, 2) == (1.0, 1.0)
    assert overlap_and_ndcg([3, 1], tells.__getitem__, 2)[0] == 0.5
    assert overlap_and_ndcg([3, 1, 2], tells.__getitem__, 2)[1] < 1.0


def test_an_order_with_nothing_of_worth_scores_nothing() -> None:
    assert ndcg([1, 2], {}) == 0.0
    assert ndcg([2, 1], {1: 1.0, 2: 0.5}) < ndcg([1, 2], {1: 1.0, 2: 0.5}) == 1.0


def test_headlines_are_alike_when_they_name_the_same_event() -> None:
    index = Index([DAM, VOTE, *FILLER])
    assert index.alike("Dam bursts above the valley town of Lindow") == {0}
    assert index.alike("Harbour toll bill fails") == {1}
    assert index.alike("Latest news") == set()


def test_a_state_voice_weighs_less_and_an_unknown_host_is_a_title_like_any_other() -> None:
    assert newsroom("www.rt.com").weight < newsroom("www.theguardian.com").weight == newsroom("unheard.of").weight


def test_an_article_behind_an_archive_or_an_aggregator_is_its_own_titles() -> None:
    assert host("https://archive.test/o/N6/https://www.lindow.test/2026/dam.html") == "www.lindow.test"
    assert host("https://gather.test/redirect/https%3A%2F%2Flindow.test%2Fdam") == "lindow.test"
    assert host("https://lindow.test/dam?by=https://mail.test/") == "lindow.test"


def test_two_feeds_of_one_newsroom_are_one_title() -> None:
    assert title_of("rnzcovid19") == title_of("rnz") != title_of("bbc")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two days of an invented world: four titles tell of the dam, one title tells much of nothing."""
    began = datetime(2026, 3, 12, 12, tzinfo=UTC)
    rows = ["first_seen_unix\ttitle\tlink\tpublished"]
    for n, headline in enumerate(FILLER):
        rows.append(f"{int((began + timedelta(minutes=n)).timestamp())}\t{headline}\thttps://noise.test/{n}\t")
    for n in range(4):
        rows.append(f"{int((began + timedelta(hours=1)).timestamp())}\t{DAM}\thttps://title{n}.test/dam\t")
    _pack(tmp_path / "stream.tsv.gz", rows)
    editors = ["run_time\tsection\trank\tpublication\theadline\tarticle_headline\tauthor\tpub_time\tlink"]
    editors += [f"2026-03-12 {hour:02}:10:00\ttop\t1\tPaper\t{DAM} again\t\t\t\tx" for hour in (9, 10)]
    editors.append("2026-03-12 10:10:00\ttop\tplus\tMagazine\tTen soups\t\t\t\ty")
    _pack(tmp_path / "editors-top.tsv.gz", editors)
    _news_day(tmp_path / "news-day.tar.xz")
    return tmp_path


def _pack(path: Path, rows: list[str]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write("\n".join(rows) + "\n")


def _news_day(path: Path) -> None:
    fronts = {"bbc": [DAM, VOTE, FILLER[0]], "cnn": [DAM, FILLER[1], VOTE], "nytimes": [DAM, VOTE], "rnz": FILLER[:20]}
    with tarfile.open(path, "w:xz") as archive:
        for feed, headlines in fronts.items():
            items = "".join(f"<item><guid>{feed}{n}</guid><title>{h}</title></item>" for n, h in enumerate(headlines))
            body = f"<rss version='2.0'><channel><title>{feed}</title>{items}</channel></rss>".encode()
            member = tarfile.TarInfo(f"{feed}/20210920T000720Z.xml")
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))


def test_the_editors_clock_is_that_of_chicago_and_only_ranked_places_count(data: Path) -> None:
    first, second = read_editors(data / "editors-top.tsv.gz")
    assert first.at == datetime(2026, 3, 12, 14, 10, tzinfo=UTC)
    assert len(second.headlines) == 1


def test_the_bench_runs_on_any_folder_with_the_same_names(data: Path) -> None:
    figures = run(data, lambda line: None)
    assert {"overlap10", "ndcg10", "best_baseline_overlap10", "newsrooms", "newsrooms_above"} <= figures.keys()
    assert figures["overlap10"] == 1.0
    assert figures["newsrooms"] == 4
