"""The unit of systemd and the line for crontab."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import CaseError
from casefile.settings import CaseSettings
from desk.cli import main
from desk.schedule.installing import crontab_line, unit, unit_name


def value(text: str, key: str) -> str:
    return next(line.partition("=")[2] for line in text.splitlines() if line.startswith(f"{key}="))


def test_install_writes_a_unit_of_this_person_and_tells_how_to_start_it(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with pytest.raises(SystemExit) as leaving:
        main(["schedule", "install", str(case.folder)])
    assert leaving.value.code == 0
    [written] = (tmp_path / "config" / "systemd" / "user").iterdir()
    assert written.name == unit_name(case.folder)
    assert value(written.read_text(), "ExecStart").endswith(f'"watch" "{case.folder}"')
    assert value(written.read_text(), "NoNewPrivileges") == "yes"
    assert f"systemctl --user enable --now {written.name}" in " ".join(capsys.readouterr().out.split())


def test_names_that_mean_something_to_systemd_are_taken_as_they_are(tmp_path: Path, settings: CaseSettings) -> None:
    made = unit(tmp_path / 'a%h "$HOME" b', settings)
    assert value(made, "ExecStart").endswith('a%%h \\"$$HOME\\" b"')


def test_a_name_with_a_line_of_its_own_is_refused(tmp_path: Path, settings: CaseSettings) -> None:
    with pytest.raises(CaseError):
        unit(tmp_path / "case\nExecStartPre=evil", settings)


def test_cases_of_one_name_have_units_of_their_own(tmp_path: Path) -> None:
    assert unit_name(tmp_path / "a" / "case") != unit_name(tmp_path / "b" / "case")


def test_the_line_for_crontab_says_once_and_escapes_percent_signs(tmp_path: Path) -> None:
    line = crontab_line(tmp_path / "a 5% case")
    assert line.startswith("*/10 * * * * ")
    words = shlex.split(line.replace("\\%", "%"))
    assert words[words.index("watch") + 1 : words.index("watch") + 3] == [str(tmp_path / "a 5% case"), "--once"]
