"""Pieces of digits and runs of them: what telephone numbers are put together from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Piece(NamedTuple):
    """Some digits at their place in folded text; `disguised` where they were letters or words."""

    digits: str
    start: int
    end: int
    disguised: bool = False
    is_word: bool = False
    is_letters: bool = False  # `OOOO`, `lll`, `S5O`: digits only between real ones


class Run(NamedTuple):
    """Pieces that may belong to one number, and whether a plus stands before them.

    `loose` says that one or two digits in it are words, which may be words of the sentence.
    """

    pieces: tuple[Piece, ...]
    digits: str
    plus: bool
    start: int
    loose: bool = False

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    def with_pieces(self, more: Iterable[Piece]) -> Run:
        """The run gone on with."""
        pieces = (*self.pieces, *more)
        return self._replace(pieces=pieces, digits=joined(pieces))


def joined(pieces: Iterable[Piece]) -> str:
    """All digits of some pieces."""
    return "".join([piece.digits for piece in pieces])
