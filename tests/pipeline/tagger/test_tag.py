"""The model's door: names with exact spans, in every script and case, in any text, in linear time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.records import Label
from pipeline.folding import fold
from pipeline.reader import load_reader
from pipeline.tagger import model
from pipeline.tagger.features import cut_thai
from pipeline.tagger.sequences import sequences
from pipeline.tagger.tag import tag_names
from pipeline.tagger.tokens import tokens_of

SCRIPTS = st.sampled_from("abcXYZ 0١๑.,\n@【】กขคเ่ะ中国王缅北ကခမြ့်ា្កខហनमस्ते👍🇰🇭\u200b\u0301")


def named(text: str) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.label) for name in tag_names(text)]


@given(st.text(SCRIPTS, max_size=300))
@settings(max_examples=100, deadline=None)
def test_tokens_hold_every_character_once_and_sequences_every_token(text: str) -> None:
    tokens = list(tokens_of(text, cut_thai))
    assert [token.text for token in tokens] == [text[token.start : token.end] for token in tokens]
    assert "".join(token.text for token in tokens) == "".join(text.split(" ")) or "".join(
        char for token in tokens for char in token.text if not char.isspace()
    ) == "".join(char for char in text if not char.isspace())
    assert [token for _, held in sequences(text) for token in held] == tokens


@given(st.text(max_size=200) | st.text(SCRIPTS, max_size=300))
@settings(max_examples=60, deadline=None)
def test_names_lie_in_the_text_in_order(text: str) -> None:
    folded = fold(text).text
    at = 0
    for name in tag_names(folded):
        assert at <= name.start < name.end <= len(folded)
        assert folded[name.start : name.end].strip() and "\n" not in folded[name.start : name.end]
        assert 0 < name.probability <= 1
        at = name.end


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi Ibu Ratnawulan Sukmajati untuk keterangan lebih lanjut.",
        "hubungi ibu ratnawulan sukmajati untuk keterangan lebih lanjut.",
        "HUBUNGI IBU RATNAWULAN SUKMAJATI UNTUK KETERANGAN LEBIH LANJUT.",
    ],
)
def test_a_name_is_found_with_and_without_capitals(text: str) -> None:
    assert [(words.lower(), label) for words, label in named(text)] == [("ratnawulan sukmajati", "PERSON")]


def test_a_name_stays_when_other_lines_stand_around() -> None:
    text = "Hubungi Ibu Ratnawulan Sukmajati untuk keterangan lebih lanjut."
    assert named(text)[0] in named(f"Selamat pagi semuanya.\n\n{text}\n\nTerima kasih.")


@pytest.mark.parametrize("piece", ["a", "กรุงเทพ", "中", "က", "Ibu Sari ", "\n", "((((", "ក្ក", "@ "])
def test_two_hundred_thousand_characters_of_anything_are_read(piece: str) -> None:
    assert isinstance(list(tag_names(piece * (200_000 // len(piece)))), list)


def test_without_a_model_the_rules_still_read(tmp_path: Path) -> None:
    try:
        model.read_from(tmp_path)
        mentions = load_reader().read("PT Contoh Maju mencari admin di Medan", post_id="p").mentions
    finally:
        model.read_from(model.MODEL)
    assert {mention.surface for mention in mentions if mention.label is Label.ORG} == {"PT Contoh Maju"}


def test_the_reader_can_be_asked_for_rules_alone() -> None:
    text = "Kemarin Ratnawulan Sukmajati pergi ke pasar bersama Wirasena Hadibrata."
    by_rules, with_model = (load_reader(model=asked).read(text, post_id="p").mentions for asked in (False, True))
    assert "model" not in {mention.extractor for mention in by_rules}
    assert "Wirasena Hadibrata" in {mention.surface for mention in with_model}


def places(text: str) -> list[str]:
    return [mention.surface for mention in load_reader().draft(text).mentions if mention.label is Label.LOC]


def test_an_unknown_place_must_be_surer_in_several_sentences_than_in_one() -> None:
    sentence = "Lumubog ang MV Reyna ng Silangan malapit sa Isla ng Sibuyan."
    assert "Sibuyan" in places(sentence)
    assert "Sibuyan" not in places(f"{sentence} Nailigtas ng Coast Guard ang 41 pasahero.")


def test_a_chinese_company_does_not_begin_with_the_place_before_a_space() -> None:
    found = load_reader().draft("阿联酋迪拜 YPay金融公司诚聘 UI设计师 薪水面议 | 包食宿").mentions
    names = [(mention.label, mention.surface) for mention in found if mention.label in (Label.ORG, Label.LOC)]
    assert names == [(Label.LOC, "阿联酋"), (Label.LOC, "迪拜"), (Label.ORG, "YPay金融公司")]
