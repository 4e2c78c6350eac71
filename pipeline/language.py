"""The languages of a post: by script where that tells, by everyday words where several languages share one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pipeline.tables import read_lists

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
_MARKS = dict(zip("abcdefghijklmn", _RANGES, strict=True))  # one letter for each script
_WEIGHT = {"latin": 1.0, "zh": 5.0, "ja": 2.0, "ko": 2.5}  # letters of these scripts say more than one Latin letter
_WEIGHT_OF_OTHERS = 1.5
_LATIN = ("en", "id-ms", "vi", "tl", "hi-latin", "de", "fr", "es", "pt", "jv", "su", "ceb", "id", "ms")
_COMMON = {"id": "id-ms", "ms": "id-ms"}
_TOLD_AS = {"id-ms": "id", "hi-latin": "hi"}
_MOST_OF_A_WORD = 3  # a word that returns more often says no more
_OF_ENGLISH = 0.6  # English stands in adverts of every language, which are then the writer's
_OF_A_SHARED_WORD = 0.5  # for another language, where English has the word as well
_SURE = 4  # votes for a language from which on the shapes of words are not looked at
_OF_A_SHAPE = 0.5  # votes for the ending or beginning of a word that no list holds
_FURTHER = 0.3  # the share of the main language's weight from which on another is told as well
_FURTHER_VOTES = 3
_LETTER = re.compile("[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile("[ăđơưạ-ỹ]")  # letters that no other language here writes
# A run of ASCII with @, :// or a slash after a dot in it, or www. or # before it; looked at once from its start.
_ADDRESS = re.compile(r"(?<![!-~])(?:#|www\.|[!-~]*?(?:@|://)|[!-\-/-~]*+\.[!-.0-~]*+/)[!-~]*+")


def detect_language(text: str) -> str:
    """ISO 639 code of the language that most of a text is written in; `und` where nothing tells."""
    return next(iter(detect_languages(text)), UNKNOWN)


def detect_languages(text: str) -> tuple[str, ...]:
    """ISO 639 codes of the languages of a text, the main one first; none where nothing tells."""
    sample = _without_addresses(text[:_ENOUGH].lower())
    if sample.isascii():
        return _latin_languages(sample) if _LETTER.search(sample) else ()
    weights = _scripts(sample)
    if not weights:
        return ()
    most = max(weights.values())
    told = [script for script in weights if weights[script] >= _FURTHER * most]
    told.sort(key=lambda script: -weights[script])
    languages = [lang for script in told for lang in _languages_of(script, sample)]
    return tuple(dict.fromkeys(languages))


def is_taken_for(lang: str, told: str) -> bool:
    """Whether posts in `lang` may be told as `told` because we cannot tell `lang`: by the script alone, as Czech is."""
    known = {*_LATIN, *_RANGES, "ne"}
    return lang not in known and told not in _RANGES


class _ScriptTable(dict[int, str]):
    """For `str.translate`: the mark of each character's script, a space where it tells none."""

    def __missing__(self, code: int) -> str:
        marks = (mark for mark, script in _MARKS.items() if any(low <= code <= high for low, high in _RANGES[script]))
        self[code] = next(marks, " ")
        return self[code]


_SCRIPTS = _ScriptTable()


def _without_addresses(text: str) -> str:
    """The text without links, accounts and tags: their words are no words of the writer."""
    if "@" in text or "/" in text or "#" in text or "www." in text:
        return _ADDRESS.sub(" ", text)
    return text


def _scripts(sample: str) -> dict[str, float]:
    """The weight of every script that occurs; kana among Chinese letters make them Japanese."""
    marked = sample.translate(_SCRIPTS)
    letters = {script: count for mark, script in _MARKS.items() if (count := marked.count(mark))}
    if "ja" in letters and "zh" in letters:
        if letters["ja"] * 5 > letters["zh"]:
            letters["ja"] += letters.pop("zh")
        else:
            letters["zh"] += letters.pop("ja")
    return {script: count * _WEIGHT.get(script, _WEIGHT_OF_OTHERS) for script, count in letters.items()}


def _languages_of(script: str, sample: str) -> tuple[str, ...]:
    if script == "latin":
        return _latin_languages(sample)
    if script == "hi":
        words = sample.split()
        telling = _lists()
        return ("ne",) if _count(words, telling["ne"]) > _count(words, telling["hi"]) else ("hi",)
    return (script,)


def _count(words: Iterable[str], known: frozenset[str]) -> int:
    return sum(word in known for word in words)


def _latin_languages(sample: str) -> tuple[str, ...]:
    """By votes of telling words; by borrowed words, endings and beginnings where those are few."""
    counts = Counter(_WORD.findall(sample))
    votes = _votes(counts)
    if not sample.isascii():
        votes["vi"] += len(_VIETNAMESE.findall(sample))
    if max(votes.values()) < _SURE:
        _add_shapes(votes, counts)
    indonesian, malay = votes.pop("id"), votes.pop("ms")
    votes["id-ms"] += max(indonesian, malay)
    most = max(votes.values())
    if not most:
        return ("en",) if counts.keys() & _lists()["borrowed"] else ()
    first = next(lang for lang in votes if votes[lang] == most)
    enough = max(_FURTHER_VOTES, _FURTHER * most)
    others = [lang for lang in votes if lang != first and votes[lang] >= enough]
    told = [first, *(_with_words_of_their_own(first, others, counts, enough) if others else ())]
    names = {**_TOLD_AS, "id-ms": "ms" if malay > indonesian else "id"}
    return tuple(names.get(lang, lang) for lang in told)


def _with_words_of_their_own(first: str, others: list[str], counts: Mapping[str, int], enough: float) -> Iterator[str]:
    """Those of the other languages that enough words speak for which neither the first nor another one before has."""
    told, telling = {first}, _telling().words
    for lang in others:
        own = 0
        for word in counts.keys() & telling.keys():
            langs = {_COMMON.get(known, known) for known, _ in telling[word]}
            own += lang in langs and not langs & told
        if own >= enough:
            told.add(lang)
            yield lang


def _votes(counts: Mapping[str, int]) -> dict[str, float]:
    votes = dict.fromkeys(_LATIN, 0.0)
    telling = _telling().words
    for word in counts.keys() & telling.keys():
        count = counts[word]
        for lang, weight in telling[word]:
            votes[lang] += weight * (count if count < _MOST_OF_A_WORD else _MOST_OF_A_WORD)
    return votes


def _add_shapes(votes: dict[str, float], counts: Iterable[str]) -> None:
    telling = _telling()
    for word in counts:
        if word in telling.words:
            continue
        for ends, langs in telling.endings:
            if word.endswith(ends):
                votes[langs] += _OF_A_SHAPE
        for begins, lang in telling.beginnings:
            if word.startswith(begins) and len(word) > 5:
                votes[lang] += _OF_A_SHAPE


class _Telling(NamedTuple):
    """The languages of Latin letters that each word, each ending and each beginning speaks for."""

    words: dict[str, tuple[tuple[str, float], ...]]
    endings: tuple[tuple[tuple[str, ...], str], ...]
    beginnings: tuple[tuple[tuple[str, ...], str], ...]


@cache
def _telling() -> _Telling:
    lists, words = _lists(), dict[str, tuple[tuple[str, float], ...]]()
    for lang in _LATIN:
        for word in lists[lang] | (lists["vi-plain"] if lang == "vi" else frozenset()):
            weight = _OF_ENGLISH if lang == "en" else _OF_A_SHARED_WORD if word in lists["en"] else 1.0
            words[word] = (*words.get(word, ()), (lang, weight))
    shapes = read_lists("languages")
    endings, beginnings = (
        tuple((tuple(str(parts).split()), str(lang)) for lang, parts in shapes[name].items())
        for name in ("endings", "beginnings")
    )
    return _Telling(words, endings, beginnings)


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {
        str(name): frozenset(words.split()) for name, words in read_lists("languages").items() if isinstance(words, str)
    }
