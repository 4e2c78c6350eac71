"""Looking into a case without writing into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import CaseError
from casefile.records import Actor, Connections
from desk.reading_copies import open_copy
from tests.casefile.making import save_connections

ACTOR = Actor(id="actor:a", name="a", identifiers=("phone:+6281200000001",), posts=("p",), confidence=0.9)


def test_what_an_open_case_wrote_last_is_in_the_copy(case: Case) -> None:
    save_connections(case.store, Connections(entities=(), actors=(ACTOR,), links=(), networks=()))
    assert (case.folder / "case.db-wal").stat().st_size > 0  # it is not in case.db yet
    with open_copy(case.folder) as copy:
        assert copy.connections.actors == (ACTOR,)
        assert copy.title == case.settings.title


def test_what_is_written_to_the_copy_does_not_reach_the_case(case: Case) -> None:
    with open_copy(case.folder) as copy:
        save_connections(copy.store, Connections(entities=(), actors=(ACTOR,), links=(), networks=()))
    assert case.store.connections().actors == ()


def test_a_folder_without_a_case_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no case here"), open_copy(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
