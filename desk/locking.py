"""Locking a case at rest and unlocking it, with the passphrase asked for."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from casefile.case import Case
from casefile.locking import SUFFIX, finish, lock_case, unlock_case
from desk import terminal

VARIABLE = "JEJAK_PASSPHRASE"


def lock(folder: Path, as_json: bool) -> None:
    """Lock a case; that it was locked is the last that its journal says."""
    locked = folder.with_name(folder.name + SUFFIX)
    if locked.is_file() and not folder.exists() and finish(folder):
        _say_locked(locked, as_json)
        return
    with Case.open(folder) as case:
        passphrase = _passphrase(twice=True)
        case.audit("lock")
    with terminal.progress("Locking", ""):
        locked = lock_case(folder, passphrase)
    _say_locked(locked, as_json)


def _say_locked(locked: Path, as_json: bool) -> None:
    if as_json:
        terminal.say_json({"locked": str(locked), "bytes": locked.stat().st_size})
        return
    terminal.say(f"{locked}: the whole case, encrypted. The folder was removed.", "bold green")
    terminal.say("Without the passphrase nobody opens it, you included. Backups of the folder are as open as before.")


def unlock(locked: Path, as_json: bool) -> None:
    """Unlock a case."""
    passphrase = _passphrase(twice=False)
    with terminal.progress("Unlocking", ""):
        folder = unlock_case(locked, passphrase)
    with Case.open(folder) as case:
        case.audit("unlock")
    if as_json:
        terminal.say_json({"unlocked": str(folder)})
        return
    terminal.say(f"{folder}: the case is open again. {folder.name}{SUFFIX} was removed.", "bold green")


def _passphrase(*, twice: bool) -> str:
    given = os.environ.get(VARIABLE)
    return given or str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True))
