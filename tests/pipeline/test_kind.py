"""What kind of post it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    arrest = "Polisi menangkap tersangka di Batam, kata Kombes Bagus. "
    once = load_reader().read(arrest + "Lowongan kerja.", post_id="p")
    often = load_reader().read(arrest * 40 + "Lowongan kerja.", post_id="p")
    assert often.kind is once.kind is PostKind.NEWS


def test_the_model_speaks_of_every_kind() -> None:
    assert len(read_model().start) == len(PostKind) and all(read_model().start)


KINDS = [json.loads(line) for line in (Path(__file__).parent / "kinds.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("post", [post for post in KINDS if post["kind"] in ("plea", "warning")], ids=lambda p: p["id"])
def test_no_plea_and_no_warning_is_an_offer(post: dict[str, str]) -> None:
    reading = load_reader().read(post["text"], post_id=post["id"])
    assert reading.kind is not PostKind.RECRUITMENT or reading.kind_confidence < 0.6


@pytest.mark.parametrize("lang", sorted({post["lang"] for post in KINDS}))
def test_the_kinds_are_told_in_every_language(lang: str) -> None:
    posts = [post for post in KINDS if post["lang"] == lang]
    right = sum(kind(post["text"]) == post["kind"] for post in posts)
    assert right >= 0.9 * len(posts)


def test_a_plea_that_names_the_recruiters_number_is_a_plea() -> None:
    plea = (
        "Adik saya dijanjikan kerja admin gaji 9 juta oleh 0812-0000-9911. Sekarang disekap, tidak bisa pulang. Tolong!"
    )
    assert kind(plea) == "plea"


def test_an_advert_that_denies_fraud_stays_an_advert() -> None:
    assert kind("Bukan penipuan! Dibutuhkan admin Poipet, gaji 900 USD, japri 0812-0000-9912") == "recruitment"


def test_an_advert_that_somebody_quotes_is_not_his_offer() -> None:
    advert = "Dibutuhkan operator pabrik, gaji 6 juta, mess gratis, hubungi 0812-0000-9914"
    quoting = f"Unggahan ini ramai dibagikan warga: “{advert}”. Perusahaan memastikan informasi itu bukan dari mereka."
    assert kind(advert) == "recruitment"
    assert kind(quoting) == "warning"


def test_words_set_wide_are_found() -> None:
    assert kind("Do  not  believe  job  offers  in  chats ,  report  it  to  the  police") == "warning"


def test_vietnamese_without_accents_is_read() -> None:
    assert kind("Canh giac voi loi moi di lam o nuoc ngoai, dung tin, to cao ngay") == "warning"


def test_who_looks_for_work_offers_none() -> None:
    assert kind("I am looking for a job as a cook, 5 years experience, call me 0900 000 9913") == "other"


@given(st.text(max_size=300))
def test_any_text_has_a_kind_and_a_probability(text: str) -> None:
    reading = load_reader().read(text, post_id="p")
    assert reading.kind in PostKind
    assert 0.0 < reading.kind_confidence <= 1.0
