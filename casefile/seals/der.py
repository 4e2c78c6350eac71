"""The little of DER (ITU-T X.690) that time stamps need: to look for a part, and to put a set in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, SEQUENCE, CONTEXT_0 = 0x02, 0x30, 0xA0


@dataclass(frozen=True, slots=True)
class Part:
    """One value: its tag, and where it, its content and its end lie."""

    tag: int
    start: int
    content: int
    end: int


def parts(data: bytes, start: int, end: int) -> Iterator[Part]:
    """The values that lie side by side between two places; raises ValueError when they are not DER of our kind."""
    while start < end:
        if end - start < 2 or data[start] & 0x1F == 0x1F:
            raise ValueError("a value is cut off or of a strange kind")
        length, content = data[start + 1], start + 2
        if length >= 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4 or content + count > end:
                raise ValueError("a length cannot be read")
            length, content = int.from_bytes(data[content : content + count]), content + count
        if content + length > end:
            raise ValueError("a value is longer than what holds it")
        yield Part(data[start], start, content, content + length)
        start = content + length


def child(data: bytes, parent: Part, number: int, tag: int) -> Part:
    """One of the values inside another, counted from 0; raises ValueError when there is none of that tag."""
    found = list(parts(data, parent.content, parent.end))
    if number >= len(found) or found[number].tag != tag:
        raise ValueError("it is built otherwise than RFC 3161 says")
    return found[number]


def whole(data: bytes) -> Part:
    """The one sequence that all of `data` is; raises ValueError."""
    found = list(parts(data, 0, len(data)))
    if len(found) != 1 or found[0].tag != SEQUENCE:
        raise ValueError("it is not one DER sequence")
    return found[0]


def sorted_inside(data: bytes, parent: Part) -> bytes:
    """`data` with the values inside one of its parts in the order that DER wants of a set (X.690, 11.6)."""
    inside = sorted(data[part.start : part.end] for part in parts(data, parent.content, parent.end))
    return data[: parent.content] + b"".join(inside) + data[parent.end :]
