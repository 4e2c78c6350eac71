"""Pages of the evidence leave as they were captured, or not at all."""

from __future__ import annotations

import base64
import html
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given as given_any
from hypothesis import strategies as st

from casefile.case import Case
from casefile.errors import ExportRefused
from casefile.evidence.exchange import Exchange
from casefile.records import CrawlOutcome, PostKind, ReadPost
from desk.handing_over.door import Given, Request, give, prepare
from desk.handing_over.pages import WhyPage
from desk.handing_over.payloads import Unreadable, readings_of
from desk.handing_over.reading_back import check_clean
from desk.handing_over.written_forms import Finder, Secret, Sort
from graph.connect import connect
from graph.export.formats import ExportFormat
from tests.casefile.making import save_connections
from tests.graph.making import POIPET, START, phone, read_post, unlike

A, FAMILY = "+6281200000001", "+6281300009909"
VICTIM = "Mawar Rejeki"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def offer(number: int) -> ReadPost:
    return read_post(number, f"{unlike(number)} Poipet {A}", {"Poipet": POIPET, A: phone(A)}, author="agen")


def plea() -> ReadPost:
    return read_post(90, f"Tolong {FAMILY}", {FAMILY: phone(FAMILY)}, kind=PostKind.PLEA, author=VICTIM)


def page(body: bytes, number: int = 1, headers: Sequence[tuple[str, str]] = HTML) -> Exchange:
    return Exchange(
        url=f"https://board.example/{number}", at=START, status=200, body=body, response_headers=tuple(headers)
    )


def keep(case: Case, *pages: tuple[Exchange, list[ReadPost]], dom: bytes | None = None) -> None:
    """Pages with the posts on them, read and connected."""
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl("xx_board")
        for exchange, reads in pages:
            keeper.keep_page("xx_board", crawl, exchange, [read.post for read in reads], dom=dom)
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
    reads = [read for _, each in pages for read in each]
    case.store.save_readings([read.reading for read in reads], "test")
    save_connections(case.store, connect(list(case.store.read_posts())))


def given(case: Case, folder: Path) -> Given:
    return give(case, Request(formats=(ExportFormat.WACZ,), to=folder / "given"))


def bodies(folder: Path) -> list[bytes]:
    with zipfile.ZipFile(folder / "given" / "evidence.wacz") as packed:
        archives = [packed.read(name) for name in packed.namelist() if name.endswith(".warc.gz")]
    pages = WarcRecordType.response | WarcRecordType.resource
    return [record.reader.read() for one in archives for record in ArchiveIterator(BytesIO(one), record_types=pages)]


CLEAN = (page(b"<p>Lowongan</p>", 2), [offer(2)])


def test_a_page_leaves_as_it_was_captured(case: Case, tmp_path: Path) -> None:
    body = "<h1>Lowongan</h1><p>Poipet ដំណឹង</p>".encode()
    keep(case, (page(body), [offer(1)]))
    assert given(case, tmp_path).prepared.pages.why == {}
    assert bodies(tmp_path) == [body]


def test_a_page_that_a_browser_made_leaves_instead_of_the_script_that_made_it(case: Case, tmp_path: Path) -> None:
    keep(case, (page(b"<script src='all.js'></script>"), [offer(1)]), dom=b"<p>Lowongan</p>")
    given(case, tmp_path)
    assert bodies(tmp_path) == [b"<p>Lowongan</p>"]


@pytest.mark.parametrize("kind", [PostKind.PLEA, PostKind.WARNING, PostKind.OTHER])
def test_a_page_on_which_others_speak_too_stays_in(case: Case, tmp_path: Path, kind: PostKind) -> None:
    talk = read_post(91, "Selamat pagi", {}, kind=kind)
    keep(case, (page(b"<p>Lowongan</p><p>Selamat pagi</p>"), [offer(1), talk]), CLEAN)
    assert given(case, tmp_path).prepared.pages.why == {WhyPage.OTHERS: 1}
    assert bodies(tmp_path) == [b"<p>Lowongan</p>"]


def hidden_mail(address: str) -> str:
    return bytes([7, *(letter ^ 7 for letter in address.encode())]).hex()


@pytest.mark.parametrize(
    "told",
    [
        VICTIM,
        VICTIM.upper(),
        "Ma<b>war</b> Reje<!-- x -->ki",
        "Mawar\n    Rejeki",
        "&#77;awar&nbsp;Rejeki",
        f"<a href='/u/{quote(VICTIM)}'>agen</a>",
        f"<img alt='{VICTIM}'>",
        f"<!-- {VICTIM} -->",
        f"<script>var a = '{base64.b64encode(('author: ' + VICTIM).encode()).decode()}'</script>",
        '<script>{"author": "M\\u0061war Rejeki"}</script>',
        "0813-0000-<b>9909</b>",
        "๐๘๑๓ ๐๐๐๐ ๙๙๐๙",
        "+62 813\n0000\n9909",
        f"<a data-cfemail='{hidden_mail('081300009909@help.example')}'>",
    ],
)
def test_a_page_that_tells_of_who_pleads_stays_in_however_it_is_written(case: Case, tmp_path: Path, told: str) -> None:
    keep(case, (page(f"<p>Lowongan {told}</p>".encode()), [offer(1)]), CLEAN, (page(b"", 3), [plea()]))
    assert given(case, tmp_path).prepared.pages.why == {WhyPage.TELLING: 1}
    assert bodies(tmp_path) == [b"<p>Lowongan</p>"]


def test_a_header_that_tells_keeps_its_page_in(case: Case, tmp_path: Path) -> None:
    telling = page(b"<p>Lowongan</p>", headers=[*HTML, ("X-User", quote(VICTIM))])
    keep(case, (telling, [offer(1)]), CLEAN, (page(b"", 3), [plea()]))
    assert given(case, tmp_path).prepared.pages.why == {WhyPage.TELLING: 1}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (VICTIM.encode("utf-16"), "text/html"),
        (f"<p>{VICTIM}</p>".encode("utf-16-le"), "text/html; charset=utf-16le"),
    ],
)
def test_a_page_is_read_as_browsers_read_it(case: Case, tmp_path: Path, body: bytes, kind: str) -> None:
    keep(case, (page(body, headers=[("Content-Type", kind)]), [offer(1)]), CLEAN, (page(b"", 3), [plea()]))
    assert given(case, tmp_path).prepared.pages.why == {WhyPage.TELLING: 1}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x89PNG", "image/png"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<p>\xff\xfe\xfa</p>", "text/html; charset=utf-8"),
        (b"<img src='data:image/png;base64," + b"A" * 2_000 + b"'>", "text/html"),
        (b'{"p": "data:image\\/jpeg;base64,' + b"A" * 2_000 + b'"}', "application/json"),
    ],
)
def test_what_nobody_can_prove_clean_stays_in(case: Case, tmp_path: Path, body: bytes, kind: str) -> None:
    keep(case, (page(body, headers=[("Content-Type", kind)]), [offer(1)]), CLEAN)
    assert given(case, tmp_path).prepared.pages.why == {WhyPage.UNPROVEN: 1}
    assert bodies(tmp_path) == [b"<p>Lowongan</p>"]


def test_a_dot_that_is_drawn_in_the_page_is_no_picture_of_anybody(case: Case, tmp_path: Path) -> None:
    body = b"<p>Lowongan</p><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
    keep(case, (page(body), [offer(1)]))
    given(case, tmp_path)
    assert bodies(tmp_path) == [body]


def test_a_damaged_page_is_told_and_the_others_leave(case: Case, tmp_path: Path) -> None:
    keep(case, (page(b"<p>Lowongan 1</p>"), [offer(1)]), CLEAN)
    [capture] = case.store.captures(offer(1).post.id)
    with (case.evidence_folder / capture.warc_file).open("r+b") as file:
        file.seek(capture.warc_offset + 40)
        file.write(b"\0" * 20)
    assert given(case, tmp_path).prepared.pages.why == {WhyPage.LOST: 1}
    assert bodies(tmp_path) == [b"<p>Lowongan</p>"]


def test_nothing_is_given_where_no_page_may_leave(case: Case, tmp_path: Path) -> None:
    keep(case, (page(VICTIM.encode()), [offer(1), plea()]))
    with pytest.raises(ExportRefused, match="No page may leave"):
        given(case, tmp_path)
    assert not (tmp_path / "given").exists()


def test_pages_are_for_those_only_who_may_have_all_of_a_post(case: Case) -> None:
    keep(case, CLEAN)
    with pytest.raises(ExportRefused, match="pages of the evidence"):
        prepare(case, Request(recipient="partner", formats=(ExportFormat.WACZ,)))


def test_what_was_written_is_read_once_more(case: Case, tmp_path: Path) -> None:
    keep(case, (page(f"<p>{VICTIM[:5]}<i>{VICTIM[5:]}</i></p>".encode()), [offer(1)]))
    given(case, tmp_path)  # nobody pleads: it may leave
    with pytest.raises(ExportRefused, match="evidence"):
        check_clean(tmp_path / "given", Finder([Secret(Sort.NAME, VICTIM, "[withheld]")]))


@given_any(
    body=st.binary(max_size=300), kind=st.sampled_from(["text/html", "application/json", "text/html; charset=big5"])
)
def test_any_bytes_are_read_or_unreadable(body: bytes, kind: str) -> None:
    try:
        readings = list(readings_of(body, kind))
    except Unreadable:
        return
    assert len(readings) >= 2


@given_any(name=st.text("abcdefghij", min_size=4, max_size=9), data=st.data())
def test_a_name_is_found_wherever_tags_divide_it(name: str, data: st.DataObject) -> None:
    tags = data.draw(st.lists(st.sampled_from(["", "<b>", "</b>", "<!-- a -->", "<i x='1'>"]), min_size=len(name)))
    letters = (html.escape(letter) + tag for letter, tag in zip(name, tags, strict=False))
    assert any(name in reading for reading in readings_of("".join(letters).encode(), "text/html"))
