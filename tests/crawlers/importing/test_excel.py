import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from casefile.errors import ImportRefused
from casefile.records import Precision
from crawlers.importing.excel import read_excel
from crawlers.importing.model import Options

from .given import OPTIONS, Result, read

HEADER = ("Tanggal", "Nama", "Isi Pesan", "Catatan")


def _book(**sheets: list[tuple[Any, ...]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read(book: Workbook, options: Options = OPTIONS) -> Result:
    return read(read_excel, _bytes(book), "t.xlsx", options)


def test_the_rows_of_every_sheet_are_posts_and_their_columns_are_told() -> None:
    book = _book(
        Loker=[HEADER, ("2026-07-12", "Ayu", "loker admin", "x")],
        Lain=[("nomor", "kosong")],
        Dua=[("judul laporan",), (), ("Nama", "Isi"), ("Budi", "dua")],
    )
    result = _read(book)
    assert [(post.author, post.text) for post in result.posts] == [("Ayu", "loker admin"), ("Budi", "dua")]
    assert "text=Isi Pesan, author=Nama, published=Tanggal" in result.notes
    assert "not used: Catatan" in result.notes
    assert [part.where for part in result.set_aside] == ["sheet “Lain”"]


@pytest.mark.parametrize(
    ("value", "moment", "precision"),
    [
        (datetime(2026, 7, 12, 22, 35, 10), datetime(2026, 7, 12, 22, 35, 10), Precision.SECOND),
        (date(2026, 7, 12), datetime(2026, 7, 12), Precision.DAY),
        ("12/07/2026 22:35", datetime(2026, 7, 12, 22, 35), Precision.MINUTE),
    ],
)
def test_dates_are_read_as_they_are_typed(value: Any, moment: datetime, precision: Precision) -> None:
    (post,) = _read(_book(A=[HEADER, (value, "Ayu", "halo", None)])).posts
    assert (post.published, post.published_precision) == (moment.replace(tzinfo=UTC), precision)


def test_hidden_rows_and_sheets_are_read_and_said() -> None:
    book = _book(
        A=[HEADER, (None, "Ayu", "satu", None), (None, "Ayu", "dua", None)], B=[HEADER, (None, "Ayu", "tiga", None)]
    )
    book["A"].row_dimensions[2].hidden = True
    book["B"].sheet_state = "hidden"
    result = _read(book)
    assert result.texts == ["satu", "dua", "tiga"]
    assert "1 row hidden in Excel" in result.notes
    assert "“B” is hidden" in result.notes


def test_a_formula_is_never_computed() -> None:
    book = _book(
        A=[
            HEADER,
            (None, "Ayu", "=1+1", None),
            (None, "Ayu", '=HYPERLINK("http://127.0.0.1/")', None),
            (None, "a", "b"),
        ]
    )
    assert _read(book).texts == ["b"]  # no program has computed them, so they show nothing


def test_numbers_are_written_as_a_person_would() -> None:
    (post,) = _read(_book(A=[("id", "text"), (85500000000.0, "halo")])).posts
    assert post.native_id == "85500000000"


def test_a_column_can_be_told_and_one_that_is_nowhere_is_refused() -> None:
    book = _book(A=[("A", "B"), ("Ayu", "halo")])
    assert _read(book, Options(source="x", columns={"text": "B"})).texts == ["halo"]
    with pytest.raises(ImportRefused, match="A, B"):
        _read(book)
    with pytest.raises(ImportRefused, match="no column 'C'"):
        _read(book, Options(source="x", columns={"text": "B", "author": "C"}))


def test_a_row_is_named_by_its_sheet_and_number() -> None:
    result = _read(_book(A=[HEADER, (), (None, "Ayu", None, "x"), (None, "Ayu", "halo", None)]))
    assert [part.where for part in result.set_aside] == ["sheet “A”, row 3"]


def _with(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook in which one part is another one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, part if info.filename == name else old.read(info))
    return out.getvalue()


def test_traps_are_refused_before_they_unpack() -> None:
    content = _bytes(_book(A=[HEADER, (None, "Ayu", "halo", None)]))
    bomb = _with(content, "xl/worksheets/sheet1.xml", b" " * 100_000_000)
    entity = _with(content, "xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    for trap, words in ((bomb, "far more"), (entity, "no program for tables")):
        with pytest.raises(ImportRefused, match=words):
            read(read_excel, trap, "t.xlsx")


@pytest.mark.parametrize("part", [b"", b"<a/>", b"<worksheet><sheetData><row><c t='s'><v>9</v></c></row>"])
def test_a_damaged_sheet_is_refused_with_a_way_out(part: bytes) -> None:
    content = _with(_bytes(_book(A=[HEADER])), "xl/worksheets/sheet1.xml", part)
    with pytest.raises(ImportRefused) as refused:
        read(read_excel, content, "t.xlsx")
    assert refused.value.remedy


def test_half_a_workbook_is_refused() -> None:
    content = _bytes(_book(A=[HEADER]))
    with pytest.raises(ImportRefused, match="no whole Excel file"):
        read(read_excel, content[: len(content) // 2], "t.xlsx")
