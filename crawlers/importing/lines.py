"""Bytes into lines of text: the encoding is told or guessed, and no line is endless."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.importing.model import MAX_RECORD, Given, many

SAMPLE = 1_000_000
"""How many bytes are looked at to tell an encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What programs in our languages wrote before UTF-8 was everywhere.
_OLD_ENCODINGS = ["cp1252", "cp874", "cp1258", "gb18030", "big5", "cp949", "shift_jis", "cp1251", "cp1256"]
_REPLACED = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end. `whole` is False when it was longer than may be read: `text` is its beginning."""

    number: int
    text: str
    whole: bool = True


def encoding_of(sample: bytes) -> str:
    """The encoding of a text that begins with `sample`: by its mark, as UTF-8, or the likeliest older one."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    # UTF-16 without a mark: what is ASCII in it has a zero in every second place, and only there.
    even, odd = sample[0:20_000:2].count(0), sample[1:20_000:2].count(0)
    if max(even, odd) * 100 > len(sample[:20_000]) and min(even, odd) * 2 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError as error:
        return _guessed(sample, error.start)
    return "utf-8"


def _guessed(sample: bytes, first_strange: int) -> str:
    from charset_normalizer import from_bytes

    # A long beginning in plain ASCII tells nothing: look around the first byte that is no UTF-8.
    piece = sample[max(0, first_strange - 1_000) : first_strange + 30_000]
    as_utf8 = piece.decode("utf-8", "replace")
    broken = as_utf8.count(_REPLACED)
    if sum(c > "\x7f" for c in as_utf8) > 5 * broken:
        return "utf-8"  # UTF-8 with a few damaged bytes
    best = from_bytes(piece, cp_isolation=_OLD_ENCODINGS).best()
    return best.encoding if best is not None else "cp1252"


class Lines:
    """The lines of a given file, one after the other; `damaged` counts those with bytes that its encoding does not know."""

    def __init__(self, given: Given, encoding: str | None = None) -> None:
        self._given = given
        self.name = given.name
        if encoding is None:
            with given.open() as stream:
                encoding = encoding_of(stream.read(SAMPLE))
        self.encoding = encoding
        self.damaged = 0

    def __iter__(self) -> Iterator[Line]:
        """Lines end at a line feed, a carriage return or both, and nowhere else."""
        self.damaged = 0
        with io.TextIOWrapper(self._given.open(), self.encoding, errors="replace") as text:
            number = 0
            while raw := text.readline(MAX_RECORD):
                number += 1
                whole = len(raw) < MAX_RECORD or raw.endswith("\n")
                self.damaged += _REPLACED in raw
                yield Line(number, raw.removesuffix("\n"), whole)
                while not whole and raw and not raw.endswith("\n"):
                    raw = text.readline(MAX_RECORD)

    def notes(self) -> Iterator[str]:
        """What the investigator should know about the encoding, after the lines were read."""
        if self.encoding not in ("utf-8", "utf-8-sig"):
            yield f"The text was read as {self.encoding}; if letters look wrong, save the file as UTF-8 and import it again."
        if self.damaged:
            yield f"{many(self.damaged, 'line')} with bytes that are not {self.encoding} (or with � itself), which show as �."
