"""Pages of the evidence as a WACZ: the same bytes, an index that leads to them, and digests of everything."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from casefile.evidence.exchange import Exchange
from casefile.evidence.warc import WarcFile
from graph.export import wacz
from graph.export.formats import ExportFormat
from graph.export.view import Page, View
from graph.export.write import write_formats
from tests.graph.export.test_exports import CONTEXT
from tests.graph.making import START

URLS = ("https://www.board.example/Jobs?b=2&a=1", "https://board.example/ดู/2", "https://forum.example/t/3#x")


@pytest.fixture
def view(tmp_path: Path) -> Iterator[View]:
    """Three pages, the last of them as a browser made it."""
    warc = WarcFile(tmp_path, tmp_path, "test")
    offsets = [warc.write_exchange(exchange_of(url)).offset for url in URLS[:2]]
    answer = warc.write_exchange(exchange_of(URLS[2]))
    made = body_of(URLS[2])
    uri = f"urn:jejak:rendered:{URLS[2]}"
    offsets.append(warc.write_resource(uri, "text/html; charset=utf-8", BytesIO(made), len(made), START, answer).offset)
    warc.close()
    yield replace(View(context=CONTEXT), pages=tuple(Page(f"Title {n}", warc.path, n) for n in offsets))


def body_of(url: str) -> bytes:
    return f"<p>Lowongan {url}</p>".encode()


def exchange_of(url: str) -> Exchange:
    told = (("Content-Type", "text/html; charset=utf-8"),)
    return Exchange(url=url, at=START, status=200, body=body_of(url), response_headers=told)


def written(view: View, folder: Path) -> dict[str, bytes]:
    to = folder / "out"
    to.mkdir()
    [path] = write_formats(view, to, [ExportFormat.WACZ])
    with zipfile.ZipFile(path) as archive:
        assert all(not member.extra for member in archive.infolist())  # what ReplayWeb.page cannot read
        return {name: archive.read(name) for name in archive.namelist()}


def index_of(files: dict[str, bytes]) -> list[dict[str, Any]]:
    return [json.loads(line.split(b" ", 2)[2]) for line in files["indexes/index.cdx"].splitlines()]


def bytes_of(files: dict[str, bytes], entry: dict[str, Any]) -> bytes:
    start = int(entry["offset"])
    return files[f"archive/{entry['filename']}"][start : start + int(entry["length"])]


def test_the_index_leads_to_every_page_and_its_digests_hold(view: View, tmp_path: Path) -> None:
    files = written(view, tmp_path)
    entries = index_of(files)
    assert len(entries) == len(URLS)
    for entry in entries:
        record = bytes_of(files, entry)
        assert entry["recordDigest"] == f"sha256:{hashlib.sha256(record).hexdigest()}"
        read = next(iter(ArchiveIterator(BytesIO(record), parse_http=False)))
        assert read.verify_block_digest()
        assert read.headers["WARC-Target-URI"] == entry["url"]
        assert entry["mime"] == "text/html"
    lines = files["indexes/index.cdx"].splitlines()
    assert lines == sorted(lines)


def test_an_answer_is_the_records_own_bytes(view: View, tmp_path: Path) -> None:
    files = written(view, tmp_path)
    evidence = view.pages[0].warc.read_bytes()
    [record] = [bytes_of(files, entry) for entry in index_of(files) if "Jobs" in entry["url"]]
    assert evidence[view.pages[0].offset :].startswith(record)


def test_a_page_that_a_browser_made_stands_under_its_own_address(view: View, tmp_path: Path) -> None:
    files = written(view, tmp_path)
    [entry] = [entry for entry in index_of(files) if "forum" in entry["url"]]
    record = next(iter(ArchiveIterator(BytesIO(bytes_of(files, entry)))))
    assert record.record_type == WarcRecordType.resource
    assert record.reader.read() == body_of(URLS[2])


def test_every_digest_of_the_package_is_right(view: View, tmp_path: Path) -> None:
    files = written(view, tmp_path)
    digest = json.loads(files["datapackage-digest.json"])
    assert digest["hash"] == f"sha256:{hashlib.sha256(files[digest['path']]).hexdigest()}"
    told = {resource["path"]: resource for resource in json.loads(files["datapackage.json"])["resources"]}
    assert told.keys() == files.keys() - {"datapackage.json", "datapackage-digest.json"}
    for path, resource in told.items():
        assert resource["hash"] == f"sha256:{hashlib.sha256(files[path]).hexdigest()}"
        assert resource["bytes"] == len(files[path])


def test_the_pages_are_listed_with_their_titles_and_the_addresses_of_the_index(view: View, tmp_path: Path) -> None:
    files = written(view, tmp_path)
    head, *pages = map(json.loads, files["pages/pages.jsonl"].splitlines())
    assert head["format"] == "json-pages-1.0"
    assert {page["url"] for page in pages} == {entry["url"] for entry in index_of(files)}
    assert {page["title"] for page in pages} == {page.title for page in view.pages}


def test_an_archive_that_is_full_goes_on_in_the_next(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wacz, "_LARGEST_WARC", 1_000)
    files = written(view, tmp_path)
    entries = index_of(files)
    assert len({entry["filename"] for entry in entries}) > 1
    assert all(hashlib.sha256(bytes_of(files, one)).hexdigest() in one["recordDigest"] for one in entries)


# As the library `surt` 0.3.1 of the Internet Archive turns them.
@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.board.example/Jobs?b=2&a=1", "example,board)/jobs?a=1&b=2"),
        ("http://board.example", "example,board)/"),
        ("http://www2.board.example:8080/x/", "example,board:8080)/x"),
        ("https://t.me/s/demo?before=5", "me,t)/s/demo?before=5"),
        ("https://x.example/%E6%B5%B7?q=%E6", "example,x)/%e6%b5%b7?q=%e6"),
        ("http://user@x.example/a#frag", "example,x)/a"),
        ("https://x.example:443/a//b", "example,x)/a/b"),
        ("http://127.0.0.1:8000/a", "1,0,0,127:8000)/a"),
    ],
)
def test_addresses_are_ordered_as_other_archives_order_them(url: str, key: str) -> None:
    assert wacz.surt(url) == key
