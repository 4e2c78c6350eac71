"""Reading watch/*.yml and where alerts go."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.errors import SettingsError
from casefile.watch_settings import Channels, read_channels, read_watches


def test_every_mistake_in_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "one.yml").write_text("title: One\nplaces: [Atlantis]\n", encoding="utf-8")
    (tmp_path / "watch" / "two.yml").write_text("contacts: ['+6281200001101']\n", encoding="utf-8")
    (tmp_path / "watch" / "three.yaml").write_text("title: Three\n", encoding="utf-8")
    (tmp_path / "watch" / "four.yml").write_text("a: &a [1]\nb: *a\n", encoding="utf-8")
    (tmp_path / "watch" / "Five Six.yml").write_text("title: F\nplaces: [KH]\n", encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        read_watches(tmp_path)
    assert {mistake.file for mistake in told.value.mistakes} == {
        f"watch/{name}" for name in ("one.yml", "two.yml", "three.yaml", "four.yml", "Five Six.yml")
    }


def test_without_a_file_alerts_stay_in_the_terminal(tmp_path: Path) -> None:
    assert read_channels(tmp_path / "none.yml") == Channels()
