"""Copies beside the evidence that hold what is to be forgotten."""

from __future__ import annotations

import zipfile
from pathlib import Path

from casefile.forgetting.left_over import find_left_over


def test_a_damaged_archive_ends_nothing_and_is_named(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    for name in ("whole.zip", "damaged.zip"):
        with zipfile.ZipFile(exports / name, "w") as archive:
            archive.writestr("links.csv", "telegram:hr_contoh" if name == "whole.zip" else "something else")
    damaged = exports / "damaged.zip"
    damaged.write_bytes(damaged.read_bytes().replace(b"something else", b"something ELSE"))
    found = find_left_over(tmp_path, ["hr_contoh"])
    assert found.holding == (Path("exports/whole.zip"),)
    assert found.closed == (Path("exports/damaged.zip"),)
