"""Values that every format can hold: cleaned once, before any writer sees them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from casefile.identity import short_hash

_LONGEST = 300
# Marks that turn the direction of writing: a name with them is read as another name than it is.
_TURNS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """A name: no control characters, lone surrogates or marks that turn the writing, on one line, not too long."""
    short = " ".join(_kept(text, " ").split())
    return short if len(short) <= _LONGEST else short[: _LONGEST - 1] + "…"


def clean_text(text: str) -> str:
    """A whole text: as `clean`, but of any length and with its lines."""
    return "\n".join(" ".join(_kept(line, " ").split()) for line in text.splitlines()).strip()


def clean_id(identity: str) -> str:
    """An id that every format can hold; one that had to be changed keeps a hash of what it was.

    igraph reads `&amp;` in a GraphML id as `&#38;`, so there is no ampersand in ids.
    """
    cleaned = clean(identity).replace("&", "_")
    return cleaned if cleaned == identity else f"{cleaned}~{short_hash(identity)[:12]}"


def iso(moment: datetime | None) -> str | None:
    """A time as text, in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def to_second(moment: datetime | None) -> datetime | None:
    """A time in UTC, to the second."""
    return moment.astimezone(UTC).replace(microsecond=0) if moment else None


def _kept(text: str, space: str) -> str:
    return "".join(space if character.isspace() else character for character in text if not _is_unsafe(character))


def _is_unsafe(character: str) -> bool:
    if character.isspace():
        return False
    noncharacter = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return noncharacter or character in _TURNS or unicodedata.category(character) in ("Cc", "Cs")
