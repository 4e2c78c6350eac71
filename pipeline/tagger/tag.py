"""Names that the model finds in a text: organisations, places and persons, each with a probability."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.tagger.model import load_model
from pipeline.tagger.sequences import sequences

_LONGEST = 90  # characters; what is longer is a sentence, not a name
_NO_EDGE = frozenset(" \n,;:.!?-–—_|/\\@#*+=&'\"’‘“”()[]{}<>。၊။，、：；！？【】")


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
    line_end = text.find("\n", start, end)
    end = end if line_end < 0 else line_end
    while start < end and text[end - 1] in _NO_EDGE and not _belongs(text, start, end):
        end -= 1
    return start, end


def _belongs(text: str, start: int, end: int) -> bool:
    """Whether the sign at the end belongs to the name: the dot of Inc., a bracket that was opened in it."""
    sign = text[end - 1]
    if sign == ".":
        return text[max(start, end - 5) : end].lower().endswith(("inc.", "ltd.", "co.", "corp.", "jr.", "sr."))
    return sign == ")" and "(" in text[start:end]
