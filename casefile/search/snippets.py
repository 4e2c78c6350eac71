"""The part of a text that shows why it was found, with the places to mark."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.search.tokens import Token, tokens

_AROUND = 90
_LONGEST = 240
_READ_AT_MOST = 200_000


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a post's text: where it starts there, and the marks as (start, end) within the piece."""

    text: str
    offset: int
    marks: tuple[tuple[int, int], ...]


def make_snippet(text: str, phrases: list[tuple[list[str], bool]]) -> Snippet:
    """The piece of `text` around the first phrase (its words, and whether the last one is only a beginning)."""
    spans = find_phrases(list(tokens(text[:_READ_AT_MOST])), phrases) if phrases else []
    first = spans[0][0] if spans else 0
    start = max(0, first - _AROUND)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + _LONGEST)
    marks = tuple((a - start, b - start) for a, b in spans if start <= a and b <= end)
    return Snippet(text[start:end], start, marks)


def find_phrases(words: list[Token], phrases: list[tuple[list[str], bool]]) -> list[tuple[int, int]]:
    """Where the phrases stand, in order and without overlaps (code points)."""
    found: list[tuple[int, int]] = []
    for phrase, prefix in phrases:
        size = len(phrase)
        for i in range(len(words) - size + 1):
            if words[i].word[:1] != phrase[0][:1]:
                continue
            here = [token.word for token in words[i : i + size]]
            if here == phrase or (prefix and here[:-1] == phrase[:-1] and here[-1].startswith(phrase[-1])):
                found.append((words[i].start, words[i + size - 1].end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
