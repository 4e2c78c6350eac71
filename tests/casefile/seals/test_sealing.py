"""Sealing: what is signed, where it lies, and that nothing is lost when it is killed."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import EvidenceError, SealError
from casefile.seals.places import case_id, outside_folder
from casefile.seals.sealing import seal_case, seals_of
from tests.casefile.making import a_post, keep, problems_of


@pytest.fixture
def sealed(case: Case) -> Case:
    keep(case, a_post(1), a_post(2))
    seal_case(case)
    return case


def files(case: Case) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (case.folder / "seals").iterdir()}


def test_a_seal_names_the_heads_of_both_chains_and_what_the_evidence_counts(case: Case) -> None:
    keep(case, a_post(1), a_post(2))
    seal = seal_case(case).seal
    told = json.loads((case.folder / "seals" / "0001.json").read_text())
    assert told["manifest"] == {"line": case.manifest.head().seq, "sha256": case.manifest.head().sha256}
    assert told["evidence"]["bytes"] == sum(p.stat().st_size for p in case.evidence_folder.glob("*.warc.gz"))
    assert told["evidence"]["entries"]["page"] == 2
    assert told["journal"]["line"] == seal.line - 1
    assert problems_of(case) == []


def test_what_did_not_grow_is_not_sealed_again_and_what_grew_is(sealed: Case) -> None:
    assert seal_case(sealed).new is False
    keep(sealed, a_post(3))
    again = seal_case(sealed)
    assert again.new and again.seal.number == 2
    sealed.audit("export")
    assert seal_case(sealed).seal.number == 3
    assert problems_of(sealed) == []


def test_the_key_lies_outside_the_case_and_only_its_owner_may_read_it(sealed: Case) -> None:
    key = outside_folder(case_id(sealed)) / "key.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert not any(b"PRIVATE" in path.read_bytes() for path in sealed.folder.rglob("*") if path.is_file())
    key.chmod(0o644)
    sealed.audit("export")
    with pytest.raises(SealError, match="others may read"):
        seal_case(sealed)


def test_the_first_seal_tells_of_the_new_key_and_the_journal_names_it(sealed: Case) -> None:
    [made] = [entry for entry in sealed.audit_log() if entry.action == "new seal key"]
    assert made.details["public_key"] == seals_of(sealed)[0].statement.key


def test_openssl_verifies_the_signature_and_refuses_a_changed_statement(sealed: Case) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here")
    folder = sealed.folder / "seals"
    [key] = folder.glob("key-*.pem")
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        key,
        "-rawin",
        "-in",
        "0001.json",
        "-sigfile",
        "0001.sig",
    ]
    assert subprocess.run(command, cwd=folder, capture_output=True).returncode == 0
    statement = folder / "0001.json"
    statement.write_bytes(statement.read_bytes().replace(b'"number": 1', b'"number": 2'))
    assert subprocess.run(command, cwd=folder, capture_output=True).returncode != 0


@pytest.mark.parametrize("lost", ["0001.json", "0001.sig", "0001.tsq", "all"])
def test_files_of_seals_are_written_again_from_the_journal(sealed: Case, lost: str) -> None:
    before = files(sealed)
    for name in before if lost == "all" else [lost]:
        (sealed.folder / "seals" / name).unlink()
    assert any("is missing" in problem for problem in problems_of(sealed))
    assert seal_case(sealed).new is False
    assert files(sealed) == before
    assert problems_of(sealed) == []


_KILLED = """
import os, sys
from pathlib import Path
from casefile.case import Case
from casefile.seals.sealing import seal_case
left = int(sys.argv[2])
def count(event, _):
    global left
    if event in ("open", "os.rename", "os.mkdir"):
        left -= 1
        if left < 0:
            os._exit(9)
with Case.open(Path(sys.argv[1])) as case:
    sys.addaudithook(count)
    seal_case(case)
"""


def test_killed_at_any_file_it_touches_it_finishes_the_next_time(case: Case, tmp_path: Path) -> None:
    keep(case, a_post(1))
    case.close()
    for moment in range(0, 80, 7):
        folder, keys = Path(shutil.copytree(case.folder, tmp_path / f"copy{moment}")), tmp_path / f"keys{moment}"
        command = [sys.executable, "-c", _KILLED, str(folder), str(moment)]
        killed = subprocess.run(command, env={**os.environ, "JEJAK_KEYS": str(keys)}, capture_output=True, text=True)
        assert killed.returncode in (0, 9), killed.stderr
        with Case.open(folder) as opened, pytest.MonkeyPatch.context() as patch:
            patch.setenv("JEJAK_KEYS", str(keys))
            seal_case(opened)
            assert len(seals_of(opened)) == 1, moment
            assert problems_of(opened) == [], moment
        if killed.returncode == 0:
            return
    pytest.fail("it was never left to finish")


def test_what_is_damaged_is_not_sealed(sealed: Case) -> None:
    manifest = sealed.evidence_folder / "manifest.jsonl"
    whole = manifest.read_bytes()
    keep(sealed, a_post(3))
    manifest.write_bytes(whole)
    with pytest.raises(EvidenceError, match="cut off"):
        seal_case(sealed)


def test_a_file_of_a_seal_that_differs_is_never_written_over(sealed: Case) -> None:
    (sealed.folder / "seals" / "0001.json").write_bytes(b"another")
    with pytest.raises(EvidenceError, match="not what the journal holds"):
        seal_case(sealed)
    assert files(sealed)["0001.json"] == b"another"


def test_a_key_of_another_kind_or_none_is_refused(sealed: Case) -> None:
    key = outside_folder(case_id(sealed)) / "key.pem"
    sealed.audit("export")
    for content in (b"", b"\x00\xff", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"):
        key.write_bytes(content)
        with pytest.raises(SealError, match=r"key\.pem"):
            seal_case(sealed)


def test_the_home_of_who_sealed_stands_in_no_file_of_the_case(
    case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "secretname"))
    monkeypatch.setenv("JEJAK_KEYS", str(tmp_path / "secretname" / "keys"))
    monkeypatch.setenv("JEJAK_USER", "Investigator 1")
    seal_case(case)
    for path in case.folder.rglob("*"):
        assert not path.is_file() or b"secretname" not in path.read_bytes(), path
    assert seals_of(case)[0].statement.by == "Investigator 1"
