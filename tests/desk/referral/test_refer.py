"""`jejak refer`: a plea leaves by one way only, with no more than is needed."""

from __future__ import annotations

import html
import io
import json
import re
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

from casefile.case import Case
from casefile.records import Decision, PostKind
from tests.crawlers.test_printing import needs_browser
from tests.desk.commands.conftest import Jejak, filled, jejak

__all__ = ["filled", "jejak"]


def post_of(folder: Path, kind: PostKind) -> str:
    with Case.open(folder) as case:
        return next(read.post.id for read in case.store.read_posts() if read.reading.kind is kind)


def sheet(folder: Path, jejak: Jejak, post: str, *more: str) -> str:
    answer = jejak("refer", folder, post, "--for", "kh-police", "--form", "html", "--json", *more)
    assert answer.code == 0, answer
    return Path(json.loads(answer.out)["sheet"]).read_text(encoding="utf-8")


def test_without_a_recipient_nothing_is_written_and_hotlines_are_named(filled: Path, jejak: Jejak) -> None:
    before = (filled / "journal.jsonl").read_bytes()
    answer = jejak("refer", filled, post_of(filled, PostKind.PLEA))
    assert answer.code == 0
    assert "kh-police" in answer.out  # the plea names Poipet
    assert list((filled / "exports").iterdir()) == []
    assert (filled / "journal.jsonl").read_bytes() == before


def test_a_sheet_holds_the_plea_and_nothing_of_the_rest_of_the_case(filled: Path, jejak: Jejak) -> None:
    page = sheet(filled, jejak, post_of(filled, PostKind.PLEA))
    assert "Anak saya disekap di Poipet" in page
    assert "0813-0000-9909" in page
    assert "TLP:RED" in page
    for other in ("Senja", "9101", "9102", "contohmakmur", "Ibu Contoh"):
        assert other not in page, other


def test_the_journal_keeps_who_got_which_plea_and_why(filled: Path, jejak: Jejak) -> None:
    post = post_of(filled, PostKind.PLEA)
    sheet(filled, jejak, post)
    with Case.open(filled) as case:
        last = list(case.audit_log())[-1]
    assert last.action == "refer"
    told = last.details
    assert (told["post"], told["recipient"], told["handling"]) == (post, "kh-police", "TLP:RED")
    assert told["purpose"]
    assert told["legal_basis"]
    written = json.loads((filled / "journal.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert "9909" not in json.dumps(written)


def test_what_was_not_read_as_a_plea_needs_a_reason_that_is_kept(filled: Path, jejak: Jejak) -> None:
    post = post_of(filled, PostKind.WARNING)
    refused = jejak("refer", filled, post, "--for", "kh-police")
    assert refused.code == 1
    assert "--because" in refused.err
    assert "speaks of people held" in sheet(filled, jejak, post, "--because", "speaks of people held")
    with Case.open(filled) as case:
        assert list(case.audit_log())[-1].details["because"] == "speaks of people held"


def test_a_hidden_plea_does_not_leave(filled: Path, jejak: Jejak) -> None:
    post = post_of(filled, PostKind.PLEA)
    with Case.open(filled) as case:
        case.judge(Decision.HIDE, [(post,)], "asked for by the family")
    refused = jejak("refer", filled, post, "--for", "kh-police")
    assert refused.code == 1
    assert "hidden" in refused.err


def test_a_sheet_is_for_its_owners_eyes_and_nothing_is_written_over(filled: Path, jejak: Jejak, tmp_path: Path) -> None:
    post, path = post_of(filled, PostKind.PLEA), tmp_path / "sheet.html"
    wanted = ("refer", filled, post, "--for", "kh-police", "--form", "html", "--to", path)
    assert jejak(*wanted).code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert jejak(*wanted).code == 1


def test_nothing_can_run_in_a_sheet(filled: Path, jejak: Jejak) -> None:
    page = sheet(filled, jejak, post_of(filled, PostKind.PLEA), "--because", "<script>alert(1)</script>")
    assert "<script" not in page
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r'(?:src|href)="', page)


@pytest.mark.parametrize("language", ["id"])
def test_a_sheet_in_another_language_is_whole_and_says_who_has_read_it(
    filled: Path, jejak: Jejak, language: str
) -> None:
    page = sheet(filled, jejak, post_of(filled, PostKind.PLEA), "--language", language)
    assert f'<html lang="{language}">' in page
    assert '<span lang="en">' not in re.sub(r"<dt>Tanda bahaya</dt>.*", "", page)
    assert "belum dibaca penutur asli" in page


@needs_browser
def test_a_printed_sheet_says_on_every_page_who_may_see_it(filled: Path, jejak: Jejak) -> None:
    answer = jejak("refer", filled, post_of(filled, PostKind.PLEA), "--for", "kh-police", "--json")
    assert answer.code == 0, answer
    pages = PdfReader(io.BytesIO(Path(json.loads(answer.out)["sheet"]).read_bytes())).pages
    assert pages
    for page in pages:
        assert "TLP:RED" in page.extract_text()
