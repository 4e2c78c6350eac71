"""Names that the model finds in a text: organisations, places and persons, each with a probability."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.tagger.model import load_model
from pipeline.tagger.sequences import sequences

_LONGEST = 90  # characters; what is longer is a sentence, not a name
_NO_EDGE = frozenset(" \n,;:!?|/\\*+=[{<>“‘«【（、，；！？")
_CUT = re.compile("[\n<>|]")  # no name goes on behind these
_FULL_STOP = re.compile(r"[a-z]{5}\.\Z")  # behind a long word; Inc. and ธปท. keep theirs


class TaggedName(NamedTuple):
    """A name at its place in folded text."""

    start: int
    end: int
    label: str
    probability: float


def tag_names(text: str) -> Iterator[TaggedName]:
    """The names in folded text, from left to right, none overlapping; linear in its length."""
    for name, tokens in sequences(text):
        model = load_model(name)
        if model is None:
            continue
        for found in model.tag(text, tokens):
            start, end = tokens[found.first].start, tokens[found.end - 1].end
            start, end = _trimmed(text, start, end)
            if start < end <= start + _LONGEST:
                yield TaggedName(start, end, found.label, found.probability)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without signs at its edges, on one line."""
    while start < end and text[start] in _NO_EDGE:
        start += 1
    cut = _CUT.search(text, start, end)
    end = cut.start() if cut else end
    opened, closed = text.find("(", start, end), text.find(")", start, end)
    if opened >= 0 > closed:  # Example (EX: the bracket that closes belongs to the name, or the open one does not
        end = end + 1 if text[end : end + 1] == ")" else opened
    elif closed >= 0 > opened:
        end = closed
    while start < end and (text[end - 1] in _NO_EDGE or _FULL_STOP.search(text, start, end)):
        end -= 1
    return start, end
