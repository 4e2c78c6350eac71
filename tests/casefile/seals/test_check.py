"""Checking seals: what a stranger wrote into a case or laid beside it is named, and does nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.case import Case
from casefile.seals.check import check_seals
from casefile.seals.seal import read_statement, seal_entry
from casefile.seals.sealing import seal_case
from tests.casefile.making import a_post, keep


@pytest.fixture
def sealed(case: Case) -> Case:
    keep(case, a_post(1))
    seal_case(case)
    return case


def found(case: Case) -> list[str]:
    return [str(finding) for finding in check_seals(case)]


def changed(sealed: Case, /, **told: Any) -> str:
    """The statement of the first seal, with other values."""
    return json.dumps(json.loads((sealed.folder / "seals" / "0001.json").read_text()) | told)


@pytest.mark.parametrize(
    "told",
    [
        {"number": 10**30},
        {"number": -1},
        {"number": "1"},
        {"at": "yesterday"},
        {"key": "AAAA"},
        {"key": 7},
        {"format": "another"},
        {"manifest": []},
        {"evidence": {"files": 1, "bytes": 1, "entries": {"page": "many"}}},
        {"case": None},
        {"journal": {"line": float("inf"), "sha256": ""}},
    ],
)
def test_a_statement_that_nobody_signed_or_can_read_is_named(sealed: Case, told: dict[str, Any]) -> None:
    (sealed.folder / "seals" / "0002.json").write_text(changed(sealed, **told))
    assert any(finding.startswith("seals/0002.json") for finding in found(sealed))
    sealed.write_seal(
        {"type": "seal", "number": 2, "statement": changed(sealed, **told), "signature": "", "request": ""}
    )
    line = sealed.journal.head().seq
    assert any(finding.startswith(f"journal.jsonl, line {line}") for finding in found(sealed))


def test_a_seal_that_the_journal_holds_with_another_name_or_time_is_named(sealed: Case) -> None:
    text = changed(sealed, number=2)
    entry = seal_entry(read_statement(text), text, b"", b"")
    for told in ({"by": "somebody else"}, {"at": "2020-01-01T00:00:00.000000+00:00"}, {"key": []}):
        sealed.write_seal(entry | told)
        line = sealed.journal.head().seq
        assert any(finding.startswith(f"journal.jsonl, line {line}") for finding in found(sealed))


def test_a_signature_of_another_statement_is_named(sealed: Case) -> None:
    text = changed(sealed, number=2)
    signature = (sealed.folder / "seals" / "0001.sig").read_bytes()
    sealed.write_seal(seal_entry(read_statement(text), text, signature, b""))
    assert any("signature is not that of its key" in finding for finding in found(sealed))
    assert any("seal 2: does not follow" in finding for finding in found(sealed))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_file_beside_the_seals_is_named_and_stops_nothing(sealed: Case, content: bytes) -> None:
    (sealed.folder / "seals" / "0007.json").write_bytes(content)
    assert found(sealed) == ["seals/0007.json: is no seal that can be read"]
