"""The scorer of labelled posts, which lies outside the project: run as it is, and its rules borrowed."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

Row = dict[str, Any]


def score(scorer: Path, gold: Sequence[Path], predicted: Path, figures: Path) -> tuple[str, dict[str, Any]]:
    """What the scorer prints, and its figures by name (`id/PHONE/value`: p, r, f1, n)."""
    command = [sys.executable, str(scorer), *map(str, gold), "--pred", str(predicted), "--json", str(figures)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return told, json.loads(figures.read_text("utf-8"))


class Rules:
    """When the scorer takes a found mention for a marked one."""

    def __init__(self, scorer: Path) -> None:
        self._module = _load(scorer)
        self.labels: list[str] = self._module.LABELS

    def touches(self, marked: Row, found: Row) -> bool:
        """Same label, and half of the longer one in common."""
        return bool(marked["label"] == found["label"] and self._module.overlap(marked, found))

    def is_exact(self, marked: Row, found: Row) -> bool:
        """Same label, same start, same end."""
        return bool(marked["label"] == found["label"] and self._module.exact(marked, found))

    def same_value(self, marked: Row, found: Row, text: str) -> bool:
        """The canonical value is right; what was marked without one is right by its place."""
        wanted = self._module.gold_key(marked)
        if wanted in ("", (None, None, None)):
            return True
        return bool(self._module.keys_equal(marked["label"], wanted, self._module.pred_key(found, text)))


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_posts", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
