"""What is known about a post before its contacts and pay are read: its language and likely countries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """`lang` is ISO 639-1 or `und`; `regions` are ISO 3166 alpha-2 in upper case, likeliest first."""

    lang: str = "und"
    regions: tuple[str, ...] = ()
