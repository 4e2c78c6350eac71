"""Changes of bytes: what a hostile or broken file differs by from one that is well."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

_LONGEST = 20_000
_NUMBERS = [
    b"0",
    b"-1",
    b"2147483648",
    b"18446744073709551616",
    b"1e999",
    b"NaN",
    b"0x41",
    b"00000000000000000000000001",
]
_SIGNS = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", "\u202e".encode(), "\u200b".encode(), "\ud7ff".encode(), b"\xed\xa0\x80", b"\r\n\r\n",
    b"<![CDATA[", b"<!--", b"-->", b"</", b"<script>", b"&#x0;", b"&#1114112;", b"&amp;", b"]]>", b"{", b"}", b"[[[[[[[[", b'"',
    b"\\u0000", b"\\ud800", b"%00", b"%ff", b"//", b"..", b"@", b"://", b"\xf0\x9f\x87\xb0", "٠۰०๐".encode(), b"=1+1",
    b"am/pm", b"T24:61:61Z", b"9999-99-99", b"+62", b"wa.me/", b"t.me/+", b"1a1a", b"bc1q", b"0x",
]  # fmt: skip


def changed(seed: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A seed after one to eight changes at random."""
    data = seed
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        data = chance.choice(_CHANGES)(data, others, chance)[:_LONGEST]
    return data


def _flip(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _insert(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_SIGNS + _NUMBERS) * chance.choice((1, 1, 1, 2, 40)) + data[at:]


def _remove(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 10)) + data[end:]


def _move(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _splice(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    (start, end), at = _span(other, chance), chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _cut(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(2 ** chance.uniform(0, 10)))


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    _flip, _flip, _insert, _insert, _remove, _repeat, _move, _splice, _cut,
)  # fmt: skip
