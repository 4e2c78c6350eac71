"""`docs/evidence.md`: its commands do what it says, and none of them passes on evidence that was changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desk.cli import build_app
from tests.casefile.seals.authority import make_authority
from tests.desk.commands.conftest import Jejak

PAGE = Path(__file__).resolve().parents[3] / "docs" / "evidence.md"


def steps() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def room(filled: Path, jejak: Jejak, tmp_path: Path) -> Path:
    """A folder with my-case in it, sealed and stamped."""
    authority = make_authority(tmp_path / "tsa")
    case = Path(shutil.copytree(filled, tmp_path / "room" / "my-case"))
    jejak("seal", case)
    shutil.copy(authority.root, case / "authority.pem")
    reply = tmp_path / "reply.tsr"
    reply.write_bytes(authority.reply((case / "seals" / "0001.tsq").read_bytes()))
    assert jejak("seal", case, "--reply", reply).code == 0
    return case.parent


def run(room: Path, script: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    return subprocess.run(["sh", "-e", "-c", script], cwd=room, env=environment, capture_output=True, text=True)


def test_every_step_passes_on_sound_evidence(room: Path) -> None:
    script = ""
    for step in steps():
        script += step
        done = run(room, script)
        assert done.returncode == 0, (step, done.stdout, done.stderr)
    assert "Signature Verified Successfully" in done.stdout and "Time stamp:" in done.stdout


@pytest.mark.parametrize("name", ["evidence", "line", "last line", "statement", "signature", "token"])
def test_the_steps_stop_at_what_was_changed(room: Path, name: str) -> None:
    case = room / "my-case"
    run(room, steps()[0])
    capture = json.loads((room / "item.json").read_text())["captures"][0]
    manifest = case / "evidence" / "manifest.jsonl"
    files = {
        "evidence": (case / "evidence" / capture["warc_file"], capture["warc_offset"] + 30),
        "line": (manifest, manifest.read_bytes().index(capture["record_id"].encode())),
        "last line": (manifest, -90),
        "statement": (case / "seals" / "0001.json", 12),
        "signature": (case / "seals" / "0001.sig", 3),
        "token": (case / "seals" / "0001.tsr", -20),
    }
    path, place = files[name]
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    item = "jejak() { cat item.json.kept; }\n"
    shutil.copy(room / "item.json", room / "item.json.kept")
    assert run(room, item + "".join(steps())).returncode != 0


def test_every_command_that_the_page_names_exists() -> None:
    from typer.main import get_command

    known = get_command(build_app()).commands  # type: ignore[attr-defined]  # a group has commands
    named = set(re.findall(r"jejak ([a-z]+)", PAGE.read_text(encoding="utf-8")))
    assert named and named <= set(known)
