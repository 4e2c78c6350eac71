from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.settings import CaseSettings, ElasticSettings
from desk.cli import main
from desk.kibana.bundle import bundle
from desk.kibana.names import Names
from tests.desk.kibana.stub import PASSWORD, StubKibana, running

_OBJECTS = len(bundle(Names("jejak")))


@dataclass
class Room:
    """A case, a Kibana, and what was printed."""

    folder: Path
    kibana: StubKibana
    capsys: pytest.CaptureFixture[str]

    def install(self, *options: str) -> tuple[int, str, str]:
        """Exit code, result and notes of the command."""
        url = () if "--url" in options else ("--url", self.kibana.url)
        with pytest.raises(SystemExit) as left:
            main(["kibana", "install", str(self.folder), "--no-roles", *url, *options])
        told = self.capsys.readouterr()
        return int(left.value.code or 0), told.out, told.err


@pytest.fixture
def room(
    tmp_path: Path, settings: CaseSettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Room]:
    monkeypatch.setenv("JEJAK_ELASTIC_PASSWORD", PASSWORD)
    monkeypatch.delenv("JEJAK_ELASTIC_API_KEY", raising=False)
    folder = tmp_path / "case"
    elastic = ElasticSettings(urls=("http://127.0.0.1:9",))
    Case.create(folder, settings.model_copy(update={"elastic": elastic})).close()
    with running(StubKibana()) as kibana:
        yield Room(folder, kibana, capsys)


def test_space_and_objects_are_put_there_and_it_is_said(room: Room) -> None:
    code, out, _ = room.install()
    assert code == 0
    assert "space “jejak”: made" in out
    assert f"{_OBJECTS} of {_OBJECTS} put there ({_OBJECTS} new, 0 replaced)" in out
    assert f"{room.kibana.url}/s/jejak/app/dashboards#/view/" in out
    assert len(room.kibana.objects) == _OBJECTS


def test_done_again_everything_is_replaced_and_nothing_doubled(room: Room) -> None:
    room.install()
    code, out, _ = room.install()
    assert code == 0
    assert "was there, left as it is" in out
    assert f"(0 new, {_OBJECTS} replaced)" in out
    assert len(room.kibana.objects) == _OBJECTS


def test_an_answer_of_200_that_took_only_a_part_is_a_failure_and_says_which(room: Room) -> None:
    room.kibana.refuse = ("Routes",)
    code, out, err = room.install()
    assert code == 1
    assert f"{_OBJECTS - 1} of {_OBJECTS} put there" in out
    assert "dashboard “Routes”: needs what is not there (index-pattern gone)" in err
    room.kibana.refuse = ()
    assert room.install()[0] == 0


def test_a_wrong_password_is_named_and_never_shown(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEJAK_ELASTIC_PASSWORD", "not the right one")
    code, out, err = room.install()
    assert code == 1
    assert "does not accept the password or API key" in err
    assert "JEJAK_ELASTIC_PASSWORD" in err
    assert "not the right one" not in out + err
    assert room.kibana.objects == {}


def test_an_older_kibana_is_refused_before_anything_is_made(room: Room) -> None:
    room.kibana.version = "8.11.4"
    code, _, err = room.install()
    assert code == 1
    assert "is Kibana 8.11.4; the dashboards need 8.19 or newer" in err
    assert room.kibana.spaces == {}


def test_a_newer_kibana_is_tried_and_said_to_be_new(room: Room) -> None:
    room.kibana.version = "10.0.1"
    code, _, err = room.install()
    assert code == 0
    assert "newer than any that Jejak knows" in err


def test_nobody_there_is_said_with_the_way_out(room: Room) -> None:
    code, _, err = room.install("--url", "http://127.0.0.1:9")
    assert code == 1
    assert "does not answer" in err
    assert "--url" in err


def test_nothing_travels_open_to_another_machine(room: Room) -> None:
    code, _, err = room.install("--url", "http://kibana.example:5601")
    assert code == 1
    assert "without encryption" in err


def test_what_was_done_is_in_the_audit(room: Room) -> None:
    room.install("--space", "harbour")
    with Case.open(room.folder) as case:
        [entry] = [entry for entry in case.audit_log() if entry.action == "kibana"]
    assert entry.details["space"] == "harbour"
    assert entry.details["refused"] == 0


def test_programs_get_json(room: Room) -> None:
    told = json.loads(room.install("--json")[1])
    assert told["whole"] is True
    assert told["imported"] == {"new": _OBJECTS, "replaced": 0, "refused": []}


def test_what_is_written_for_an_import_by_hand_is_what_is_put_there(room: Room, tmp_path: Path) -> None:
    room.install()
    with pytest.raises(SystemExit):
        main(["kibana", "write", str(room.folder), str(tmp_path / "by-hand.ndjson")])
    lines = (tmp_path / "by-hand.ndjson").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines} == {identity for _, _, identity in room.kibana.objects}
