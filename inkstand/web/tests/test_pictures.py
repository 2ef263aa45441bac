"""Publishers' pictures through our own address: signed, resized, bounded, and missing without a fuss."""

import io
import os
import re
from html import unescape

import pytest
from PIL import Image

from inkstand.web.gallery import Gallery, resized
from inkstand.web.pages import picture as page
from inkstand.web.pictures import address, sources
from inkstand.web.tests.conftest import Counting, draft, jpeg, print_articles, title
from inkstand.web.values import Shot

URL = "https://pictures.example/ice.jpg?w=2000&q=80"


def size(data):
    with Image.open(io.BytesIO(data)) as made:
        return made.format, *made.size


def test_one_fetch_serves_every_width(tmp_path):
    fetch = Counting(jpeg())
    gallery = Gallery(tmp_path, fetch)
    assert [size(gallery.get(URL, width)) for width in (320, 960, 1280, 320)] == [
        ("WEBP", 320, 180),
        ("WEBP", 960, 540),
        ("WEBP", 1280, 720),
        ("WEBP", 320, 180),
    ]
    assert fetch.asked == 1


def test_a_small_picture_is_not_blown_up():
    assert size(resized(jpeg(200, 100), 640)) == ("WEBP", 200, 100)


def test_a_picture_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert size(resized(jpeg(400, 200, exif=exif), 1280))[1:] == (200, 400)


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\xff\xd8\xff" + b"x" * 99])
def test_what_is_no_picture_is_missing_and_not_asked_for_again(tmp_path, data):
    fetch = Counting(data)
    gallery = Gallery(tmp_path, fetch)
    assert gallery.get(URL, 640) is None and gallery.get(URL, 320) is None
    assert gallery.is_missing(URL) and fetch.asked == 1


def test_a_missing_picture_is_asked_for_again_after_an_hour(tmp_path):
    gallery = Gallery(tmp_path, Counting(OSError("gone")))
    gallery.get(URL, 640)
    marker = next(tmp_path.glob("*/*-0.webp"))
    os.utime(marker, (0, 0))
    assert not gallery.is_missing(URL)


def test_a_bomb_is_refused(tmp_path):
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert Gallery(tmp_path, Counting(out.getvalue())).get(URL, 640) is None


def test_the_sweep_takes_what_was_not_looked_at_for_longest(tmp_path):
    gallery = Gallery(tmp_path, Counting(jpeg()), bound=4000)
    for number in range(6):
        (tmp_path / "aa").mkdir(exist_ok=True)
        file = tmp_path / "aa" / f"{number}.webp"
        file.write_bytes(b"x" * 1000)
        os.utime(file, (number, number))
    gallery.sweep()
    assert sorted(file.name for file in tmp_path.glob("*/*")) == ["3.webp", "4.webp", "5.webp"]


def test_a_page_gets_its_picture(client, hung):
    response = client.get(address(URL, 640))
    assert response["Content-Type"] == "image/webp" and size(response.content)[1] == 640
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("change", [("ice", "fire"), ("/640/", "/641/"), ("?u=", "?v=")])
def test_nobody_fetches_through_us_what_no_page_shows(client, hung, change):
    assert client.get(address(URL, 640).replace(*change)).status_code == 404


def test_a_missing_picture_is_blank_and_no_error(client, hung):
    hung._fetch.answer = OSError("gone")
    response = client.get(address(URL, 640))
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")


def test_the_guarded_client_refuses_a_private_picture():
    fetch = page.Fetcher()
    with pytest.raises(OSError, match=r"127\.0\.0\.1"):
        fetch("http://127.0.0.1:80/secret.jpg")
    fetch.close()


def test_no_width_beyond_the_pictures_own_is_offered():
    assert [part.split()[-1] for part in sources(Shot(URL, width=700)).split(", ")] == ["320w", "640w"]
    assert len(sources(Shot(URL)).split(", ")) == 4
    assert sources(Shot("inkstand/icon.svg")) == ""


LOGO = "https://courier.example/logo.png"


def test_a_logo_signs_articles_once_its_titles_page_has_fetched_it(client, db, now, hung):
    made = title(logo=LOGO)
    piece = f"/article/{print_articles(made, draft())[0].pk}/"
    assert "logo-of-title" not in client.get(piece).content.decode()
    shown = re.search(r'<img class="logo-of-title" src="([^"]+)"', client.get(f"/title/{made.slug}/").content.decode())
    client.get(unescape(shown[1]))
    assert "logo-of-title" in client.get(piece).content.decode()


def test_pages_leave_out_what_is_known_to_be_missing(client, db, now, hung):
    piece = print_articles(title(logo=LOGO), draft())[0]
    hung._fetch.answer = OSError("gone")
    assert 'class="shot"' in client.get("/").content.decode()
    for url in (LOGO, "https://pictures.example/1.jpg"):
        client.get(address(url, 320))
    for shown in ("/", f"/article/{piece.pk}/", "/title/harbour-courier/"):
        assert "/picture/" not in client.get(shown).content.decode(), shown
