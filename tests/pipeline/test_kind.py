"""What kind of post it is."""

from __future__ import annotations

import pytest

from casefile.records import PostKind
from pipeline.kind import read_model
from pipeline.reader import load_reader


def kind(text: str) -> PostKind:
    return load_reader().read(text, post_id="p").kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Akun Facebook mengunggah foto disertai narasi: lowongan kerja, gaji Rp 5 juta, syarat KTP", "warning"),
        ("Dibutuhkan segera karyawan, syarat KTP, gaji Rp 5 juta", "recruitment"),
        ("Polisi menangkap tersangka kasus lowongan kerja palsu, kata Kombes Bagus", "news"),
        ("Tolong selamatkan adik saya, dia disekap, tidak bisa pulang", "plea"),
        ("Pinjaman dana tunai, bunga ringan, menang hadiah", "other"),
        ("Good morning everyone", "other"),
    ],
)
def test_an_offer_is_told_from_what_is_said_about_offers(text: str, expected: str) -> None:
    assert kind(text) == expected


def test_a_cue_repeated_often_does_not_outweigh_all_others() -> None:
    once = load_reader().read("Lowongan kerja. Polisi menangkap tersangka.", post_id="p")
    often = load_reader().read("Polisi menangkap tersangka. " * 40 + "Lowongan kerja.", post_id="p")
    assert often.kind is once.kind is PostKind.NEWS


def test_the_model_speaks_of_every_kind() -> None:
    assert set(read_model().start) == set(PostKind)
