"""The WARC files open in two other readers, with the right digests and the right contents."""

from __future__ import annotations

import gzip
import hashlib
from base64 import b32encode
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from casefile.case import Case
from casefile.errors import EvidenceError
from casefile.evidence.reading import record_body
from casefile.evidence.warc import safe_uri
from tests.casefile.making import SOURCE, a_post, an_answer, keep


@pytest.fixture
def warc(case: Case, tmp_path: Path) -> Path:
    """One file with every kind of record."""
    given = tmp_path / "given.txt"
    given.write_bytes(b"a file that was given")
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        answer = an_answer(
            1, ip="192.0.2.7", response_headers=(("Content-Type", "text/html"), ("Bad\r\nInjected", "x\r\nEvil: 1"))
        )
        keeper.keep_page(SOURCE, crawl, answer, [a_post(1)], dom=b"<b>dom</b>", screenshot=b"\x89PNG")
        keeper.commit()
        keeper.keep_page(SOURCE, crawl, answer, [a_post(1)])
        keeper.keep_page(SOURCE, crawl, an_answer(1, b"", status=304), [a_post(1)])
        keeper.keep_file("xx_given", given)
    [path] = case.evidence_folder.glob("*.warc.gz")
    return path


def test_warcio_reads_every_record_and_every_digest_is_right(warc: Path) -> None:
    kinds, ids = [], set()
    with warc.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
            ids.add(record.rec_headers.get_header("WARC-Record-ID"))
            if record.rec_type not in ("warcinfo", "request"):
                assert record.rec_headers.get_header("WARC-Payload-Digest").startswith("sha256:")
    assert kinds == [
        "warcinfo", "response", "request", "resource", "resource", "metadata",
        "revisit", "request", "metadata", "revisit", "request", "metadata", "resource",
    ]  # fmt: skip
    assert len(ids) == len(kinds)


def test_fastwarc_reads_the_same_contents(warc: Path) -> None:
    with warc.open("rb") as file:
        ours = [
            (r.rec_type, r.rec_headers.get_header("WARC-Record-ID"), r.raw_stream.read()) for r in ArchiveIterator(file)
        ]
    with warc.open("rb") as file:
        theirs = [
            (record.headers["WARC-Type"], record.record_id, record.reader.read())
            for record in FastIterator(file, parse_http=True, verify_digests=False)
        ]
    assert [
        (kind, f"<{identity}>" if not identity.startswith("<") else identity, body) for kind, identity, body in theirs
    ] == ours


def test_every_record_is_a_gzip_member_of_its_own(case: Case, warc: Path) -> None:
    page = case.store.known_page(SOURCE, an_answer(1).url)
    assert page is not None
    with warc.open("rb") as file:
        file.seek(page.warc_offset)
        assert gzip.GzipFile(fileobj=file).read(200).startswith(b"WARC/1.1\r\n")


def test_a_payload_digest_is_the_sha256_of_the_body(warc: Path) -> None:
    body = an_answer(1).body
    with warc.open("rb") as file:
        digests = [
            record.rec_headers.get_header("WARC-Payload-Digest")
            for record in ArchiveIterator(file)
            if record.rec_type in ("response", "revisit")
        ]
    assert digests == ["sha256:" + b32encode(hashlib.sha256(body).digest()).decode()] * 3


def test_a_header_cannot_break_out_of_its_line(warc: Path) -> None:
    with warc.open("rb") as file:
        [answer] = [record for record in ArchiveIterator(file) if record.rec_type == "response"]
    names: list[Any] = [name for name, _ in answer.http_headers.headers]
    assert names == ["Content-Type", "Bad Injected"]


@pytest.mark.parametrize(
    "uri", ["https://x.example/a b\r\nEvil: 1", "https://x.example/ไทย\ud800", "https://x.example/\0"]
)
def test_an_address_cannot_break_out_of_its_line(uri: str) -> None:
    assert safe_uri(uri).isascii()
    assert not set(" \r\n\0") & set(safe_uri(uri))


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "chunked"])
def test_a_body_comes_back_as_it_was_given_whatever_its_headers_claim(case: Case, coding: str) -> None:
    name = "Transfer-Encoding" if coding == "chunked" else "Content-Encoding"
    body = gzip.compress(b"hello") if coding == "gzip" else b"5\r\nhello"
    with case.keeper() as keeper:
        keeper.keep_page(SOURCE, keeper.begin_crawl(SOURCE), an_answer(1, body, response_headers=((name, coding),)), [])
    page = case.store.known_page(SOURCE, an_answer(1).url)
    assert page is not None and case.store.page_body(page) == body


def test_bytes_that_would_pass_as_an_older_archive_are_no_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"http://x.example/ 192.0.2.1 20260101000000 text/plain 5\nhello\n")
    with pytest.raises(EvidenceError, match="no WARC record begins here"):
        record_body(path, 0)


def test_a_record_that_is_not_there_is_an_error_in_words(case: Case) -> None:
    keep(case, a_post(1))
    [path] = case.evidence_folder.glob("*.warc.gz")
    for offset in (1, path.stat().st_size, 10**9):
        with pytest.raises(EvidenceError, match="no readable record") as raised:
            record_body(path, offset)
        assert "jejak verify" in raised.value.remedy
    with pytest.raises(EvidenceError):
        record_body(path.with_name("missing.warc.gz"), 0)
