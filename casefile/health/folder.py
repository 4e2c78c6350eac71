"""The case as a folder: settings, rights, room on the disk, and what dead processes left."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from casefile.case import FOLDERS
from casefile.errors import SettingsError
from casefile.health.check import Check, Checks, warning, well, wrong
from casefile.settings_files import SETTINGS_FILE, read_case_settings, read_sources

_SCARCE, _TOO_LITTLE = 2_000_000_000, 200_000_000  # bytes: some crawls more, and not even one
_HALF_AN_HOUR = 1_800.0
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_settings(folder: Path) -> Checks:
    """`case.toml` and every file of `sources/`, each mistake by itself."""
    try:
        settings = read_case_settings(folder)
    except SettingsError as error:
        yield from (wrong("settings", str(mistake), error.remedy) for mistake in error.mistakes)
    else:
        yield well("settings", f"{SETTINGS_FILE} is sound: “{settings.title}”, TLP:{settings.handling.upper()}")
        unsaid = [name for name in ("purpose", "legal_basis", "contact") if getattr(settings, name) == "not stated yet"]
        if unsaid:
            words = f"{', '.join(unsaid).replace('_', ' ')} not stated"
            yield warning("settings", words, f"State it in {SETTINGS_FILE}: reports and web sites show it.")
    try:
        sources = read_sources(folder)
    except SettingsError as error:
        yield from (wrong("sources", str(mistake), error.remedy) for mistake in error.mistakes)
    else:
        yield well("sources", f"all files of sources/ are sound ({len(sources)})")


def check_rights(folder: Path) -> Checks:
    """Whether we can write where we must, and others cannot read what they must not."""
    if not os.access(folder, os.W_OK):
        yield warning("folders", f"{folder} can only be read", "That is right for a copy; nothing can be added to it.")
        return
    missing = [name for name in FOLDERS if not (folder / name).is_dir()]
    shut = [name for name in FOLDERS if (folder / name).is_dir() and not os.access(folder / name, os.W_OK | os.X_OK)]
    if shut:
        yield wrong("folders", f"{', '.join(shut)}: we may not write there", f"chown -R $USER {folder}")
    elif missing:
        yield well("folders", f"{', '.join(missing)}: made when needed; the others can be written to")
    else:
        yield well("folders", "all are there and can be written to")
    if sys.platform != "win32" and folder.stat().st_mode & _OTHERS:
        words = "others who use this machine may look into the case"
        yield warning("rights", words, f"chmod 700 {folder}", mendable=True)


def check_disk(folder: Path) -> Checks:
    """Room for what comes."""
    free = shutil.disk_usage(folder).free
    words = f"{free / 1e9:.1f} GB free"
    if free < _TOO_LITTLE:
        yield wrong("disk", f"only {words}", "Free some space; until then nothing can be collected.")
    elif free < _SCARCE:
        yield warning("disk", f"only {words}", "Free some space before the next large crawl.")
    else:
        yield well("disk", words)


def check_leftovers(folder: Path) -> Checks:
    """Who works in the case at this moment, and half-written files of processes that died."""
    working = [path.stem for path in held_locks(folder)]
    yield well("locks", f"held by running commands: {', '.join(working)}" if working else "nobody else works here")
    parts = list(leftovers(folder))
    if parts:
        words = f"half-written files of commands that died: {len(parts)}"
        yield warning("leftovers", words, "They were never counted, and can go.", mendable=True)


def held_locks(folder: Path) -> Iterator[Path]:
    """The locks that a living process holds; the system lets go of those of a dead one by itself."""
    for path in sorted((folder / ".locks").glob("*.lock")):
        try:
            with FileLock(path, timeout=0):
                continue
        except Timeout:
            yield path
        except OSError:  # not ours to open: the check of rights says so
            continue


def leftovers(folder: Path) -> Iterator[Path]:
    """Files that `casefile.atomic` began and never finished, older than half an hour."""
    for path in sorted(folder.rglob(".*.part")):
        if time.time() - path.stat().st_mtime > _HALF_AN_HOUR:
            yield path


def mend_folder(folder: Path) -> Iterator[Check]:
    """Close the folder to others, and take away what dead processes left; tells what was done."""
    if sys.platform != "win32" and folder.stat().st_mode & _OTHERS:
        folder.chmod(0o700)
        yield well("rights", f"{folder} is now open to you only")
    parts = list(leftovers(folder))
    for path in parts:
        path.unlink(missing_ok=True)
    if parts:
        yield well("leftovers", f"half-written files taken away: {len(parts)}")
