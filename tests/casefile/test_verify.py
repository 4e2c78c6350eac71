"""Verifying: whatever was changed, cut, added or swapped is found and named."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.chain import sealed
from casefile.evidence.verify import verify_evidence
from casefile.records import Label
from casefile.settings import CaseSettings
from tests.casefile.making import a_mention, a_post, a_reading, an_answer, keep, keep_one_of_each, problems_of

TEXT = "Hubungi 0812-0000-0001"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify") / "case"
    given = folder.with_name("given.txt")
    given.write_text("hello")
    settings = CaseSettings(title="t", purpose="p", legal_basis="l", contact="desk@jejak.example")
    with Case.create(folder, settings) as case:
        keep(case, a_post(1, TEXT), a_post(2))
        keep(case, a_post(1, TEXT), a_post(2, "edited"), minutes=1)
        keep_one_of_each(case, given)
        case.store.save_readings(
            [a_reading(a_post(1), a_mention(TEXT, "0812-0000-0001", "+6281200000001", Label.PHONE))], "v1"
        )
        case.audit("export", rows=4)
        case.audit("report")
    return folder


@pytest.fixture
def copy(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "case"))


def findings(folder: Path) -> list[str]:
    with Case.open(folder) as case:
        return problems_of(case)


def evidence_of(folder: Path) -> list[Path]:
    return sorted(path for path in [*(folder / "evidence").rglob("*"), folder / "journal.jsonl"] if path.is_file())


def test_an_untouched_copy_has_nothing_wrong_with_or_without_its_database(copy: Path) -> None:
    assert findings(copy) == []
    assert list(verify_evidence(copy / "evidence")) == []
    for path in copy.glob("case.db*"):
        path.unlink()
    assert list(verify_evidence(copy / "evidence")) == []
    assert findings(copy) == []


def test_any_flipped_bit_is_found_and_its_file_named(copy: Path) -> None:
    chance = random.Random(20260314)
    for path in evidence_of(copy):
        whole = path.read_bytes()
        for _ in range(max(12, min(60, len(whole) // 40))):
            changed = bytearray(whole)
            changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            path.write_bytes(changed)
            if path.name == "journal.jsonl":
                with Case.open(copy) as case:
                    found = [f"journal.jsonl, line {fault.line}" for fault in case.journal.faults()]
            else:
                found = [str(finding) for finding in verify_evidence(copy / "evidence")]
            assert any(path.name in finding for finding in found), path
        path.write_bytes(whole)
    assert findings(copy) == []


def test_a_changed_record_is_named_by_its_identity_and_address(copy: Path) -> None:
    with Case.open(copy) as case:
        [capture] = case.store.captures(a_post(3).id)
    path = copy / "evidence" / capture.warc_file
    changed = bytearray(path.read_bytes())
    changed[capture.warc_offset + 40] ^= 0x10
    path.write_bytes(changed)
    [finding] = verify_evidence(copy / "evidence")
    assert capture.warc_file in finding.item and an_answer(3).url in finding.item
    assert findings(copy)[-1].startswith("case.db: was not compared")


def test_every_cut_end_of_the_evidence_is_found(copy: Path) -> None:
    for path in evidence_of(copy):
        if path.name in ("manifest.jsonl", "journal.jsonl"):
            continue
        whole = path.read_bytes()
        for length in {0, 1, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:length])
            assert any(path.name in str(finding) for finding in verify_evidence(copy / "evidence")), (path, length)
        path.unlink()
        assert any(path.name in str(finding) for finding in verify_evidence(copy / "evidence"))
        path.write_bytes(whole)


@pytest.mark.parametrize("name", ["evidence/manifest.jsonl", "journal.jsonl"])
def test_every_cut_end_of_a_chain_is_found(template: Path, tmp_path: Path, name: str) -> None:
    whole = (template / name).read_bytes()
    lines = whole.splitlines(keepends=True)
    for number, length in enumerate(
        [0, *(sum(map(len, lines[:count])) for count in range(1, len(lines))), len(whole) - 20]
    ):
        folder = Path(shutil.copytree(template, tmp_path / str(number)))
        (folder / name).write_bytes(whole[:length])
        assert any(Path(name).name in finding for finding in findings(folder)), f"cut at {length} of {len(whole)}"


def _remove(lines: list[bytes], at: int) -> None:
    del lines[at]


def _swap(lines: list[bytes], at: int) -> None:
    lines[at], lines[at - 1] = lines[at - 1], lines[at]


def _insert(lines: list[bytes], at: int) -> None:
    lines.insert(at, sealed({"seq": at + 1, "prev": "0" * 64, "type": "problem", "at": ""})[0] + b"\n")


@pytest.mark.parametrize("change", [_remove, _swap, _insert])
@pytest.mark.parametrize("name", ["evidence/manifest.jsonl", "journal.jsonl"])
def test_removed_swapped_and_inserted_lines_are_found(
    copy: Path, name: str, change: Callable[[list[bytes], int], None]
) -> None:
    whole = (copy / name).read_bytes()
    for at in range(1, whole.count(b"\n") - 1):
        lines = whole.splitlines(keepends=True)
        change(lines, at)
        (copy / name).write_bytes(b"".join(lines))
        assert any(Path(name).name in finding for finding in findings(copy)), at


@pytest.mark.parametrize("name", ["extra.warc.gz", "notes.txt", "uncounted/more", "deep/er/file"])
def test_added_files_are_found(copy: Path, name: str) -> None:
    path = copy / "evidence" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    assert any(name in finding for finding in findings(copy))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE posts SET text = 'changed'",
        "UPDATE posts SET author = 'somebody else' WHERE source = 'xx_given'",
        "UPDATE posts SET gone_at = NULL",
        "DELETE FROM posts WHERE source = 'xx_given'",
        "UPDATE captures SET warc_offset = 0",
        "DELETE FROM captures",
        "INSERT INTO captures SELECT 'forged', post_id, source, captured_at, page_url, status, warc_file, warc_offset, record_id, payload_sha256, post_sha256 FROM captures LIMIT 1",
        "UPDATE pages SET url = url || 'x'",
        "UPDATE crawls SET outcome = 'failed'",
        "UPDATE files SET name = 'other'",
        "UPDATE mentions SET start = start + 1, end = end + 1",
        "UPDATE mentions SET surface = '0812-9999-9999'",
        "UPDATE words SET tokens = 'hidden' WHERE rowid = 1",
        "DELETE FROM words WHERE rowid = 2",
        "UPDATE meta SET value = '1' WHERE name = 'manifest_seq'",
    ],
)  # fmt: skip
def test_a_changed_database_is_found(copy: Path, change: str) -> None:
    with Case.open(copy) as case:
        assert case.store.database.execute(change).rowcount
        assert any("case.db" in problem for problem in problems_of(case))


def test_progress_is_told_up_to_the_end(copy: Path) -> None:
    told: list[tuple[int, int | None]] = []
    assert list(verify_evidence(copy / "evidence", lambda done, total: told.append((done, total)))) == []
    assert told == sorted(told) and told[-1][0] == told[-1][1]
