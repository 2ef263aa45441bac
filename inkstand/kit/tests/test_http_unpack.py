import gzip
import random
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from inkstand.kit.http.errors import BadEncoding, TooLarge, TooLargeUnpacked
from inkstand.kit.http.intake import Intake
from inkstand.kit.http.unpack import STEP
from inkstand.kit.http.values import MEBI, Limits


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


PACKERS = {
    "gzip": lambda data: gzip.compress(data, 9),
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=5),
    "zstd": lambda data: zstandard.ZstdCompressor(level=3).compress(data),
}
LIMITS = Limits()
PLAIN = b"".join(b"<item><title>%d %x</title></item>" % (n, random.Random(n).getrandbits(64)) for n in range(4_000))


def take(data: bytes, encoding: str, *, chunk: int = 1 << 14, limits: Limits = LIMITS) -> bytes:
    intake = Intake("http://a.example/", encoding, limits)
    for start in range(0, len(data), chunk):
        before = intake.size
        for _ in intake.take(data[start : start + chunk]):
            assert intake.size - before <= 8 * STEP
            before = intake.size
    return intake.body()


@pytest.mark.parametrize("name", PACKERS)
@pytest.mark.parametrize("chunk", [1, 7, 1 << 14, 1 << 20])
def test_unpacks_whatever_the_chunks(name, chunk):
    plain = PLAIN[:3_000] if chunk == 1 else PLAIN
    assert take(PACKERS[name](plain), name, chunk=chunk) == plain


@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=3_000), st.integers(1, 400))
def test_unpacks_any_bytes(name, plain, chunk):
    assert take(PACKERS[name](plain), name, chunk=chunk) == plain


def test_unpacks_deflate_without_its_wrapping():
    assert take(bare_deflate(PLAIN), "deflate") == PLAIN


def test_unpacks_several_members_and_leaves_padding():
    assert take(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 512, "gzip") == b"one two"
    frames = zstandard.ZstdCompressor().compress(b"one ") + zstandard.ZstdCompressor().compress(b"two")
    assert take(frames, "zstd") == b"one two"


def test_unpacks_two_codings_from_the_outside_in():
    assert take(brotli.compress(gzip.compress(PLAIN)), "gzip, br") == PLAIN


def test_plain_is_plain():
    assert take(PLAIN, "") == take(PLAIN, "identity") == PLAIN
    assert take(b"", "gzip") == b""


def test_unpacks_gzip_that_is_not_announced():
    assert take(gzip.compress(PLAIN), "") == PLAIN
    with pytest.raises(TooLargeUnpacked):
        take(gzip.compress(bytes(64 * MEBI)), "", limits=Limits(unpacked=MEBI))


@pytest.mark.parametrize("encoding", ["none", "UTF-8", "rot13", "gzip, rot13", ","])
def test_takes_a_body_as_it_is_where_its_packing_is_not_known(encoding):
    assert take(PLAIN, encoding) == PLAIN


def test_refuses_more_codings_than_anybody_uses():
    with pytest.raises(BadEncoding):
        Intake("http://a.example/", "gzip, gzip, gzip", LIMITS)


@pytest.mark.parametrize("name", PACKERS)
def test_refuses_what_is_not_packed_so_or_breaks_off(name):
    with pytest.raises(BadEncoding):
        take(b"<rss>not packed at all</rss>" * 20, name)
    with pytest.raises(BadEncoding, match="breaks off"):
        take(PACKERS[name](PLAIN)[:-9], name)


@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=300))
def test_raises_nothing_but_bad_encoding_on_any_bytes(name, data):
    try:
        take(data, name)
    except BadEncoding as error:
        assert error.facts["encoding"] == name


@pytest.mark.parametrize("name", PACKERS)
def test_a_bomb_stops_at_the_cap(name):
    bomb = PACKERS[name](bytes(64 * MEBI))
    with pytest.raises(TooLargeUnpacked) as told:
        take(bomb, name, chunk=1 << 17, limits=Limits(unpacked=MEBI))
    assert told.value.facts["limit"] == MEBI


def test_a_bomb_in_a_bomb_stops_at_the_cap():
    with pytest.raises(TooLargeUnpacked):
        take(brotli.compress(gzip.compress(bytes(64 * MEBI)), quality=5), "gzip, br", limits=Limits(unpacked=MEBI))


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_empty_members_without_end_are_refused(name):
    with pytest.raises(BadEncoding, match="too many"):
        take(PACKERS[name](b"") * 5_000, name)


def test_received_bytes_are_capped_before_they_are_unpacked():
    with pytest.raises(TooLarge):
        take(random.Random(1).randbytes(3_000), "", chunk=1_000, limits=Limits(received=2_000))
