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
_BY_SCRIPT = {
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f\uaa60-\uaa7f",
    "km": "\u1780-\u17ff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "si": "\u0d80-\u0dff",
    "ko": "\uac00-\ud7af\u1100-\u11ff",
    "ja": "\u3040-\u30ff",
    "zh": "\u3400-\u9fff",
    "ar": "\u0600-\u06ff",
    "ru": "\u0400-\u04ff",
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
}
_RUNS = re.compile("|".join(f"(?P<{name}>[{letters}]+)" for name, letters in _BY_SCRIPT.items()))
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
    scripts: Counter[str] = Counter()
    for match in _RUNS.finditer(sample):
        name = match.lastgroup or "latin"
        scripts[name] += len(match.group())
    if not scripts:
        return UNKNOWN
    weighed = {name: count * _WEIGHT.get(name, 1.5) for name, count in scripts.items()}
    main = max(weighed, key=lambda name: weighed[name])
    if main == "zh" and scripts["ja"] * 5 > scripts["zh"]:
        return "ja"
    if main == "hi":
        return "ne" if _tells("ne", sample) > _tells("hi", sample) else "hi"
    return _latin_language(sample) if main == "latin" else main


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
