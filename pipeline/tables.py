"""The tables and lists of config/ that reading works with: what an investigator may edit, checked as it is read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from casefile.config_folder import CONFIG_FOLDER
from casefile.errors import Mistake, SettingsError


def read_table(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of `config/<name>.csv`; SettingsError names every line that lacks one of `columns`."""
    path = CONFIG_FOLDER / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = [{key: value or "" for key, value in row.items() if key} for row in reader]
            lines = len(rows) + 1
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError([_mistake(name, "csv", "file", str(error))]) from error
    missing = [column for column in columns if rows and column not in rows[0]]
    if missing or not rows:
        problem = f"the columns {', '.join(missing)} are missing" if rows else f"no rows in {lines} lines"
        raise SettingsError([_mistake(name, "csv", "line 1", problem)])
    return rows


@cache
def read_lists(name: str) -> Mapping[str, Any]:
    """The content of `config/<name>.yml` as plain lists and mappings, read once: not to be changed."""
    path = CONFIG_FOLDER / f"{name}.yml"
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise SettingsError([_mistake(name, "yml", "file", str(error))]) from error
    if not isinstance(content, Mapping):
        raise SettingsError([_mistake(name, "yml", "file", "it holds no named lists")])
    return content


def _mistake(name: str, ending: str, where: str, problem: str) -> Mistake:
    expected = "comma-separated values with a heading" if ending == "csv" else "YAML with named lists"
    return Mistake(f"config/{name}.{ending}", where, problem, expected, "the file as it came with Jejak")
