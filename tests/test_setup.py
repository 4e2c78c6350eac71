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
