"""Warning signs in eleven languages: sentences that show them, deny them, or neither.

signs.jsonl was written in three parts, each before its sentences were tried. By phrases alone, 122 of 289 signs of the first
part were found (8 false) and 12 of 40 denials; words that stand together (config/signs.yml) find them. Of the second part,
whose wordings are freer, 35 of 85 signs were found at first (3 false) and 7 of 18 denials; of the third, 28 of 47 (none
false) and 9 of 12: that is what to expect of wordings that nobody has thought of.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from casefile.records import Mention
from pipeline.extract.indicators import indicators, known_indicators
from pipeline.lexicon import find_senses
from pipeline.plain import make_plain

SENTENCES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parents[1] / "signs.jsonl").read_text("utf-8").splitlines()
]
LANGUAGES = ("id", "ms", "tl", "en", "vi", "th", "zh", "my", "km", "lo", "hi")


def read_signs(text: str, lang: str) -> list[Mention]:
    plain = make_plain(text)
    found = list(indicators(plain, find_senses(plain, lang)))
    assert all(text[mention.start : mention.end] == mention.surface for mention in found)
    return found


def told(sentence: dict[str, Any], *, denied: bool) -> set[str]:
    found = read_signs(sentence["text"], sentence["lang"])
    signs = [mention for mention in found if mention.attributes["weight"] != "fact"]
    return {mention.value for mention in signs if bool(mention.attributes.get("negated")) is denied}


def sentences(lang: str) -> list[dict[str, Any]]:
    return [sentence for sentence in SENTENCES if sentence["lang"] == lang]


def test_the_sentences_serve_every_language_and_name_known_signs() -> None:
    assert len(SENTENCES) >= 480
    assert all(Counter(one["lang"] for one in SENTENCES)[lang] >= 20 for lang in LANGUAGES)
    assert {sign for one in SENTENCES for sign in one["shows"] + one["denies"]} <= known_indicators().keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_signs_are_found_in_any_wording(lang: str) -> None:
    missed = [(one["text"], set(one["shows"]) - told(one, denied=False)) for one in sentences(lang)]
    wanted = sum(len(one["shows"]) for one in sentences(lang))
    assert sum(len(signs) for _, signs in missed) <= 0.1 * wanted, [row for row in missed if row[1]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_little_is_taken_for_a_sign_that_is_none(lang: str) -> None:
    false = [(one["text"], told(one, denied=False) - set(one["shows"])) for one in sentences(lang)]
    assert sum(len(signs) for _, signs in false) <= 2, [row for row in false if row[1]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_denied_sign_is_told_as_denied(lang: str) -> None:
    asserted = [one["text"] for one in sentences(lang) if not set(one["denies"]) <= told(one, denied=True)]
    assert asserted == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The ticket office at the airport keeps no visa forms.", "en"),
        ("Polisi menahan dua orang di bandara karena paspor palsu", "id"),
        ("Tôi muốn hỏi giá vé máy bay đi Đà Nẵng", "vi"),
        ("วันนี้อากาศดี ไปเที่ยวกับเพื่อน", "th"),
        ("护照到期了怎么办", "zh"),
        ("मुझे टिकट कैसे मिलेगा?", "hi"),
    ],
)
def test_words_of_signs_in_other_talk_are_none(text: str, lang: str) -> None:
    assert [mention.value for mention in read_signs(text, lang) if mention.confidence > 0.5] == []


def test_words_of_two_sentences_make_no_sign() -> None:
    assert read_signs("Bawa paspor. Motor saya ditahan polisi.", "id") == []


def test_a_million_characters_of_sign_words_are_read() -> None:
    found = read_signs("paspor ditahan gaji dipotong " * 35_000, "id")
    assert {"document-retention", "debt-advance-deduction"} <= {mention.value for mention in found}
