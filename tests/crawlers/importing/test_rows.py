import csv
import io
import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from casefile.errors import ImportRefused
from casefile.records import Precision
from crawlers.importing.jsonl import read_json, read_jsonl
from crawlers.importing.model import Options
from crawlers.importing.tables import read_csv

from .given import Result, read


def _rows(*rows: Any, options: Options | None = None) -> Result:
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return read(read_jsonl, content, "posts.jsonl", options or Options(source="file_test"))


def test_a_row_keeps_what_it_says() -> None:
    row = {
        "id": "p-1", "text": "Lowongan", "author": "Ayu", "url": "https://forum.example/p/1", "title": "Kerja",
        "published": "2026-07-12T22:35:10+07:00", "lang": "id", "region": "ID", "source": "forum lama", "other": [1],
    }  # fmt: skip
    (post,) = _rows(row).posts
    assert (post.native_id, post.text, post.author, post.title) == ("p-1", "Lowongan", "Ayu", "Kerja")
    assert (post.url, post.lang, post.region, post.thread) == ("https://forum.example/p/1", "id", "id", "forum lama")
    assert post.published == datetime(2026, 7, 12, 15, 35, 10, tzinfo=UTC)
    assert post.source == "file_test"


@pytest.mark.parametrize(
    ("words", "moment", "precision"),
    [
        ("2026-07-12T22:35:10Z", datetime(2026, 7, 12, 22, 35, 10), Precision.SECOND),
        ("2026-07-12 22:35", datetime(2026, 7, 12, 22, 35), Precision.MINUTE),
        ("2026-07-12", datetime(2026, 7, 12), Precision.DAY),
        ("1783895710", datetime(2026, 7, 12, 22, 35, 10), Precision.SECOND),
        (1783895710000, datetime(2026, 7, 12, 22, 35, 10), Precision.SECOND),
        ("Sun, 12 Jul 2026 22:35:10 +0000", datetime(2026, 7, 12, 22, 35, 10), Precision.SECOND),
        ("25/07/2026 22:35", datetime(2026, 7, 25, 22, 35), Precision.MINUTE),
        ("7/25/2026 10:35 PM", datetime(2026, 7, 25, 22, 35), Precision.MINUTE),
        ("2026年7月12日", datetime(2026, 7, 12), Precision.DAY),
        ("12 Juli 2026", datetime(2026, 7, 12), Precision.DAY),
        ("12 Juli 2026, 22:35", datetime(2026, 7, 12, 22, 35), Precision.MINUTE),
        ("Jul 12, 2026 22:35:10", datetime(2026, 7, 12, 22, 35, 10), Precision.SECOND),
        ("Sun Jul 12 22:35:10 +0000 2026", datetime(2026, 7, 12, 22, 35, 10), Precision.SECOND),
        ("๑๒/๐๗/๒๕๖๙", datetime(2026, 7, 12), Precision.DAY),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_written(words: Any, moment: datetime, precision: Precision) -> None:
    (post,) = _rows({"text": "a", "date": words}, options=Options(source="x")).posts
    assert (post.published, post.published_precision) == (moment.replace(tzinfo=UTC), precision)
    assert post.published_words == str(words)


@pytest.mark.parametrize(
    "words", ["3 hours ago", "kemarin", "soon", "12 Juli", "Jul 12, 22:35", "99/99/9999", "-", "12:35"]
)
def test_words_that_name_no_moment_are_kept_and_not_guessed(words: str) -> None:
    result = _rows({"text": "a", "date": words})
    assert (result.posts[0].published, result.posts[0].published_words) == (None, words)
    assert "1 date could not be read" in result.notes


def test_times_without_a_zone_are_read_in_the_one_that_was_told() -> None:
    told = Options(source="x", zone=ZoneInfo("Asia/Manila"), zone_is_told=True)
    (post,) = _rows({"text": "a", "date": "2026-07-12 08:00"}, options=told).posts
    assert post.published == datetime(2026, 7, 12, 0, 0, tzinfo=UTC)
    assert "UTC" in _rows({"text": "a", "date": "2026-07-12 08:00"}).notes


def test_rows_with_one_id_and_different_words_are_all_kept() -> None:
    result = _rows({"id": 7, "text": "a"}, {"id": 7, "text": "b"}, {"id": 7, "text": "a"})
    assert len({post.id for post in result.posts}) == 2
    assert "1 row with the id of another row" in result.notes


def test_like_rows_without_an_id_are_as_many_posts_as_rows() -> None:
    assert len({post.id for post in _rows({"text": "a"}, {"text": "a"}).posts}) == 2


BROKEN = (
    "\N{THAI CHARACTER KO KAI}".encode() * 20
    + b"""
{"id": 1, "text": "good"}
{"id": 2, "text": "half
not json
[1, 2]
{"id": 3}
\x00\x00
{"id": 4, "text": "bytes \xff\xfe"}
{"id": 5, "text": "\\ud800 lone"}
"""
)


def test_broken_lines_are_set_aside_by_number_and_the_others_read() -> None:
    result = read(read_jsonl, BROKEN, "posts.jsonl")
    assert [post.native_id for post in result.posts] == ["1", "4", "5"]
    assert [part.where for part in result.set_aside] == ["line 1", "line 3", "line 4", "line 5", "line 6"]
    assert "1 line with bytes" in result.notes
    assert all(post.text.encode("utf-8") for post in result.posts)


def test_deep_json_and_endless_lines_are_set_aside() -> None:
    lines = ["[" * 100_000, '{"text": "' + "x" * 9_000_000 + '"}', '{"text": "' + "y" * 1_000_000 + '"}']
    result = read(read_jsonl, "\n".join(lines), "posts.jsonl")
    assert [len(post.text) for post in result.posts] == [1_000_000]
    assert [part.where for part in result.set_aside] == ["line 1", "line 2"]


def test_a_list_of_rows_is_read_too_bare_or_inside_an_object() -> None:
    rows = [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]
    for content in (rows, {"count": 2, "posts": rows}):
        assert read(read_json, json.dumps(content), "posts.json").texts == ["a", "b"]


@pytest.mark.parametrize(
    "header",
    [
        "Tanggal,Nama,Isi Pesan", "ngày,tên,nội dung", "วันที่,ชื่อ,ข้อความ", "日期,作者,内容", "Date;Sender;Message",
        "date\tfrom\tText", "petsa|pangalan|mensahe", "तारीख,नाम,संदेश", "ရက်စွဲ,အမည်,စာသား",
    ],
)  # fmt: skip
def test_headers_in_our_languages_are_known(header: str) -> None:
    separator = next(mark for mark in ",;\t|" if mark in header)
    row = separator.join(["2026-07-12", "Ayu", "halo"])
    (post,) = read(read_csv, f"{header}\n{row}\n", "t.csv").posts
    assert (post.text, post.author) == ("halo", "Ayu")
    assert post.published == datetime(2026, 7, 12, tzinfo=UTC)


def test_columns_can_be_told() -> None:
    options = Options(source="x", columns={"text": "B", "author": "A"})
    (post,) = read(read_csv, "A,B,C\nAyu,halo,1\n", "t.csv", options).posts
    assert (post.text, post.author) == ("halo", "Ayu")


@pytest.mark.parametrize(
    ("columns", "message"),
    [({}, "none of its columns"), ({"text": "D"}, "no column 'D'"), ({"words": "A"}, "no field")],
)
def test_unknown_columns_are_refused_with_the_names_that_there_are(columns: dict[str, str], message: str) -> None:
    with pytest.raises(ImportRefused, match=message) as refused:
        read(read_csv, "A,B,C\n1,2,3\n", "t.csv", Options(source="x", columns=columns))
    assert "A, B, C" in str(refused.value) + refused.value.remedy or "author" in refused.value.remedy


def test_a_separator_that_the_table_names_is_believed() -> None:
    assert read(read_csv, "sep=|\nid|text\n1|a;b,c\n", "t.csv").texts == ["a;b,c"]


def test_two_columns_of_one_name_do_not_hide_each_other() -> None:
    options = Options(source="x", columns={"text": "A 2"})
    assert read(read_csv, "A,A\n1,halo\n", "t.csv", options).texts == ["halo"]


def test_date_and_hour_in_two_columns_are_one_time() -> None:
    (post,) = read(read_csv, "Date,Time,Sender,Message\n12/07/2026,22:35,Ayu,halo\n", "t.csv").posts
    assert post.published == datetime(2026, 7, 12, 22, 35, tzinfo=UTC)


def test_a_quotation_that_is_never_closed_costs_one_row_at_most() -> None:
    table = 'id,text\n1,good\n2,"never closed\n3,"two\nlines"\n4,fine\n'
    result = read(read_csv, table, "t.csv")
    texts = {post.native_id: post.text for post in result.posts}
    assert texts == {"1": "good", "2": "never closed", "3": "two\nlines", "4": "fine"}


def test_many_broken_quotations_are_read_literally() -> None:
    rows = "".join(f'{number},"open {number}\n' for number in range(101))
    result = read(read_csv, f"id,text\n{rows}", "t.csv")
    assert result.texts == [f"open {number}" for number in range(101)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp874", "gb18030"])
def test_the_encoding_is_told_or_guessed_and_named(encoding: str) -> None:
    words = {"cp874": "รับสมัครงานแอดมินที่กัมพูชา เงินเดือนดี มีที่พักและอาหารฟรี"}.get(
        encoding, "招聘客服人员,柬埔寨工作,包吃住,月薪八百美元,需要护照"
    )
    table = "id\ttext\n" + "".join(f"{number}\t{words}\n" for number in range(20))
    result = read(read_csv, table.encode(encoding), "t.csv")
    assert result.texts == [words] * 20


_CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(str.strip).filter(bool)


@settings(deadline=None)
@for_all(
    st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=8, unique_by=lambda row: row[0]), st.sampled_from(",;\t|")
)
def test_a_table_is_read_back(rows: list[tuple[str, str]], separator: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["id", "author", "text"])
    writer.writerows((f"n{number}", author, text) for number, (author, text) in enumerate(rows))
    assert read(read_csv, out.getvalue(), "t.csv").texts == [text for _, text in rows]


@settings(deadline=None)
@for_all(st.lists(_CELL, max_size=8))
def test_json_lines_are_read_back(texts: list[str]) -> None:
    assert _rows(*({"id": number, "text": text} for number, text in enumerate(texts))).texts == texts
