"""Pieces of digits and runs of them: what telephone numbers are put together from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Some digits at their place in folded text; `disguised` where they were letters or words."""

    digits: str
    start: int
    end: int
    disguised: bool = False
    is_word: bool = False
    is_letters: bool = False  # `OOOO`, `lll`, `S5O`: digits only between real ones


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that may belong to one number, and whether a plus stands before them.

    `loose` says that one or two digits in it are words, which may be words of the sentence.
    """

    pieces: tuple[Piece, ...]
    plus: bool
    start: int
    loose: bool = False

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @property
    def digits(self) -> str:
        return "".join(piece.digits for piece in self.pieces)
