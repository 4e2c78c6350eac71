"""Pausing a source or a watch, and going on: one line of its file changes, all else in it stays as a person wrote it."""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from casefile.atomic import write_text
from casefile.case import Case
from casefile.errors import CaseError, NotFound
from casefile.settings_files import read_yaml
from casefile.watch_settings import read_watches


def pause_source(case: Case, name: str, paused: bool) -> None:
    """Pause a source, or let it go on; raises NotFound, or SettingsError where its file is wrong."""
    source = case.source(name)
    if source.paused != paused:
        _write(case.folder / "sources" / f"{source.name}.yml", paused)
        case.audit("pause" if paused else "resume", source=source.name)


def pause_watch(case: Case, name: str, paused: bool) -> None:
    """The same for a watch."""
    watch = next((one for one in read_watches(case.folder) if one.name == name), None)
    if watch is None:
        raise NotFound(f"There is no watch “{name}”.", "`jejak watchlist CASE` lists those that there are.")
    if watch.paused != paused:
        _write(case.folder / "watch" / f"{watch.name}.yml", paused)
        case.audit("pause" if paused else "resume", watch=watch.name)


def _write(path: Path, paused: bool) -> None:
    told = f"paused: {'true' if paused else 'false'}"
    values = read_yaml(path, path.name, told)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    if "paused" in values:
        at = values.lc.key("paused")[0]
        lines[at] = re.sub(r"paused\s*:\s*[^\s#]+", told, lines[at], count=1)
    else:
        lines.append(told)
    changed = "\n".join(lines) + "\n"
    if _told(changed) != {**values, "paused": paused}:  # a file of another shape, such as one pair of braces
        raise CaseError(f"{path.name}: 'paused' could not be set there.", f"Write `{told}` into it.")
    write_text(path, changed)


def _told(text: str) -> object:
    try:
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError:
        return None
