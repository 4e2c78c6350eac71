"""The words of dossiers: hostile values stay values, translations fit their sentences, what is missing is told."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.errors import NotFound
from casefile.settings import CONFIG_FOLDER
from desk.dossier.statements import definitions
from desk.handing_over.held_back import Why
from desk.languages import Country, Language, counted, find_language, languages, phrase
from desk.report.wording import ICD_203, LINK_WORDS, TLP_MEANING

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [code for code in languages() if code != "en"]
WHOLE = ("id", "th", "vi", "zh")
"""Languages into which every sentence is translated; of the others, part stands in English."""
_PLACE = re.compile(r"\{\w*\}")


def sentences_in_code() -> set[str]:
    """The English sentences that templates and modules tell."""
    found: set[str] = set()
    for room in ("desk/dossier", "desk/referral"):
        for path in (ROOT / room).rglob("*.j2"):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r'say\("([^"]+)"', text))
            for caption, heads in re.findall(r'table\("([^"]+)", \(([^)]*)\)', text):
                found |= {caption, *re.findall(r'"([^"]+)"', heads)}
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r'\bphrase\(\s*"([^"]+)"', text))
            found |= {f"{{n}} {one}s" for one in re.findall(r'\bcounted\([^"]+"([^"]+)"\)', text)}
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_what_is_filled_in(language: str) -> None:
    told = find_language(language).sentences
    assert len(told) > 200
    for english, words in told.items():
        assert sorted(_PLACE.findall(english)) == sorted(_PLACE.findall(words)), english


@pytest.mark.parametrize("language", WHOLE)
def test_every_sentence_is_translated(language: str) -> None:
    told = find_language(language).sentences
    with (CONFIG_FOLDER / "indicators.csv").open(encoding="utf-8") as file:
        signs = {row["title"] for row in csv.DictReader(file) if row["weight"] != "fact"}
    recorded = {*definitions(), *definitions().values(), *LINK_WORDS.values(), *TLP_MEANING.values(), *signs}
    reasons = {why.value if why is Why.PLEA else f"{{what}} {why}" for why in Why}
    wanted = sentences_in_code() | recorded | reasons | {words for _, words in ICD_203}
    assert len(wanted) > 250
    assert sorted(wanted - told.keys()) == []


@given(st.text(max_size=60))
def test_a_value_never_becomes_markup_or_a_place_to_fill(value: str) -> None:
    told = Language("en").say("They name the company {company}.", company=value)
    assert "<" not in told.replace("<bdi>", "").replace("</bdi>", "").replace('<i class="unseen">', "").replace(
        "</i>", ""
    )
    assert told.startswith("They name the company <bdi>")


def test_what_is_missing_is_told_in_english_marked_as_such_and_remembered() -> None:
    language = Language("id", {"Yes": "Ya"})
    assert language.say("Yes") == "Ya"
    assert language.say("Not known, {name}", name="<b>") == '<span lang="en">Not known, <bdi>&lt;b&gt;</bdi></span>'
    assert language.missing == {"Not known, {name}"}


def test_english_counts_in_its_number_and_the_others_without() -> None:
    assert [str(Language("en").say(counted(n, "job offer"))) for n in (0, 1, 2)] == [
        "0 job offers",
        "1 job offer",
        "2 job offers",
    ]
    assert str(find_language("id").say(counted(1, "job offer"))) == "1 tawaran kerja"


def test_dates_countries_and_lists_are_told_as_readers_know_them() -> None:
    day = datetime(2026, 5, 3, tzinfo=UTC)
    told = {code: Language(code, {"{a}; {b}; {c}": "{a}; {b}; {c}"}) for code in ("id", "zh")}
    values = {"a": day, "b": Country("KH"), "c": ("Poipet", "Bavet")}
    filled = {code: re.sub("</?bdi>", "", one.say("{a}; {b}; {c}", **values)) for code, one in told.items()}  # type: ignore[arg-type]  # a dict of values
    assert filled == {"id": "3 Mei 2026; Kamboja; Poipet dan Bavet", "zh": "2026年5月3日; 柬埔寨; Poipet和Bavet"}


def test_phrases_stand_in_phrases() -> None:
    inner = phrase("{town} ({country})", town="Poipet", country=Country("KH"))
    assert Language("en").say("To {place}", place=inner) == "To <bdi>Poipet</bdi> (<bdi>Cambodia</bdi>)"


def test_a_language_that_is_not_spoken_is_refused_with_those_that_are() -> None:
    with pytest.raises(NotFound, match="id"):
        find_language("../en")
