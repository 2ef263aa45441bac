from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.kit.http.address import disguise, refusal
from inkstand.kit.http.errors import AddressRefused, BadAllowEntry, BadUrl, FetchFailed, PortRefused, SchemeRefused
from inkstand.kit.http.target import is_allowed, parse_allow, read_url, shown, vet

REFUSED = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:8.8.8.8",
    "::ffff:127.0.0.1",
    "::8.8.8.8",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378::",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "4000::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
GRANTED = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "198.20.0.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00::1",
]


@pytest.mark.parametrize("address", REFUSED)
def test_refuses_every_address_that_is_not_public(address):
    assert refusal(address)


@pytest.mark.parametrize("address", GRANTED)
def test_grants_public_addresses(address):
    assert refusal(address) is None


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_gets_in_by_ipv6_dress(address: IPv4Address):
    for dressed in (f"::ffff:{address}", f"::{address}", str(IPv6Address((0x0064FF9B << 96) | int(address)))):
        assert refusal(dressed)
    assert refusal(str(IPv6Address((0x2002 << 112) | (int(address) << 80))))


@given(st.ip_addresses())
def test_nothing_the_standard_library_calls_private_is_granted(address):
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert refusal(str(address))


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "1.2.3.0x4", "127.0.0.1.", "0x"]
)
def test_refuses_numbers_in_disguise(host):
    assert disguise(host)


@pytest.mark.parametrize("host", ["example.org", "1.example", "0x7f.example", "4chan", "a.b2"])
def test_leaves_names_alone(host):
    assert disguise(host) is None


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://127.0.0.1/", AddressRefused),
        ("http://2130706433/", AddressRefused),
        ("http://[::1]/", AddressRefused),
        ("http://[::ffff:127.0.0.1]/", AddressRefused),
        ("http://user@169.254.169.254/", AddressRefused),
        ("http://example.org:22/", PortRefused),
        ("https://example.org:6379/", PortRefused),
        ("file:///etc/passwd", SchemeRefused),
        ("gopher://example.org/", SchemeRefused),
        ("javascript:alert(1)", SchemeRefused),
        ("", BadUrl),
        ("example.org/feed", BadUrl),
        ("http://", BadUrl),
        ("http://[::1/", BadUrl),
        ("http://example.org:99999/", BadUrl),
    ],
)
def test_refuses_what_the_address_alone_shows(url, error):
    with pytest.raises(error) as told:
        vet(read_url(url), refusal)
    assert str(told.value).endswith((".", "/feed."))


@pytest.mark.parametrize(
    "url", ["http://example.org/", "https://example.org/a?b#c", "http://example.org:8080", " https://example.org "]
)
def test_passes_ordinary_addresses(url):
    vet(read_url(url), refusal)


@given(st.text(max_size=40))
def test_reading_an_address_raises_nothing_but_our_own(text):
    for url in (text, f"http://{text}", f"https://a/{text}"):
        try:
            vet(read_url(url), refusal)
        except FetchFailed as error:
            assert error.code


def test_an_allowed_pair_lets_exactly_itself_through():
    allow = parse_allow(" 127.0.0.1:8800, [::1]:8801,Hub.Example:9000,")
    for url in ("http://127.0.0.1:8800/x", "http://[::1]:8801/", "https://hub.example:9000/"):
        assert is_allowed(read_url(url), allow)
    for url in ("http://127.0.0.1:8801/", "http://localhost:8800/", "http://2130706433:8800/", "http://hub.example/"):
        assert not is_allowed(read_url(url), allow)


@pytest.mark.parametrize("entry", ["127.0.0.1", "http://a:1", "a:b", "a:1/x", "u@a:1", ":80", "a:99999", "[::1"])
def test_an_allowed_pair_needs_host_and_port(entry):
    with pytest.raises(BadAllowEntry, match="is not host:port"):
        parse_allow(f"ok.example:80,{entry}")


def test_passwords_are_not_shown():
    assert shown(read_url("https://ada:secret@example.org/feed")) == "https://example.org/feed"
