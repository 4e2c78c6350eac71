"""What the documents promise is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.main import get_command

from casefile.settings import Browser, Gentle, Normal, Select, SourceSettings
from casefile.watch_settings import Channels, Email, Watch, Webhook
from desk.cli import build_app

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = set(get_command(build_app()).commands)  # type: ignore[attr-defined]  # a group has commands


@pytest.mark.parametrize("model", [SourceSettings, Select, Gentle, Browser, Normal])
def test_every_setting_of_a_source_is_explained(model: type[SourceSettings]) -> None:
    page = (ROOT / "docs/adding-a-source.md").read_text(encoding="utf-8")
    missing = [name for name in model.model_fields if f"`{name}`" not in page and name != "name"]
    assert missing == []


@pytest.mark.parametrize("model", [Watch, Channels, Email, Webhook])
def test_every_setting_of_watching_is_explained(model: type[BaseModel]) -> None:
    page = (ROOT / "docs/watching.md").read_text(encoding="utf-8")
    assert [name for name in model.model_fields if not re.search(rf"\b{name}\b", page) and name != "name"] == []


@pytest.mark.parametrize(
    "document",
    ["README.md", "CONTRIBUTING.md", *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))],
)
def test_every_command_and_file_that_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    commands = set(re.findall(r"^(?:`)?jejak ([a-z]+)|`jejak ([a-z]+)", text, re.MULTILINE))
    assert {name for pair in commands for name in pair if name} <= COMMANDS
    links = re.findall(r"\]\((?!http|#)([^)#]+)", text)
    assert [link for link in links if not ((ROOT / document).parent / link).exists()] == []


def test_every_command_explains_itself_with_an_example() -> None:
    for name, command in get_command(build_app()).commands.items():  # type: ignore[attr-defined]
        assert f"Example: jejak {name}" in (command.help or ""), name
