import pytest

from inkstand.articles.live import on_live_page


@pytest.mark.parametrize(
    "address",
    [
        "https://courier.example/live-blog/live-blog-update/bridge-reopens",
        "https://courier.example/world/live/2026/mar/10/storm-latest",
        "https://archive.example/o/N6/https%3A%2F%2Fcourier.example%2Flive%2F2026%2Fstorm",
        "https://bote.example/liveticker-sturm-im-norden-a-12",
        "https://courrier.example/en-direct-tempete-dans-le-nord",
        "https://courier.example/storm-LIVE-updates-1017.html",
    ],
)
def test_a_live_page_is_known_by_its_address(address: str) -> None:
    assert on_live_page(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://courier.example/world/how-people-live-with-storms",
        "https://live.example/news/bridge",
        "https://courier.example/lives/a-sailor-remembered",
        "https://courier.example/delivery/olive-updates",
    ],
)
def test_a_piece_of_its_own_is_not(address: str) -> None:
    assert not on_live_page(address)
