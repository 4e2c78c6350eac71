"""`lock` and `unlock` as they are used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk.commands.conftest import Jejak


def test_a_case_is_locked_and_opened_again_and_the_journal_says_so(
    tmp_path: Path, jejak: Jejak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JEJAK_PASSPHRASE", "lima kata yang tidak dilupakan")
    folder = tmp_path / "case"
    assert jejak("new", folder).code == 0
    answer = jejak("lock", folder)
    assert answer.code == 0, answer
    assert "The folder was removed" in answer.out and not folder.exists()
    told = json.loads(jejak("unlock", tmp_path / "case.locked", "--json").out)
    assert told == {"unlocked": str(folder)}
    actions = [json.loads(line)["action"] for line in jejak("audit", folder, "--json").out.splitlines()]
    assert actions[-2:] == ["lock", "unlock"]


def test_a_short_passphrase_leaves_the_case_as_it_is(
    tmp_path: Path, jejak: Jejak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JEJAK_PASSPHRASE", "short")
    folder = tmp_path / "case"
    assert jejak("new", folder).code == 0
    answer = jejak("lock", folder)
    assert answer.code == 1 and "12 letters or more" in answer.err and (folder / "case.toml").exists()
