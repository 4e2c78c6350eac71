"""What is compared of a text: its bare letters, without what changes from copy to copy.

Contacts, names, places, pay, digits, case, signs and spaces are taken out first. So a text that was sent again under a
new number, for another town, is the same text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casefile.identity import short_hash
from casefile.records import Label, Mention
from graph.settings import TextSettings

# Combining marks are no letters to `re`: after NFKD this takes tone and vowel marks away too, in all our scripts,
# so "tuyển dụng" and "tuyen dung" are alike.
_NO_LETTER = re.compile(r"[\W\d_]+")
_TELLING = "text:"


@dataclass(frozen=True, slots=True)
class TextShape:
    """What is compared of a text: its letters without what changes from copy to copy; equal for exact copies.

    `key` is None when no letters remain; `telling` says whether two people would hardly write it by chance.
    """

    key: str | None
    letters: str
    telling: bool


def shape_of(text: str, mentions: Sequence[Mention], settings: TextSettings) -> TextShape:
    """The shape of a text, of which the first `settings.longest` characters count."""
    letters = letters_in(" ".join(without_mentions(text[: settings.longest], mentions)))
    telling = len(letters.encode("utf-8", "replace")) >= settings.shortest
    return TextShape(short_hash("text", letters) if letters else None, letters, telling)


def campaign_id(first_post: str, *, telling: bool) -> str:
    """The id of the campaign that a post begins; see `is_telling`."""
    return (_TELLING if telling else "") + short_hash("campaign", first_post)


def is_telling(key: str | None) -> bool:
    """Whether a text is long enough that two people do not write it by chance; its key is then an entity id."""
    return key is not None and key.startswith(_TELLING)


def letters_in(text: str) -> str:
    """The bare letters of a text: no digits, signs, spaces, case or marks."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKD", text).casefold())


def without_mentions(text: str, mentions: Iterable[Mention]) -> Iterator[str]:
    """The stretches of text between the mentions; warning signs belong to the wording and stay."""
    end = 0
    spans = sorted((m.start, m.end) for m in mentions if m.label is not Label.INDICATOR)
    for start, stop in spans:
        if start > end:
            yield text[end:start]
        end = max(end, stop)
    yield text[end:]
