"""Letters that only look Latin become Latin where a word has Latin ones, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.homoglyphs import without_homoglyphs
from pipeline.folding import fold


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Теlеgrаm: x", "Telegram: x"),
        ("О812 З456", "O812 3456"),
        ("Τelegram", "Telegram"),
        ("rоse@lotus.example", "rose@lotus.example"),
    ],
)
def test_a_mixed_word_is_read_as_it_looks(written: str, meant: str) -> None:
    assert without_homoglyphs(fold(written)).text == meant


@pytest.mark.parametrize("text", ["сос", "вахта в Москве", "ΑΒΓ", "5 рублей", "ВАТСАП 812"])
def test_a_foreign_word_stays_foreign(text: str) -> None:
    assert without_homoglyphs(fold(text)).text == text


@given(st.text(st.sampled_from("Теlgа0 .-_ХОЗabz\u200b\n"), max_size=60))
def test_no_place_moves(text: str) -> None:
    folded = fold(text)
    plain = without_homoglyphs(folded)
    assert len(plain.text) == len(folded.text)
    assert plain.span(0, len(plain.text)) == folded.span(0, len(folded.text))
