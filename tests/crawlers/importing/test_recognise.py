import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from casefile.errors import ImportRefused
from crawlers.importing.model import ImportKind, Options
from crawlers.importing.readers import open_reads
from crawlers.importing.recognise import recognise

from .given import given

CHAT = json.dumps({"name": "A", "type": "private_group", "id": 1, "messages": []})
ACCOUNT = '{\n "about": "x",\n "chats": {\n  "about": "y",\n  "list": []\n }\n}'
FILES = {
    "posts.jsonl": ('{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n', ImportKind.JSONL),
    "broken first line.jsonl": ('{"id": 1, "text"\n{"id": 2, "text": "b"}\n', ImportKind.JSONL),
    "posts.json": ('[\n {"text": "a"}\n]', ImportKind.JSON),
    "wrapped.json": ('{\n "posts": [{"text": "a"}]\n}', ImportKind.JSON),
    "result.json": (CHAT, ImportKind.TELEGRAM),
    "account.json": (ACCOUNT, ImportKind.TELEGRAM),
    "your_posts_1.json": ('[{"timestamp": 1783895710, "data": [{"post": "a"}]}]', ImportKind.FACEBOOK),
    "group_posts.json": ('{"group_posts_v2": [{"timestamp": 1783895710}]}', ImportKind.FACEBOOK),
    "posts_1.json": ('[{"media": [{"uri": "media/a.jpg", "creation_timestamp": 1783895710}]}]', ImportKind.FACEBOOK),
    "message_1.json": ('{"participants": [], "messages": [{"sender_name": "A"}]}', ImportKind.FACEBOOK),
    "feed.json": ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', ImportKind.FEED),
    "feed.xml": ('<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', ImportKind.FEED),
    "chat.txt": ("\u200e[12/07/2026, 22:35:10] Ayu: hello\n", ImportKind.WHATSAPP),
    "page": ("<!DOCTYPE html><html><body><p>hello</p></body></html>", ImportKind.HTML),
    "page.mhtml": ("From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n", ImportKind.MHTML),
    "table.csv": ("a;b\n1;2\n", ImportKind.CSV),
    "table.txt": ("Tanggal\tIsi\n2026-07-12\thalo\n", ImportKind.CSV),
    "crawl.warc": ("WARC/1.1\r\n\r\n", ImportKind.WARC),
}


@pytest.mark.parametrize(("name", "content", "kind"), [(name, *file) for name, file in FILES.items()])
def test_files_are_known_by_what_is_in_them(name: str, content: str, kind: ImportKind) -> None:
    assert recognise(given(content, name)).kind is kind


def test_a_packed_file_is_what_is_inside() -> None:
    packed = gzip.compress(FILES["posts.jsonl"][0].encode())
    recognised = recognise(given(packed, "posts.jsonl.gz"))
    assert (recognised.kind, recognised.given.name) == (ImportKind.JSONL, "posts.jsonl")


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return out.getvalue()


def test_a_zip_is_told_from_a_web_archive_and_an_office_file() -> None:
    assert recognise(given(_zip("_chat.txt"), "a.zip")).kind is ImportKind.ZIP
    assert recognise(given(_zip("datapackage.json", "archive/data.warc.gz"), "a")).kind is ImportKind.WACZ
    assert recognise(given(_zip("xl/workbook.xml"), "a.xlsx")).kind is ImportKind.EXCEL
    with pytest.raises(ImportRefused, match="a Word file") as refused:
        recognise(given(_zip("word/document.xml"), "a.docx"))
    assert "plain text" in refused.value.remedy


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"), (b"%PDF-1.7 ...", "a PDF"), (b"\x89PNG\r\n", "a picture"), (b"just a few words", "not clear"),
        (b"\x1f\x8b broken", "damaged"), (b"PK\x03\x04 broken", "no whole zip"), (gzip.compress(gzip.compress(b"a", mtime=0), mtime=0), "more than once"),
    ],
)  # fmt: skip
def test_what_we_cannot_read_is_refused_with_a_way_out(content: bytes, words: str) -> None:
    with pytest.raises(ImportRefused, match=words) as refused:
        recognise(given(content, "given.bin"))
    assert refused.value.remedy


_STARTS = st.sampled_from(
    [
        *(content.encode() for content, _ in FILES.values()),
        *(
            b"",
            b"{",
            b"[{",
            b"\x1f\x8b",
            b"PK\x03\x04",
            b"<html>",
            b"\xff\xfe",
            CHAT.encode()[:-2],
            ACCOUNT.encode()[:40],
        ),
    ]
)


@settings(deadline=None)
@for_all(_STARTS, st.binary(max_size=300), st.none() | st.sampled_from(sorted(set(ImportKind))))
def test_no_bytes_do_more_than_be_refused(start: bytes, rest: bytes, kind: ImportKind | None) -> None:
    try:
        _, reads = open_reads(given(start + rest, "given.bin"), kind, Options(source="x"))
        list(reads)
    except ImportRefused as refused:
        assert str(refused)
        assert refused.remedy


@pytest.mark.parametrize("list_name", ["posts", "messages"])
def test_a_list_on_one_long_line_is_no_json_lines(list_name: str) -> None:
    short = json.dumps({list_name: [{"text": "a"}]})
    long = json.dumps({list_name: [{"text": "a" * 1_000}] * 300})
    assert recognise(given(short, "a.json")).kind is ImportKind.JSON
    assert recognise(given(long, "a.json")).kind is ImportKind.JSON
