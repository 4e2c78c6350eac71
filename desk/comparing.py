"""What two texts have in common, as spans to be marked."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import islice

from casefile.search.tokens import Token, tokens

Span = tuple[int, int]
_MOST_TOKENS = 800  # comparing costs up to their square
_SHORTEST = 4  # letters; shorter stretches are common by chance


def common_spans(left: str, right: str) -> tuple[list[Span], list[Span]]:
    """The stretches (start, end) that both texts have in the same order: by words, or by characters where none are spaced.

    The first 800 words or characters of each are compared.
    """
    ours, theirs = list(islice(tokens(left), _MOST_TOKENS)), list(islice(tokens(right), _MOST_TOKENS))
    matcher = SequenceMatcher(None, [t.word for t in ours], [t.word for t in theirs], autojunk=False)
    lefts, rights = [], []
    for at, other, size in matcher.get_matching_blocks():
        if sum(len(token.word) for token in ours[at : at + size]) >= _SHORTEST:
            lefts.append(_span(ours, at, size))
            rights.append(_span(theirs, other, size))
    return lefts, rights


def _span(found: list[Token], first: int, size: int) -> Span:
    return found[first].start, found[first + size - 1].end
