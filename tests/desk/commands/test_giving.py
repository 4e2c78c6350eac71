"""`export`, `report`, `verify` on a small case: what leaves is shielded, noted, and provable."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from tests.desk.commands.conftest import Jejak


def test_an_export_names_its_files_with_their_hashes(filled: Path, jejak: Jejak) -> None:
    files = [Path(f) for f in json.loads(jejak("export", filled, "--json").out)["files"]]
    manifest = json.loads(files[0].read_text(encoding="utf-8"))
    assert {f["name"] for f in manifest["files"]} == {f.name for f in files} - {
        "manifest.json", "SHA256SUMS", "SHA256SUMS.sig"
    }  # fmt: skip
    for listed in manifest["files"]:
        assert hashlib.sha256((files[0].parent / listed["name"]).read_bytes()).hexdigest() == listed["sha256"]


@pytest.mark.parametrize("what", ["export", "report"])
def test_who_pleads_does_not_leave_the_case(filled: Path, jejak: Jejak, what: str) -> None:
    assert jejak(what, filled).code == 0
    written = [p for p in (filled / "exports").rglob("*") if p.is_file()]
    assert written
    for path in written:
        for content in contents(path):
            assert b"9909" not in content, path
            assert b"Ibu Contoh" not in content, path


def contents(path: Path) -> list[bytes]:
    """The bytes of a file, and those of all that is packed in it."""
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as packed:
        return [packed.read(name) for name in packed.namelist()]


def test_one_network_leaves_without_the_rest(filled: Path, jejak: Jejak) -> None:
    files = json.loads(jejak("export", filled, "--network", "1", "-f", "json", "--json").out)["files"]
    text = next(Path(f) for f in files if f.endswith("network.json")).read_text(encoding="utf-8")
    assert "+6281200009101" in text
    assert "contohmakmur" not in text


def test_everything_that_leaves_is_in_the_journal(filled: Path, jejak: Jejak) -> None:
    jejak("export", filled, "-f", "csv")
    jejak("report", filled)
    done = [json.loads(line)["action"] for line in (filled / "journal.jsonl").read_text(encoding="utf-8").splitlines()]
    assert done == ["new", "import", "process", "new seal key", "export", "report"]


def test_verify_passes_and_names_the_record_after_one_byte_was_changed(filled: Path, jejak: Jejak) -> None:
    assert jejak("verify", filled).code == 0
    warc = next((filled / "evidence").glob("*.warc.gz"))
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 1
    warc.write_bytes(data)
    answer = jejak("verify", filled)
    assert answer.code == 1
    assert warc.name in answer.out
    assert "record" in answer.out


def test_reading_again_changes_nothing(filled: Path, jejak: Jejak) -> None:
    before = jejak("network", filled, "--json").out
    again = json.loads(jejak("process", filled, "--json").out)["process"]
    assert again["posts_read"] == 0
    assert jejak("network", filled, "--json").out == before
