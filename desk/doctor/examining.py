"""All that the doctor looks at, and all that it can put right by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from casefile.case import Case
from casefile.errors import CaseError, JejakError
from casefile.health.check import Check, Checks, State, warning, well, wrong
from casefile.health.folder import (
    check_disk,
    check_leftovers,
    check_rights,
    check_settings,
    held_locks,
    mend_folder,
)
from casefile.health.kept import check_chains, check_database, check_evidence, mend_kept
from casefile.health.keys import check_keys, mend_keys
from casefile.health.machine import check_machine
from casefile.health.sources import check_sources
from casefile.settings_files import SETTINGS_FILE, read_case_settings, read_sources


def examine(folder: Path) -> Checks:
    """Look at a case and the machine; nothing is changed. Raises CaseError where there is no case."""
    if not (folder / SETTINGS_FILE).is_file():
        raise CaseError(f"{folder}: there is no case here (no {SETTINGS_FILE})", f"Make one with `jejak new {folder}`.")
    found: list[Check] = []
    for look in (check_machine, _browser, *(_on(folder, look) for look in _OF_FOLDERS)):
        for check in _guarded(look):
            found.append(check)
            yield check
    if not any(check.state is State.WRONG and check.what in _NEEDED for check in found):
        yield from _guarded(lambda: _opened(folder))


_OF_FOLDERS: tuple[Callable[[Path], Checks], ...] = (
    check_settings, check_rights, check_disk, check_leftovers, check_chains, check_evidence, check_database, check_keys,
)  # fmt: skip
_NEEDED = {"settings", "sources", "folders", "database"}


def mend(folder: Path) -> Checks:
    """Put right what can be put right without a person; tells what was done."""
    working = [path.stem for path in held_locks(folder)]
    if working:
        words = f"other commands work in this case now ({', '.join(working)})"
        yield wrong("mending", words, "Wait until they are done, and run the doctor again.")
        return
    for put_right in (lambda: mend_folder(folder), mend_keys, lambda: mend_kept(folder)):
        yield from _guarded(put_right)


def _on(folder: Path, look: Callable[[Path], Checks]) -> Callable[[], Checks]:
    return lambda: look(folder)


def _browser() -> Checks:
    from crawlers.health import check_browser

    return check_browser()


def examine_network(folder: Path) -> Checks:
    """What web sites see of us by each way out. Raises SettingsError."""
    from crawlers.leaks import check_ways_out

    yield from _guarded(lambda: check_ways_out(read_case_settings(folder), read_sources(folder)))


def _opened(folder: Path) -> Checks:
    """What only an open case can tell."""
    with Case.open(folder) as case:
        yield from check_sources(case)
        problems = case.store.counts()["problems"]
        if problems:
            yield warning("problems", f"{problems:,} things were set aside", "`jejak stats CASE` says what to do.")
        else:
            yield well("problems", "nothing was set aside")


def _guarded(look: Callable[[], Checks]) -> Iterator[Check]:
    """What cannot even be looked at is told like everything else."""
    try:
        yield from look()
    except JejakError as error:
        yield wrong("case", str(error), error.remedy)
    except OSError as error:
        yield wrong(
            "case", f"{error.filename}: cannot be read ({error.strerror})", "Check its permissions and the disk."
        )
