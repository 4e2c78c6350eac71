"""How much a post deserves a look, and why."""

from __future__ import annotations

from casefile.records import Reading
from pipeline.reader import load_reader

LURE = "Lowongan admin di Myawaddy! Gaji 1.000 USD, tiket dan mess gratis, tanpa pengalaman. Telegram @sample_hr_88"
HONEST = (
    "PT Contoh Maju Tbk membuka lowongan Admin. Kualifikasi: S1, pengalaman 2 tahun. Tanggung jawab pekerjaan: arsip. "
    "Fasilitas: BPJS. Penempatan: Surabaya. Kirim lamaran ke hrd@contohmaju.co.id"
)


def read(text: str) -> Reading:
    return load_reader().read(text, post_id="p")


def test_a_lure_scores_far_above_an_honest_offer() -> None:
    assert read(LURE).suspect > 0.8 > 0.2 > read(HONEST).suspect


def test_the_reasons_name_the_place_and_the_signs() -> None:
    reasons = " | ".join(read(LURE).reasons)
    assert "sends to Myawaddy" in reasons
    assert "asks to continue in a chat" in reasons


def test_what_speaks_for_an_offer_is_told_too() -> None:
    assert "names a registered company" in read(HONEST).reasons


def test_a_warning_that_quotes_a_lure_is_no_suspect() -> None:
    assert read(f"Waspada penipuan! Kembali beredar pesan ini, jangan percaya: {LURE}").suspect < 0.3


def test_a_denied_sign_does_not_count() -> None:
    assert (
        read("Lowongan kasir. Tidak ada biaya pendaftaran.").suspect
        <= read("Lowongan kasir. Biaya pendaftaran.").suspect
    )
