"""The keys that seal cases: where they lie, and who may read them."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from casefile.health.check import Checks, warning, well, wrong
from casefile.health.kept import chains_of
from casefile.seals.keys import keys_folder
from casefile.seals.seal import read_seals

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_keys(folder: Path) -> Checks:
    """Whether private keys lie outside the case and only their owner may read them, and whether the case is sealed."""
    keys = sorted(keys_folder().glob("*/*.pem")) if keys_folder().is_dir() else []
    for key in keys if sys.platform != "win32" else ():
        if key.stat().st_mode & _OTHERS:
            yield wrong("keys", f"{key}: others may read this key", f"chmod 600 {key}", mendable=True)
    if keys_folder().resolve().is_relative_to(folder.resolve()):
        words = f"{keys_folder()} lies inside the case: whoever gets the case gets the key"
        yield wrong("keys", words, "Name another folder with JEJAK_KEYS, and move it there.")
    manifest, journal = chains_of(folder)
    seals, _ = read_seals(journal.whole_entries())
    if not seals:
        words = "the case was never sealed"
        yield warning("keys", words, "`jejak seal CASE`, and give the seal to somebody outside.")
        return
    since = manifest.head().seq - seals[-1].statement.manifest.head.seq
    stamped = "" if seals[-1].reply else ", without a time stamp"
    if since > 0:
        words = f"{since:,} lines of evidence were added since the last seal"
        yield warning("keys", words, "`jejak seal CASE` after each crawl that matters.")
    else:
        yield well("keys", f"sealed {len(seals)} times, the last holds all evidence{stamped}")


def mend_keys() -> Checks:
    """Let only their owner read the keys."""
    for key in sorted(keys_folder().glob("*/*.pem")) if keys_folder().is_dir() and sys.platform != "win32" else ():
        if key.stat().st_mode & _OTHERS:
            key.chmod(0o600)
            yield well("keys", f"{key}: now only you may read it")
