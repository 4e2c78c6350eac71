"""Cutting text into what is searched for: words where words are spaced, single characters where they are not.

Chinese, Thai, Lao, Khmer, Burmese, Tibetan and Japanese are written without spaces: every character is a token,
and a search for several characters is a phrase search, so that any substring is found. Elsewhere a token is a word,
without case, width and accents ("việc" is found by "viec").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from casefile.records import Post

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}ーｰ"  # the long-vowel marks belong to no script


@dataclass(frozen=True, slots=True)
class Token:
    """What is compared, and where it stands in the text (code points)."""

    word: str
    start: int
    end: int


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?V1)[[\p{{L}}\p{{N}}]&&[{_UNSPACED}]]\p{{M}}*|[[\p{{L}}\p{{M}}\p{{N}}_]--[{_UNSPACED}]]+|\p{{M}}"
    )


@cache
def _unspaced() -> regex.Pattern[str]:
    return regex.compile(rf"[{_UNSPACED}]")


@cache
def _signs() -> regex.Pattern[str]:
    return regex.compile(r"[^\p{L}\p{M}\p{N}_\s]+")


def sign_runs(text: str) -> list[str]:
    """What is neither token nor space, such as pictures: the signs that stand together, in order."""
    return [run.group() for run in _signs().finditer(text)]


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text`, in order."""
    for match in _pattern().finditer(text):
        start, end = match.span()
        surface = match.group()
        if _unspaced().match(surface):
            for position, character in enumerate(surface, start):
                for part in _parts(character):
                    yield Token(part, position, position + 1)
        else:
            word = folded(surface)
            if word:
                yield Token(word, start, end)


@lru_cache(maxsize=10_000)
def _parts(character: str) -> tuple[str, ...]:
    return tuple(part for part in unicodedata.normalize("NFKC", character).casefold() if not part.isspace())


def folded(word: str) -> str:
    """The word without case, width and accents."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word).casefold().replace("đ", "d")
    bare = "".join(c for c in apart if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFKC", bare)


def digits_in(text: str) -> str:
    """The digits of a text, of whatever script, as ASCII digits."""
    return "".join(str(int(character)) for character in text if character.isdecimal())


def index_words(post: Post) -> str:
    """What the full-text index holds of a post: the tokens of its title, author and text."""
    parts = (post.title, post.author, post.text)
    # A token that nobody types keeps a phrase from running over the border of two fields.
    return " _ ".join(" ".join(token.word for token in tokens(part)) for part in parts if part)
