"""A small case that the commands are tried on: two recruiters towards Poipet, one honest advert, a warning, a plea."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from desk.cli import main

_OFFER = (
    "LOWONGAN KERJA KAMBOJA 🔥 PT Contoh Senja buka posisi admin chat penempatan Poipet, usia 18-35, tanpa pengalaman, "
    "gaji 9-14 juta per bulan, tiket dan paspor ditanggung, mess gratis. {city}. WA {phone} telegram @hr_senja_contoh"
)
POSTS = [
    {"id": "a1", "text": _OFFER.format(city="Berangkat dari Medan", phone="0812-0000-9101"), "author": "HR Senja"},
    {"id": "a2", "text": _OFFER.format(city="Berangkat dari Batam", phone="0812-0000-9102"), "author": "Info Senja"},
    {"id": "a3", "text": _OFFER.format(city="Berangkat dari Manado", phone="+62 812 0000 9101"), "author": "HR Senja"},
    {
        "id": "h1",
        "text": "Lowongan: staf gudang di Bekasi, PT Contoh Makmur. Penempatan Bekasi, gaji UMR, BPJS, wawancara di kantor. "
        "Kirim CV ke hrd@contohmakmur.example",
    },
    {
        "id": "w1",
        "text": "HATI-HATI penipuan! Jangan percaya lowongan ke Poipet dari 0812-0000-9101. Banyak korban disekap. Lapor polisi 110.",
    },
    {
        "id": "p1",
        "text": "Tolong bantu kami. Anak saya disekap di Poipet dan tidak bisa pulang, paspornya ditahan, kami diminta tebusan. "
        "Mohon hubungi saya 0813-0000-9909.",
        "author": "Ibu Contoh",
    },
]  # fmt: skip


class Answer(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


Jejak = Callable[..., Answer]


@pytest.fixture
def jejak(capfd: pytest.CaptureFixture[str]) -> Jejak:
    """Run a command and return its exit code and output."""

    def run(*arguments: object) -> Answer:
        capfd.readouterr()
        try:
            main([str(a) for a in arguments])
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        return Answer(code, *capfd.readouterr())

    return run


@pytest.fixture
def filled(tmp_path: Path, jejak: Jejak) -> Path:
    """A case with the posts imported, read and connected."""
    given = tmp_path / "posts.jsonl"
    given.write_text("".join(json.dumps(post) + "\n" for post in POSTS), encoding="utf-8")
    folder = tmp_path / "case"
    for command in (("new", folder), ("import", folder, given), ("process", folder, "--workers", 1)):
        answer = jejak(*command)
        assert answer.code == 0, answer
    return folder
