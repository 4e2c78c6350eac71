"""Notes and pins in the journal."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.errors import CaseError, JudgementError
from casefile.notes import note_entry, pin_entry, read_noted, removal_entry
from tests.desk.report.sample import empty_case

PHONE = "phone:+6281200001111"


def test_a_note_is_kept_with_who_and_when_and_stands_in_the_audit(tmp_path: Path) -> None:
    with empty_case(tmp_path) as case:
        case.write_note(note_entry(PHONE, " seen on a poster "))
        [note] = read_noted(case.journal.entries()).notes[PHONE]
        assert note.words == "seen on a poster" and note.by
        assert [entry.action for entry in case.audit_log()][-1] == "note"


def test_a_note_that_was_taken_away_is_shown_no_more_and_stays_in_the_journal(tmp_path: Path) -> None:
    with empty_case(tmp_path) as case:
        kept = case.write_note(note_entry(PHONE, "first"))
        case.write_note(note_entry(PHONE, "second"))
        case.write_note(removal_entry(int(kept["seq"])))
        assert [note.words for note in read_noted(case.journal.entries()).notes[PHONE]] == ["second"]
        assert "first" in (case.folder / "journal.jsonl").read_text("utf-8")


def test_the_last_place_of_a_pin_holds_until_it_is_let_go(tmp_path: Path) -> None:
    with empty_case(tmp_path) as case:
        for at in ((1.0, 2.0), (3.5, -4.0)):
            case.write_note(pin_entry("network:1", PHONE, at))
        assert read_noted(case.journal.entries()).pins == {"network:1": {PHONE: (3.5, -4.0)}}
        case.write_note(pin_entry("network:1", PHONE, None))
        assert read_noted(case.journal.entries()).pins == {"network:1": {}}


@pytest.mark.parametrize("words", ["", "   ", "x" * 2_001])
def test_a_note_that_says_nothing_or_too_much_is_not_taken(words: str) -> None:
    with pytest.raises(JudgementError):
        note_entry(PHONE, words)


@pytest.mark.parametrize("at", [(float("nan"), 0.0), (0.0, float("inf")), (1e9, 0.0)])
def test_a_place_outside_of_every_drawing_is_not_taken(at: tuple[float, float]) -> None:
    with pytest.raises(JudgementError):
        pin_entry("network:1", PHONE, at)


def test_a_line_that_is_not_understood_is_told(tmp_path: Path) -> None:
    with empty_case(tmp_path) as case:
        case.write_note({"type": "note", "on": PHONE})
        with pytest.raises(CaseError, match="a note that this version"):
            read_noted(case.journal.entries())


@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_whatever_is_written_comes_back_from_its_line(words: str) -> None:
    entry = {**note_entry(PHONE, words), "seq": 3, "at": "2026-03-02T09:30:00+00:00", "by": "rani"}
    [note] = read_noted([entry]).notes[PHONE]
    assert note.words == entry["words"]
