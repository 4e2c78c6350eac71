import gzip
import os
from pathlib import Path

import pytest
from openpyxl import Workbook

from crawlers.importing.model import ImportKind
from crawlers.importing.options import make_options
from crawlers.importing.preview import Preview, preview


def _preview(path: Path, **told: object) -> list[Preview]:
    nothing = dict.fromkeys(("source", "timezone", "region", "lang", "date_order"))
    return list(preview(path, make_options(path, **{**nothing, "columns": {}, **told})))  # type: ignore[arg-type]


def _table(path: Path, kind: str) -> Path:
    if kind == "xlsx":
        book = Workbook()
        for row in (("Tanggal", "Jam", "Isi", "Catatan"), ("12/07/2026", "22:35", "loker admin", "x")):
            book.active.append(row)
        book.save(path)
    elif kind == "csv":
        path.write_text("Tanggal,Jam,Isi,Catatan\n12/07/2026,22:35,loker admin,x\n", encoding="utf-8")
    else:
        path.write_text(
            '{"Tanggal": "12/07/2026", "Jam": "22:35", "Isi": "loker admin", "Catatan": "x"}\n', encoding="utf-8"
        )
    return path


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
def test_the_columns_of_a_table_are_shown_with_what_they_are_taken_for(tmp_path: Path, kind: str) -> None:
    (shown,) = _preview(_table(tmp_path / f"t.{kind}", kind))
    assert [(guess.name, guess.field, guess.example) for guess in shown.columns] == [
        ("Tanggal", "published", "12/07/2026"), ("Jam", "published (hour)", "22:35"), ("Isi", "text", "loker admin"),
        ("Catatan", None, "x"),
    ]  # fmt: skip
    assert [post.text for post in shown.posts] == ["loker admin"]


def test_a_table_without_a_known_text_is_shown_with_its_columns_and_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("A,B\n1,halo\n", encoding="utf-8")
    (shown,) = _preview(path)
    assert [(guess.name, guess.field) for guess in shown.columns] == [("A", None), ("B", None)]
    assert (shown.posts, "text=B" in shown.remedy) == ((), True)
    (told,) = _preview(path, columns={"text": "B"})
    assert [post.text for post in told.posts] == ["halo"]


def test_a_packed_table_is_shown_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(_table(tmp_path / "t.csv", "csv").read_bytes()))
    (shown,) = _preview(path)
    assert (shown.trouble, [post.text for post in shown.posts]) == ("", ["loker admin"])


def test_each_file_of_a_folder_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text("12/07/2026, 22:35 - Ayu: halo\n" * 99, encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    before = sorted(os.scandir(tmp_path), key=lambda entry: entry.name)
    shown = {one.path.name: one for one in _preview(tmp_path)}
    assert (shown["chat.txt"].kind, len(shown["chat.txt"].posts)) == (ImportKind.WHATSAPP, 5)
    assert "a PDF" in shown["a.pdf"].trouble
    assert [entry.name for entry in before] == sorted(path.name for path in tmp_path.iterdir())
