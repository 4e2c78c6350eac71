"""Near-identical texts, in linear time: MinHash signatures (Broder, 1997) put into bands, then compared.

What changes from copy to copy is taken out first: contacts, names, places, pay, digits, case, signs and spaces. So a
text that was sent again under a new number, for another town, is the same text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casefile.identity import short_hash
from casefile.records import Label, Mention
from graph.settings import TextSettings
from graph.unions import Unions

Signatures = NDArray[np.uint32]
_Numbers = NDArray[np.uint64]

_BANDS, _ROWS = 24, 4
_LETTERS = 4  # the length of the pieces that are compared
_COMPARED = 8  # texts of one bucket that a newcomer is compared with
_TEMPLATE_CHARACTERS = 160

_random = np.random.RandomState(1997)  # a legacy generator: its numbers are promised never to change
_FACTORS: _Numbers = _random.randint(1, 2**63, size=(_BANDS * _ROWS, 1), dtype=np.int64).astype(np.uint64) * 2 + 1
_BAND_FACTORS: _Numbers = _random.randint(1, 2**63, size=_ROWS, dtype=np.int64).astype(np.uint64) * 2 + 1
_PRIME, _MIX = np.uint64(1_099_511_628_211), np.uint64(0xFF51AFD7ED558CCD)

# Combining marks are no letters to `re`: after NFKD this takes tone and vowel marks away too, in all our scripts,
# so "tuyển dụng" and "tuyen dung" are alike.
_NO_LETTER = re.compile(r"[\W\d_]+")


_TELLING = "text:"


def is_telling(key: str | None) -> bool:
    """Whether a text is long enough that two people do not write it by chance; its key is then an entity id."""
    return key is not None and key.startswith(_TELLING)


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


class Texts:
    """The different texts of a case, each with its signature; copies are kept once."""

    def __init__(self, settings: TextSettings) -> None:
        self._settings = settings
        self._signatures: dict[str, Signatures] = {}
        self._templates: dict[str, str] = {}

    def add(self, text: str, mentions: Sequence[Mention]) -> str | None:
        """The key of a text, equal for copies; None for a text without letters.

        A text too short to tell a copy from chance gets another kind of key: it is compared with nothing.
        """
        text = text[: self._settings.longest]
        pieces = list(without_mentions(text, mentions))
        letters = letters_in(" ".join(pieces))
        if not letters:
            return None
        if len(letters.encode("utf-8", "replace")) < self._settings.shortest:
            return short_hash("text", letters)
        key = _TELLING + short_hash("text", letters)
        template = _template(pieces)
        if key not in self._signatures:
            self._signatures[key] = _signature(letters)
        self._templates[key] = min(template, self._templates.get(key, template))
        return key

    def template(self, key: str) -> str:
        """The beginning of a text for people, with an ellipsis where something was taken out."""
        return self._templates[key]

    def groups(self) -> list[Sequence[str]]:
        """The keys of texts that are nearly the same, together."""
        keys = sorted(self._signatures)
        unions = Unions(range(len(keys)))
        if keys:
            signatures = np.stack([self._signatures[key] for key in keys])
            for band in range(_BANDS):
                for bucket in _buckets(signatures[:, band * _ROWS : (band + 1) * _ROWS]):
                    _unite_alike(bucket, signatures, self._settings.alike, unions)
        return [[keys[index] for index in group] for group in unions.groups()]


def witnesses(keys: Mapping[str, str | None], texts: Texts) -> dict[str, str]:
    """For each post its witness: posts with nearly the same text are one witness, others stand for themselves.

    `keys` gives each post's text key, in the order in which the posts were captured: the first names the group.
    """
    group_of = {key: number for number, group in enumerate(texts.groups()) for key in group}
    first: dict[int, str] = {}
    found = {}
    for post_id, key in keys.items():
        if key is None or not is_telling(key):
            found[post_id] = key or post_id
        else:
            found[post_id] = first.setdefault(group_of[key], key)
    return found


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


def _template(pieces: Sequence[str]) -> str:
    words = " … ".join(piece[:_TEMPLATE_CHARACTERS] for piece in pieces[:_TEMPLATE_CHARACTERS])
    short = re.sub(r"[\s…]+", _gap, re.sub(r"\d+", "…", words[: 2 * _TEMPLATE_CHARACTERS])).strip()
    return short if len(short) <= _TEMPLATE_CHARACTERS else short[: _TEMPLATE_CHARACTERS - 1].rstrip(" …") + " …"


def _gap(found: re.Match[str]) -> str:
    return " … " if "…" in found[0] else " "


def _signature(letters: str) -> Signatures:
    """96 minima of hashes over all pieces of four letters; two signatures agree as often as the pieces do."""
    codes: _Numbers = np.frombuffer(letters.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    count = max(1, len(codes) - _LETTERS + 1)
    hashes: _Numbers = np.zeros(count, dtype=np.uint64)
    for offset in range(min(_LETTERS, len(codes))):
        hashes = (hashes ^ codes[offset : offset + count]) * _PRIME
    hashes = (hashes ^ (hashes >> np.uint64(33))) * _MIX
    hashes ^= hashes >> np.uint64(29)
    smallest: _Numbers = (hashes * _FACTORS).min(axis=1)
    return (smallest >> np.uint64(32)).astype(np.uint32)


def _buckets(band: Signatures) -> Iterator[NDArray[np.intp]]:
    """The rows that are equal in a band, in order, where there are two or more."""
    hashes = (band.astype(np.uint64) * _BAND_FACTORS).sum(axis=1)
    order = np.argsort(hashes, kind="stable")
    borders = np.flatnonzero(np.diff(hashes[order])) + 1
    starts = np.concatenate(([0], borders))
    ends = np.concatenate((borders, [len(order)]))
    for which in np.flatnonzero(ends - starts > 1):
        yield order[starts[which] : ends[which]]


def _unite_alike(bucket: NDArray[np.intp], signatures: Signatures, alike: float, unions: Unions[int]) -> None:
    """Compare the bucket with its first text, the rest with the first of the rest ..., never all with all."""
    for _ in range(_COMPARED):
        first, others = int(bucket[0]), bucket[1:]
        root = unions.find(first)
        others = others[[unions.find(other) != root for other in others.tolist()]]
        if not len(others):
            return
        same = (signatures[others] == signatures[first]).mean(axis=1) >= alike
        for other in others[same].tolist():
            unions.union(first, other)
        bucket = others[~same]
        if len(bucket) < 2:
            return
