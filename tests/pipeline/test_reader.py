"""The reader holds under any text, and reads the same in one process and in many."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.records import Label, Reading
from pipeline import version
from pipeline.processes import in_processes
from pipeline.reader import Text, load_reader

ANY_TEXT = st.text(max_size=400) | st.text("0123456789+() -./:@", max_size=200)
PIECES = st.sampled_from(
    [
        "PT ",
        "Sdn Bhd ",
        "Mr. ",
        "gaji ",
        "5 juta ",
        "公司",
        "บริษัท",
        "จำกัด",
        "🇰🇭",
        "\u200b",
        "\ud800",
        "wa.me/62",
        "(AB) ",
        "di ",
        "Kamboja ",
        "\n",
        "ក្រុមហ៊ុន",
        "no ",
    ]
)


def check(text: str) -> Reading:
    reading = load_reader().read(text, post_id="p")
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.surface != ""
        assert 0.0 <= mention.confidence <= 1.0
        assert mention.value
        # a place that only the model knows has a name and no country
        assert mention.label is not Label.LOC or {"country", "name"} & set(mention.attributes)
        assert mention.label is not Label.LOC or "role" in mention.attributes
    assert 0.0 <= reading.suspect <= 1.0
    return reading


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_any_text_is_read_with_true_offsets(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_heap_of_cues_is_read_with_true_offsets(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["", "\n", "\ud800\udfff", "\x00" * 50, "é" * 10, "a\u0301" * 500, "\U0010ffff"])
def test_odd_texts_are_read(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "piece", ["A ", "PT A ", "公司", "0", "(AB) ", "no fee ", "di Kamboja ", "Mr. Budi ", "\n", "@"]
)
def test_a_very_long_text_is_read(piece: str) -> None:
    check(piece * (60_000 // len(piece)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_what_stands_around_a_number_does_not_hide_it(around: str) -> None:
    reading = check(f"{around}\n\nHubungi +62 812-0000-1234\n\n{around}")
    assert "+6281200001234" in {mention.value for mention in reading.mentions if mention.label is Label.PHONE}


def test_reading_twice_gives_the_same() -> None:
    text = "Kerja di Poipet, gaji RM8,000, hubungi Pak Budi +60 12-300 0123"
    assert check(text) == check(text)


def test_a_language_that_is_told_is_believed() -> None:
    assert load_reader().read("Call 0812 0000 1234", post_id="p", lang="id").lang == "id"


def test_a_region_that_is_told_gives_numbers_their_country() -> None:
    reading = load_reader().read("Call me: 012 300 0123", post_id="p", region="MY")
    assert [mention.value for mention in reading.mentions] == ["+60123000123"]


def test_two_processes_read_what_one_reads() -> None:
    texts = [Text(post_id=str(i), text=f"Kerja di Poipet {i}, hubungi +62 812-0000-{i:04}") for i in range(150)]
    assert list(load_reader().read_many(texts, workers=2)) == list(load_reader().read_many(texts))


def double_or_die(numbers: list[int]) -> list[str]:
    if 13 in numbers:
        os._exit(1)
    return [str(2 * number) for number in numbers]


def lost(number: int) -> str:
    return f"lost {number}"


def test_a_process_that_dies_costs_one_item() -> None:
    portions = [[10, 11], [12, 13, 14], [15]]
    results = list(in_processes(portions, double_or_die, lost, workers=2))
    assert results == ["20", "22", "24", "lost 13", "28", "30"]


def test_the_version_knows_every_file_that_reading_asks_for() -> None:
    folder = Path(version.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    asked = set(re.findall(r'read_(?:table|lists)\("([a-z_]+)"', code))
    assert asked == {Path(name).stem for name in version.CONFIG_FILES}
