"""Bodies out of their chunks and packings."""

from __future__ import annotations

import gzip
import io
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.importing.bodies import body_of

_PACKED = {
    "": lambda body: body,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate ": lambda body: zlib.compress(body, wbits=-15),
    "br": brotli.compress,
    "unknown": lambda body: body,
}


@given(
    body=st.binary(min_size=1, max_size=100_000), packing=st.sampled_from(list(_PACKED)), chunk=st.integers(1, 5_000)
)
def test_a_body_comes_out_of_chunks_and_packing_as_it_went_in(body: bytes, packing: str, chunk: int) -> None:
    packed = _PACKED[packing](body)
    pieces = [packed[start : start + chunk] for start in range(0, len(packed), chunk)]
    sent = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    assert body_of(io.BytesIO(sent), chunked=True, packing=packing, most=1_000_000) == body
    assert body_of(io.BytesIO(packed), chunked=False, packing=packing, most=1_000_000) == body


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br"])
def test_a_body_that_is_not_packed_as_was_said_is_read_as_it_is(packing: str) -> None:
    assert body_of(io.BytesIO(b"<p>satu</p>"), chunked=False, packing=packing, most=100) == b"<p>satu</p>"


def test_what_stands_before_a_cut_is_read_and_never_more_than_was_asked_for() -> None:
    body = bytes(range(256)) * 4_000
    packed = gzip.compress(body, 0)
    assert body.startswith(body_of(io.BytesIO(packed[:500_000]), chunked=False, packing="gzip", most=2_000_000))
    assert len(body_of(io.BytesIO(packed[:500_000]), chunked=False, packing="gzip", most=2_000_000)) > 400_000
    for packing, pack in _PACKED.items():
        assert len(body_of(io.BytesIO(pack(bytes(3_000_000))), chunked=False, packing=packing, most=70_000)) == 70_000
