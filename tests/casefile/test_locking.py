"""A case at rest: one encrypted file and back, and never less than one of the two."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pyrage
import pytest

from casefile.case import Case
from casefile.errors import CaseError
from casefile.locking import finish, lock_case, unlock_case
from tests.casefile.making import SOURCE, a_post, an_answer, keep, problems_of
from tests.conftest import SETTINGS

WORDS = "lima kata yang tidak dilupakan"
TEXT = "rahasia besar"


def a_case(folder: Path) -> Path:
    with Case.create(folder, SETTINGS) as case:
        keep(case, a_post(1, TEXT), a_post(2))
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_locked_case_is_one_file_that_tells_nothing_and_comes_back_the_same(tmp_path: Path) -> None:
    folder = a_case(tmp_path / "case")
    before = content(folder)
    locked = lock_case(folder, WORDS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.locked"]
    assert TEXT.encode() not in locked.read_bytes() and b"case.toml" not in locked.read_bytes()
    with pytest.raises(CaseError, match="does not open with this passphrase"):
        unlock_case(locked, "lima kata yang salah sekali")
    assert unlock_case(locked, WORDS) == folder and not locked.exists()
    assert content(folder) == before
    assert folder.stat().st_mode & 0o077 == 0
    with Case.open(folder) as case:
        assert problems_of(case) == []


def test_it_opens_with_tar_openssl_and_age_alone(tmp_path: Path) -> None:
    folder = a_case(tmp_path / "case")
    before = content(folder)
    locked = lock_case(folder, WORDS)
    room = tmp_path / "room"
    room.mkdir()
    subprocess.run(["tar", "-xf", locked, "-C", room], check=True)
    openssl = ["openssl", "enc", "-d", "-aes-256-cbc", "-pbkdf2", "-iter", "2000000", "-in", str(room / "key.enc")]
    told = subprocess.run([*openssl, "-pass", f"pass:{WORDS}"], check=True, capture_output=True, text=True)
    key = told.stdout
    pyrage.decrypt_file(str(room / "case.tar.age"), str(room / "case.tar"), [pyrage.x25519.Identity.from_str(key)])
    subprocess.run(["tar", "-xf", room / "case.tar", "-C", room, "--one-top-level=plain"], check=True)
    assert content(room / "plain") == before


@pytest.fixture(scope="module")
def locked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lock_case(a_case(tmp_path_factory.mktemp("locked") / "case"), WORDS)


@pytest.mark.parametrize("spoil", ["changed", "cut", "empty"])
def test_a_damaged_file_is_said_so_and_leaves_nothing_half_open(locked_once: Path, tmp_path: Path, spoil: str) -> None:
    locked = Path(shutil.copy(locked_once, tmp_path))
    data = bytearray(locked.read_bytes())
    if spoil == "changed":
        data[len(data) // 2] ^= 1
    locked.write_bytes({"changed": bytes(data), "cut": bytes(data[: len(data) * 2 // 3]), "empty": b""}[spoil])
    with pytest.raises(CaseError, match="damaged"):
        unlock_case(locked, WORDS)
    assert locked.exists() and not (tmp_path / "case").exists()


def test_what_could_be_lost_is_refused(tmp_path: Path) -> None:
    folder = a_case(tmp_path / "case")
    with pytest.raises(CaseError, match="12 letters"):
        lock_case(folder, "short")
    with Case.open(folder) as case, case.keeper() as keeper:
        keeper.keep_page(SOURCE, keeper.begin_crawl(SOURCE), an_answer(9), [a_post(9)])
        with pytest.raises(CaseError, match="another command works"):
            lock_case(folder, WORDS)
    (folder / "link").symlink_to(tmp_path)
    with pytest.raises(CaseError, match="neither a file nor a folder"):
        lock_case(folder, WORDS)
    (folder / "link").unlink()
    (tmp_path / "case.locked").write_bytes(b"another")
    with pytest.raises(CaseError, match="is there already"):
        lock_case(folder, WORDS)
    assert (folder / "case.toml").exists()
    with pytest.raises(CaseError, match="is there already"):
        unlock_case(tmp_path / "case.locked", WORDS)


_KILLED = """
import os, signal, sys
from pathlib import Path
from casefile import locking
left = int(sys.argv[3])
def hear(event, arguments):
    global left
    if event in ("os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hear)
getattr(locking, sys.argv[1])(Path(sys.argv[2]), os.environ["JEJAK_PASSPHRASE"])
"""


def killed(what: str, path: Path, step: int) -> int:
    command = [sys.executable, "-c", _KILLED, what, str(path), str(step)]
    return subprocess.run(
        command, env=os.environ | {"JEJAK_PASSPHRASE": WORDS}, cwd=Path(__file__).parents[2]
    ).returncode


@pytest.mark.parametrize("step", [2, 3, 5, 8])
def test_killed_while_it_is_locked_or_unlocked_the_case_is_there_in_one_form(
    locked_once: Path, tmp_path: Path, step: int
) -> None:
    locked = Path(shutil.copy(locked_once, tmp_path))
    assert killed("unlock_case", locked, step) in (-9, 0)
    if locked.exists() and not (tmp_path / "case").exists():
        unlock_case(locked, WORDS)
    locked.unlink(missing_ok=True)
    whole = content(tmp_path / "case")
    assert killed("lock_case", tmp_path / "case", step) in (-9, 0)
    if (tmp_path / "case").exists():
        assert content(tmp_path / "case") == whole
        locked.unlink(missing_ok=True)
        lock_case(tmp_path / "case", WORDS)
    assert tarfile.is_tarfile(locked)
    finish(tmp_path / "case")
    assert [path.name for path in tmp_path.iterdir()] == [locked.name]  # nothing of it is left in plain
    unlock_case(locked, WORDS)
    assert content(tmp_path / "case") == whole
