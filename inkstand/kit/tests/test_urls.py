"""One page, one address."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inkstand.kit import urls

PIECES = """
http:// https:// HTTP:// // / /amp /amp/ /AMP .amp .amp.html ?amp=1 m. mobile. amp. www. .m. .mobile. e.example.com
google.com /amp/s/ x.cdn.ampproject.org /c/s/ /url?q= utm_source=a & = ? # #! %61 %2e %2F %zz % . .. /../ /./
;jsessionid=1 :80 :443 :8080 user:pw@ xn--bcher-kva.example bücher.example [::1] 127.0.0.1 é \\ + a B 1
"""
SOUP = st.lists(st.sampled_from([*PIECES.split(), "\t", "\u00a0"]), max_size=12).map("".join)
ADDRESSES = SOUP | SOUP.map("https://e.com".__add__)


@given(ADDRESSES | st.text())
@example("https://e.com/amp/amp/x")
@example("http://google.com/url?q=http://google.com/url?q=http://e.com/")
@example("https://e.com/%61mp/x/.amp.html")
def test_a_canonical_address_is_its_own(url):
    once = urls.canonical(url)
    assert urls.canonical(once) == once


@given(st.text(), st.text())
def test_no_string_makes_it_raise(base, url):
    assert urls.join(base, url) == "" or urls.host(urls.join(base, url))
    urls.key(url), urls.site(url)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            "HTTP://User:pw@Example.COM:80/a/../b/./c%7e%c3%a9?b=2&utm_source=x&a=1#top",
            "http://example.com/b/c~%C3%A9?b=2&a=1",
        ),
        ("https://e.com", "https://e.com/"),
        ("https://e.com:8443/x", "https://e.com:8443/x"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://e.com/a?fbclid=1&CMP=share&at_medium=RSS&id=7", "https://e.com/a?id=7"),
        ("https://e.com/a?%75tm_source=x", "https://e.com/a"),
        ("https://e.com/a?source=42", "https://e.com/a?source=42"),
        ("https://e.com/a?src=rss_home", "https://e.com/a"),
        ("https://e.com/a;jsessionid=AB?x=1", "https://e.com/a?x=1"),
        ("https://e.com/app/#!/story/1", "https://e.com/app/#!/story/1"),
        ("https://e.com/a b", "https://e.com/a%20b"),
        ("\n https://e.com/a\t", "https://e.com/a"),
        ("https:\\\\e.com\\a", "https://e.com/a"),
        ("https://web.example/2024/https://e.com/a", "https://web.example/2024/https://e.com/a"),
    ],
)
def test_what_says_nothing_of_the_page_goes(given, kept):
    assert urls.canonical(given) == kept


@pytest.mark.parametrize(
    "form",
    [
        "https://e.com/news/1",
        "https://m.e.com/news/1",
        "https://mobile.e.com/news/1",
        "https://amp.e.com/news/1",
        "https://e.com/news/1/amp",
        "https://e.com/news/1.amp",
        "https://e.com/amp/news/1",
        "https://e.com/news/1?amp=1",
        "https://e.com/news/1?outputType=amp",
        "https://e-com.cdn.ampproject.org/c/s/e.com/news/1",
        "https://www.google.com/amp/s/amp.e.com/news/1",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fe.com%2Fnews%2F1&ct=ga",
    ],
)
def test_amp_and_mobile_forms_are_the_page(form):
    assert urls.canonical(form) == "https://e.com/news/1"


@pytest.mark.parametrize(
    "url", ["https://amp.com.au/x", "https://e.com/amp", "https://e.com/amp-for-email/", "https://m.co.uk/"]
)
def test_a_name_that_only_looks_like_one_stays(url):
    assert urls.canonical(url) == url


NO_WEB_ADDRESS = [
    *[
        "",
        "x",
        "/a",
        "//e.com/a",
        "javascript:alert(1)",
        "mailto:a@e.com",
        "file:///etc/passwd",
        "http://",
        "http://.../",
    ],
    *["http://a b.com/", "http://e.com:99999/", "http://[::1", "http://\ud800.com/", "https://e.com/" + "a" * 5_000],
]


@pytest.mark.parametrize("url", NO_WEB_ADDRESS)
def test_what_is_no_web_address_is_empty(url):
    assert urls.canonical(url) == ""


def test_keys_forget_scheme_www_and_the_last_slash():
    assert urls.key("http://www.e.com/a/?utm_source=x") == urls.key("https://e.com/a") == "e.com/a"


def test_addresses_are_joined_as_a_browser_does():
    assert urls.join("https://e.com/a/b", "../c") == "https://e.com/c"
    assert urls.join("https://e.com/a/b", "//f.com/c") == "https://f.com/c"
    assert urls.join("", "/c") == urls.join("https://e.com/", "java\tscript:alert(1)") == ""


def test_host_and_site():
    assert urls.host("https://WWW.E.com:443/") == "www.e.com"
    assert urls.site("https://www.e.com/") == urls.site("http://m.e.com/") == "e.com"
