"""The main language of a post: by script where that tells, by lingua and telling words where it does not."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from pipeline.tables import read_lists

if TYPE_CHECKING:
    from lingua import LanguageDetector

UNKNOWN = "und"
_ENOUGH = 4000  # characters; a longer text tells nothing more
_RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "latin": ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)),
    "th": ((0x0E00, 0x0E7F),),
    "lo": ((0x0E80, 0x0EFF),),
    "my": ((0x1000, 0x109F), (0xAA60, 0xAA7F)),
    "km": ((0x1780, 0x17FF),),
    "hi": ((0x0900, 0x097F),),
    "bn": ((0x0980, 0x09FF),),
    "ta": ((0x0B80, 0x0BFF),),
    "si": ((0x0D80, 0x0DFF),),
    "ko": ((0xAC00, 0xD7AF), (0x1100, 0x11FF)),
    "ja": ((0x3040, 0x30FF),),
    "zh": ((0x3400, 0x9FFF),),
    "ar": ((0x0600, 0x06FF),),
    "ru": ((0x0400, 0x04FF),),
}
_MARKS = dict(zip(_RANGES, "abcdefghijklmn", strict=True))  # one letter for each script
_ENOUGH_LATIN = 400  # for lingua, whose cost grows with the length
_MANY_VOTES = 4
_MOST_OF_A_WORD = 3  # a word that returns more often says no more
_WEIGHT = {"latin": 1.0, "zh": 5.0, "ja": 2.0, "ko": 2.5}  # letters of these scripts say more than one Latin letter
_SURROGATES = re.compile("[\ud800-\udfff]")
_LETTER = re.compile("[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """ISO 639-1 of the language that most of a text is written in; `und` where nothing tells."""
    sample = _without_addresses(text[:_ENOUGH])
    if sample.isascii():
        return _latin_language(sample) if _LETTER.search(sample) else UNKNOWN
    marked = sample.translate(_SCRIPTS)
    scripts = {name: marked.count(mark) for name, mark in _MARKS.items()}
    if not any(scripts.values()):
        return UNKNOWN
    weighed = {name: count * _WEIGHT.get(name, 1.5) for name, count in scripts.items()}
    main = max(weighed, key=lambda name: weighed[name])
    if main == "zh" and scripts["ja"] * 5 > scripts["zh"]:
        return "ja"
    if main == "hi":
        return "ne" if _tells("ne", sample) > _tells("hi", sample) else "hi"
    return _latin_language(sample) if main == "latin" else main


def is_taken_for(lang: str, told: str) -> bool:
    """Whether posts in `lang` may be told as `told` because we cannot tell `lang`: by the script alone, as German is."""
    known = {"en", *_RANGES, "ne", *_telling_words()}
    return lang not in known and told not in _RANGES


class _ScriptTable(dict[int, str]):
    """For `str.translate`: the mark of each character's script, a space where it tells none."""

    def __missing__(self, code: int) -> str:
        of = (name for name, ranges in _RANGES.items() if any(low <= code <= high for low, high in ranges))
        self[code] = _MARKS.get(next(of, ""), " ")
        return self[code]


_SCRIPTS = _ScriptTable()


def _without_addresses(text: str) -> str:
    """The words that are no links, accounts or tags; surrogates, which lingua refuses, go too."""
    words = (word for word in text.split() if not ("@" in word or "://" in word or word.startswith(("www.", "#"))))
    return _SURROGATES.sub("", " ".join(words))


def _latin_language(sample: str) -> str:
    """Telling words first, since posts are short and mixed; lingua where they are silent or at odds."""
    counts = Counter(_WORD.findall(sample.lower()))
    votes = dict.fromkeys(("en", "vi", "tl", "id-ms", "hi-latin", "id", "ms"), 0)
    for word in counts.keys() & _languages_of_words().keys():
        for lang in _languages_of_words()[word]:
            votes[lang] += min(counts[word], _MOST_OF_A_WORD)
    indonesian, malay = votes.pop("id"), votes.pop("ms")
    votes["id-ms"] += max(indonesian, malay)
    first, second = sorted(votes, key=lambda lang: -votes[lang])[:2]
    margin = 3 if votes[first] < _MANY_VOTES else 2
    sure = votes[first] >= 2 and votes[first] >= margin * votes[second]
    guess = first if sure else _ask_lingua(sample) or (first if votes[first] else UNKNOWN)
    if not sure and votes[first] >= 2 * max(1, votes.get("id-ms" if guess in ("id", "ms") else guess, 0)):
        guess = first
    if guess in ("id-ms", "id", "ms") and indonesian != malay:
        return "ms" if malay > indonesian else "id"
    return {"id-ms": "id", "hi-latin": "hi"}.get(guess, guess)


def _ask_lingua(sample: str) -> str | None:
    detected = _detector().detect_language_of(sample[:_ENOUGH_LATIN])
    return detected.iso_code_639_1.name.lower() if detected else None


def _tells(lang: str, sample: str) -> int:
    known = _telling_words()[lang]
    return sum(word in known for word in sample.split())


@cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    """The languages of Latin letters that each telling word speaks for."""
    found: dict[str, tuple[str, ...]] = {}
    for lang in ("en", "vi", "tl", "id-ms", "hi-latin", "id", "ms"):
        for word in _telling_words()[lang]:
            found[word] = (*found.get(word, ()), lang)
    return found


@cache
def _telling_words() -> dict[str, frozenset[str]]:
    return {str(lang): frozenset(str(words).split()) for lang, words in read_lists("languages").items()}


@cache
def _detector() -> LanguageDetector:
    from lingua import Language, LanguageDetectorBuilder

    latin = (Language.ENGLISH, Language.INDONESIAN, Language.MALAY, Language.VIETNAMESE, Language.TAGALOG)
    return LanguageDetectorBuilder.from_languages(*latin).with_preloaded_language_models().build()
