"""How much a post deserves a look, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casefile.records import Reading
from pipeline.reader import load_reader

LURE = "Lowongan admin di Myawaddy! Gaji 1.000 USD, tiket dan mess gratis, tanpa pengalaman. Telegram @sample_hr_88"
HONEST = (
    "PT Contoh Maju Tbk membuka lowongan Admin. Kualifikasi: S1, pengalaman 2 tahun. Tanggung jawab pekerjaan: arsip. "
    "Fasilitas: BPJS. Penempatan: Surabaya. Kirim lamaran ke hrd@contohmaju.co.id"
)

KINDS = [json.loads(line) for line in (Path(__file__).parent / "kinds.jsonl").read_text("utf-8").splitlines()]


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


def test_an_honest_agency_with_licence_and_office_stays_low() -> None:
    agency = (
        "Halimbawa Manpower (licence no. 000-DEMO) is recruiting caregivers for Japan. Interview at our office, "
        "diploma and 1 year of experience. Social security, paid leave. Apply at jobs@halimbawa.example"
    )
    assert read(agency).suspect < 0.2
    assert "names a licence, an office or an interview" in read(agency).reasons


def test_money_for_hardly_any_work_is_worth_a_look() -> None:
    assert read("You have been selected! Earn $200 daily, just like videos, WhatsApp +44 7000 000601").suspect > 0.7


def test_habits_of_compounds_count_together() -> None:
    lure = (
        "Hiring chat agents in Bavet! Free ticket, free food and room, no experience, no interview. Telegram @endemo01"
    )
    assert "shows several habits of compound recruiters at once" in read(lure).reasons


@pytest.mark.parametrize("post", [post for post in KINDS if post["kind"] != "recruitment"], ids=lambda p: p["id"])
def test_what_is_no_offer_is_no_suspect(post: dict[str, str]) -> None:
    assert read(post["text"]).suspect < 0.5


def test_lures_stand_above_honest_offers() -> None:
    offers = [(read(post["text"]).suspect, post["suspect"]) for post in KINDS if post["kind"] == "recruitment"]
    lures, honest = ([score for score, lure in offers if bool(lure) is side] for side in (True, False))
    above = sum(lure > other for lure in lures for other in honest)
    assert above > 0.9 * len(lures) * len(honest)
