"""Numbers as addresses and forms carry them: anybody can have typed anything."""

from __future__ import annotations


def whole_number(typed: str, digits: int = 9) -> int | None:
    """The whole number of at most so many ASCII digits; None for anything else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= digits else None
