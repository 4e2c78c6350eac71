"""Setting up: what is missing is said, and nothing stops for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def see_to_chromium(**environment: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", "setup/chromium.sh", str(Path(sys.executable).parent)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment})


def test_without_a_chromium_setting_up_says_so_and_goes_on() -> None:
    seen = see_to_chromium(JEJAK_CHROMIUM="/nowhere/chromium", JEJAK_NO_CHROMIUM="1")
    assert seen.returncode == 0
    assert "will be left out" in seen.stdout


def test_with_a_chromium_setting_up_has_nothing_to_say() -> None:
    seen = see_to_chromium(JEJAK_CHROMIUM=sys.executable, JEJAK_NO_CHROMIUM="1")
    assert (seen.returncode, seen.stdout) == (0, "")


def test_every_locked_package_has_a_licence_that_was_judged_and_is_listed() -> None:
    told = subprocess.run([sys.executable, "setup/licences.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr


def test_dangerous_code_is_refused(tmp_path: Path) -> None:
    written = tmp_path / "code.py"
    written.write_text('"""Runs a shell."""\nimport subprocess\nsubprocess.run("ls " + input(), shell=True)\n')
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--config", "pyproject.toml", str(written)]
    assert "S602" in subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
