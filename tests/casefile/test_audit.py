"""The audit tells every line of the journal."""

from __future__ import annotations

import pytest

from casefile.audit import read_audit
from casefile.case import Case
from casefile.errors import CaseError, EvidenceError
from casefile.records import Decision


def test_every_line_is_told_with_who_and_what(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEJAK_USER", "Ani")
    case.audit("export", rows=3)
    judgement = case.judge(Decision.HIDE, [["phone:+6281200000001"]], "ours")
    _, export, judged = case.audit_log()
    assert (export.by, export.action, export.details) == ("Ani", "export", {"rows": 3})
    assert (judged.sequence, judged.action) == (judgement.sequence, "judgement")
    assert judged.details["because"] == "ours"
    assert [entry.sequence for entry in case.audit_log()] == [1, 2, 3]


@pytest.mark.parametrize("named", ["", "  ", "\n"])
def test_without_a_name_given_it_is_the_systems(case: Case, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEJAK_USER", named)
    monkeypatch.setenv("LOGNAME", "of-the-system")
    case.audit("export")
    assert [entry.by for entry in case.audit_log()][-1] == "of-the-system"


def test_a_line_that_is_not_understood_is_named(case: Case) -> None:
    with pytest.raises(CaseError, match="line 7"):
        list(read_audit([{"type": "audit", "seq": 7, "at": "never", "by": "x", "action": "y", "details": {}}]))


def test_a_journal_whose_end_was_cut_off_takes_no_more_lines(case: Case) -> None:
    case.audit("export")
    path = case.folder / "journal.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    before = path.read_bytes()
    with pytest.raises(EvidenceError, match="cut off"):
        case.audit("report")
    assert path.read_bytes() == before
