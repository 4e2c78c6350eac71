"""Making a new case, with examples of sources beside the place for its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from casefile.case import Case
from casefile.settings import CONFIG_FOLDER, CaseSettings


def create_case(folder: Path, settings: CaseSettings) -> Case:
    """Make a case in a folder that does not exist or is empty; raises CaseError. The caller closes it."""
    case = Case.create(folder, settings)
    shutil.copytree(CONFIG_FOLDER / "sources", examples_of(folder), dirs_exist_ok=True)
    return case


def examples_of(folder: Path) -> Path:
    """Where the examples of sources of a case stand."""
    return folder / "sources" / "examples"


def is_free(folder: Path) -> bool:
    """Whether a case can be made there: no such folder yet, or an empty one."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
