"""The catalogue's facts hold together: nobody reviews seven hundred entries by eye twice."""

import re
from collections import Counter
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from inkstand.titles.catalogue import CatalogueTitle, catalogue, selection
from inkstand.titles.catalogue.read import REGIONS

ISO_3166_TEXT = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
ISO_3166 = set(ISO_3166_TEXT.split())
USER_ASSIGNED = {"XK"}
SECTIONS = {
    "News",
    "World",
    "Politics",
    "Business",
    "Technology",
    "Science",
    "Climate",
    "Culture",
    "Sport",
    "Good news",
}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def bare(address: str) -> str:
    """An address as a person would call it the same: scheme, www. and a closing slash do not count."""
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/").lower()


def well_formed(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and not re.search(r"\s", address) and not parts.username


def addresses() -> list[str]:
    return [feed.address for title in catalogue() for feed in title.feeds]


def test_a_newcomer_finds_the_world_in_it() -> None:
    assert len(catalogue()) >= 300
    assert len({title.country for title in catalogue()}) >= 40
    assert len({title.language.split("-")[0] for title in catalogue()}) >= 12


def test_every_file_of_the_catalogue_is_read() -> None:
    there = {entry.name for entry in files("inkstand.titles.catalogue").iterdir() if entry.name.endswith(".toml")}
    assert there == {f"{region}.toml" for region in REGIONS}


@pytest.mark.parametrize("region", REGIONS)
def test_each_entry_says_what_it_must(region: str) -> None:
    for title in (title for title in catalogue() if title.region == region):
        assert title.name.strip() == title.name != ""
        assert title.publisher
        assert title.country in ISO_3166 | USER_ASSIGNED, title
        assert LANGUAGE.fullmatch(title.language), title
        assert title.section in SECTIONS, title
        assert title.funding in ("", "public", "state"), title
        assert title.feeds, title
        assert all(feed.section in SECTIONS for feed in title.feeds), title
        assert sum(feed.front for feed in title.feeds) <= 1, title
        assert all(map(well_formed, [title.home, *(feed.address for feed in title.feeds)])), title


@pytest.mark.parametrize("region", REGIONS)
def test_files_are_kept_in_order_so_that_a_review_finds_its_place(region: str) -> None:
    keys = [(title.country, title.name.casefold()) for title in catalogue() if title.region == region]
    assert keys == sorted(keys)


def test_no_title_and_no_feed_stands_twice() -> None:
    homes = Counter(bare(title.home) for title in catalogue())
    feeds = Counter(map(bare, addresses()))
    assert [home for home, times in homes.items() if times > 1] == []
    assert [feed for feed, times in feeds.items() if times > 1] == []


def test_names_are_unique_within_a_country() -> None:
    assert [key for key, n in Counter((t.country, t.language, t.name) for t in catalogue()).items() if n > 1] == []


def test_two_titles_of_one_name_are_not_taken_for_one_publishers() -> None:
    owners = Counter((title.name, title.publisher) for title in catalogue() if title.name == title.publisher)
    assert [owner for owner, times in owners.items() if times > 1] == []


def test_no_feed_is_a_search_or_a_forum() -> None:
    assert [a for a in addresses() if re.search(r"/search/|[?&]s=|reddit\.com|news\.google\.", a)] == []


def test_a_new_install_starts_with_general_newsrooms_of_many_countries() -> None:
    chosen = selection()
    assert 30 <= len(chosen) <= 50
    assert all(title.section == "News" for title in chosen)
    assert len({title.country for title in chosen}) >= 20
    assert len({title.language.split("-")[0] for title in chosen}) >= 6
    english = sum(title.language.startswith("en") for title in chosen)
    assert len(chosen) / 2 < english < len(chosen)


def test_state_titles_are_named_and_independent_public_broadcasters_are_not() -> None:
    def state(home: str) -> list[bool]:
        return [title.state for title in catalogue() if bare(title.home) == home]

    assert state("rt.com") == state("tass.com") == state("cgtn.com") == state("presstv.ir") == [True]
    assert state("bbc.co.uk/news") == state("rnz.co.nz") == state("theguardian.com") == [False]


def test_an_entry_fills_what_it_leaves_out() -> None:
    from inkstand.titles.catalogue.read import _title

    feeds = [{"address": "a"}, {"address": "b", "section": "Sport", "front": True}]
    entry = {"name": "N", "home": "h", "country": "GB", "language": "en", "section": "News", "feeds": feeds}
    title = _title(entry, "europe")
    assert isinstance(title, CatalogueTitle)
    assert title.publisher == "N"
    assert [(feed.section, feed.front) for feed in title.feeds] == [("News", False), ("Sport", True)]
    assert not title.selected
    assert not title.state
