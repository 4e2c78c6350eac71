"""`import --preview`: what would be read is shown, and nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk.commands.conftest import Jejak

TABLE = "Tanggal,Pengirim,Isi Pesan,Catatan\n12/07/2026 22:35,Ayu,Butuh admin ke Poipet,x\n"


@pytest.fixture
def case(tmp_path: Path, jejak: Jejak) -> Path:
    folder = tmp_path / "case"
    assert jejak("new", folder).code == 0
    return folder


def test_columns_are_shown_before_anything_is_kept(case: Path, jejak: Jejak, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(TABLE, encoding="utf-8")
    before = sorted(path.name for path in (case / "evidence").iterdir())
    answer = jejak("import", case, table, "--preview")
    assert answer.code == 0
    for words in (
        "Isi Pesan",
        "published",
        "not used",
        "2026-07-12 22:35",
        "Butuh admin ke Poipet",
        "Nothing was kept",
    ):
        assert words in answer.out
    assert sorted(path.name for path in (case / "evidence").iterdir()) == before


def test_a_preview_for_machines_is_one_object_a_file(case: Path, jejak: Jejak, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(TABLE, encoding="utf-8")
    told = json.loads(jejak("import", case, table, "--preview", "--json", "--column", "text=Catatan").out)["preview"]
    assert told["kind"] == "csv"
    assert [post["text"] for post in told["posts"]] == ["x"]


def test_a_file_of_which_nothing_can_be_read_ends_with_a_way_out(case: Path, jejak: Jejak, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("A,B\n1,halo\n", encoding="utf-8")
    answer = jejak("import", case, table, "--preview")
    assert answer.code == 1
    assert "text=B" in answer.err
