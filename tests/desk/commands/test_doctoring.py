"""`doctor`: what it sees in damaged cases, and what it puts right."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from casefile.case import Case
from tests.casefile.making import problems_of
from tests.desk.commands.conftest import Jejak


def told_by(answer_out: str) -> dict[str, list[tuple[str, str]]]:
    """State and words of each thing that was looked at."""
    told: dict[str, list[tuple[str, str]]] = {}
    for line in answer_out.splitlines():
        check = json.loads(line)["check"]
        told.setdefault(check["what"], []).append((check["state"], check["words"]))
    return told


def states(folder: Path, jejak: Jejak) -> dict[str, set[str]]:
    told = told_by(jejak("doctor", folder, "--json").out)
    return {what: {state for state, _ in checks} for what, checks in told.items()}


def damage(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + 64] = os.urandom(64)
    path.write_bytes(bytes(data))


def test_a_case_that_is_well_gives_exit_code_0_and_is_not_changed(filled: Path, jejak: Jejak) -> None:
    before = (filled / "journal.jsonl").read_bytes()
    answer = jejak("doctor", filled)
    assert answer.code == 0 and "✗" not in answer.out and "well." in answer.out
    assert (filled / "journal.jsonl").read_bytes() == before


def test_a_folder_without_a_case_is_told(tmp_path: Path, jejak: Jejak) -> None:
    answer = jejak("doctor", tmp_path)
    assert answer.code == 1 and "no case here" in answer.err and "jejak new" in answer.err


def test_every_mistake_in_the_settings_is_a_line_with_its_place(filled: Path, jejak: Jejak) -> None:
    (filled / "sources" / "xx_harbor.yml").write_text("title: Harbor\nfamly: board\n", encoding="utf-8")
    answer = jejak("doctor", filled)
    assert answer.code == 1
    assert "✗ sources: sources/xx_harbor.yml, line 2: 'famly' is not a setting" in answer.out


def test_a_damaged_database_is_made_again_and_the_old_one_kept(filled: Path, jejak: Jejak) -> None:
    posts = jejak("search", filled, "Poipet", "--json").out
    damage(filled / "case.db", 8192)
    for name in ("case.db-wal", "case.db-shm"):
        (filled / name).unlink(missing_ok=True)
    assert "wrong" in states(filled, jejak)["database"]
    answer = jejak("doctor", filled, "--mend")
    assert answer.code == 0 and "made again from the evidence: 6 posts" in answer.out
    assert [path.name for path in filled.glob("case.db.damaged-*/case.db")] == ["case.db"]
    assert jejak("process", filled, "--workers", 1).code == 0
    assert jejak("search", filled, "Poipet", "--json").out == posts


def test_a_database_that_is_no_database_is_made_again(filled: Path, jejak: Jejak) -> None:
    for path in filled.glob("case.db*"):
        path.unlink()
    (filled / "case.db").write_bytes(b"not a database at all" * 500)
    assert jejak("doctor", filled, "--mend").code == 0
    assert states(filled, jejak)["database"] == {"well"}


def test_a_database_of_a_newer_program_is_left_alone(filled: Path, jejak: Jejak) -> None:
    database = sqlite3.connect(filled / "case.db")
    database.execute("PRAGMA user_version = 9999")
    database.close()
    answer = jejak("doctor", filled)
    assert answer.code == 1 and "newer Jejak" in answer.out
    jejak("doctor", filled, "--mend")
    assert not list(filled.glob("case.db.damaged-*"))


def test_a_changed_line_of_the_journal_is_named(filled: Path, jejak: Jejak) -> None:
    path = filled / "journal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0].replace(b'"new"', b'"old"'), *lines[1:]]))
    answer = jejak("doctor", filled)
    assert answer.code == 1 and "✗ journal.jsonl: line 1 was changed" in answer.out


def test_a_chain_whose_end_was_cut_is_told_by_the_database(filled: Path, jejak: Jejak) -> None:
    path = filled / "evidence" / "manifest.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    answer = jejak("doctor", filled)
    assert answer.code == 1 and "lines were cut off" in answer.out


def test_what_a_crash_leaves_is_a_warning_that_mending_takes_away(filled: Path, jejak: Jejak) -> None:
    with (filled / "evidence" / "manifest.jsonl").open("ab") as manifest:
        manifest.write(b'{"half a li')
    with next((filled / "evidence").glob("*.warc.gz")).open("ab") as warc:
        warc.write(b"never counted")
    parts = [filled / "exports" / ".report.html.abc.part", filled / ".schedule" / "turns" / ".xx_board.json.abc.part"]
    for part in parts:
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text("half a file", encoding="utf-8")
        os.utime(part, (0, 0))
    before = states(filled, jejak)
    assert all("warning" in before[what] for what in ("manifest.jsonl", "evidence", "leftovers"))
    assert jejak("doctor", filled, "--mend").code == 0
    after = states(filled, jejak)
    assert after["manifest.jsonl"] == after["evidence"] == {"well"} and "leftovers" not in after
    assert not any(part.exists() for part in parts)
    with Case.open(filled) as case:
        assert problems_of(case) == []


def test_a_missing_warc_file_is_wrong(filled: Path, jejak: Jejak) -> None:
    next((filled / "evidence").glob("*.warc.gz")).unlink()
    assert "wrong" in states(filled, jejak)["evidence"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of another kind")
def test_a_folder_and_a_key_that_others_may_read_are_closed(filled: Path, jejak: Jejak) -> None:
    assert jejak("seal", filled).code == 0
    [key] = Path(os.environ["JEJAK_KEYS"]).glob("*/key.pem")
    key.chmod(0o644)
    filled.chmod(0o755)
    before = states(filled, jejak)
    assert "wrong" in before["keys"] and before["rights"] == {"warning"}
    jejak("doctor", filled, "--mend")
    assert key.stat().st_mode & 0o777 == 0o600 and filled.stat().st_mode & 0o777 == 0o700


def test_keys_inside_the_case_are_wrong(filled: Path, jejak: Jejak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEJAK_KEYS", str(filled / "keys"))
    assert "wrong" in states(filled, jejak)["keys"]


def test_nothing_is_mended_while_another_command_works(filled: Path, jejak: Jejak) -> None:
    with FileLock(filled / ".locks" / "crawl-xx_harbor.lock"):
        script = f"from desk.cli import main; main(['doctor', {str(filled)!r}, '--mend'])"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1 and "other commands work in this case now (crawl-xx_harbor)" in done.stdout


def test_a_source_that_was_never_crawled_is_named(filled: Path, jejak: Jejak) -> None:
    (filled / "sources" / "xx_harbor.yml").write_text(
        "title: Harbor\ncountry: xx\nwhy: a test\nurl: https://harbor.example/\nfamily: board\n", encoding="utf-8"
    )
    answer = jejak("doctor", filled)
    assert "! source xx_harbor: was never crawled" in answer.out
    assert f"jejak crawl {filled} xx_harbor" in answer.out


def test_a_missing_browser_is_a_warning(filled: Path, jejak: Jejak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEJAK_CHROMIUM", str(filled / "nothing"))
    assert states(filled, jejak)["browser"] == {"warning"}


def test_a_browser_that_does_not_start_is_wrong(
    filled: Path, jejak: Jejak, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho no display >&2\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setenv("JEJAK_CHROMIUM", str(broken))
    told = told_by(jejak("doctor", filled, "--json").out)["browser"]
    assert told == [("wrong", f"{broken} does not start: no display")]
