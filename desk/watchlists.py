"""A new watch, written as a file of the case from what a person typed."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from casefile.atomic import write_text
from casefile.case import Case
from casefile.watch_settings import Watch

_FALLBACK = "watch"
_LONGEST = 40


def add_watch(case: Case, told: Mapping[str, Any]) -> Watch:
    """Write a watch of the case and note who did; raises pydantic's ValidationError, naming each field that is wrong."""
    folder = case.folder / "watch"
    watch = Watch.model_validate({**told, "name": _free_name(folder, str(told.get("title", "")))})
    folder.mkdir(exist_ok=True)
    values = watch.model_dump(mode="json", exclude_defaults=True, exclude={"name"})
    written = io.StringIO()
    yaml = YAML(typ="rt", pure=True)
    yaml.allow_unicode, yaml.width = True, 10_000
    yaml.dump(values, written)
    write_text(folder / f"{watch.name}.yml", written.getvalue())
    case.audit("watch added", watch=watch.name)
    return watch


def _free_name(folder: Path, title: str) -> str:
    """A file's name out of a title, in the letters that such names may have; a number behind it where it is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or _FALLBACK
    number, free = 1, name
    while (folder / f"{free}.yml").exists():
        number += 1
        free = f"{name}-{number}"
    return free
