"""docs/threats.md lists exactly the attacks that are made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.threats.files import FILES
from tests.threats.test_given_cases import EVIDENCE, SELECTORS, SETTINGS
from tests.threats.test_hostile_web import NAMES, ROBOTS
from tests.threats.test_inner_addresses import NOTATIONS, PAGES
from tests.threats.words import WORDS

_PAGE = Path(__file__).parents[2] / "docs" / "threats.md"
_MADE = {
    "test_hostile_web": {*NAMES, *ROBOTS},
    "test_inner_addresses": {*NOTATIONS, *PAGES},
    "test_hostile_files": {*FILES},
    "test_hostile_words": {*WORDS},
    "test_given_cases": {*SETTINGS, *SELECTORS, *EVIDENCE},
}


@pytest.mark.parametrize("test", _MADE)
def test_the_list_and_the_attacks_are_the_same(test: str) -> None:
    sections = _PAGE.read_text(encoding="utf-8").split("\n## ")
    (section,) = [section for section in sections if f"`tests/threats/{test}.py`" in section]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    listed = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert sorted(listed) == sorted(_MADE[test])


def test_there_are_as_many_as_was_promised() -> None:
    assert sum(map(len, _MADE.values())) >= 200
    assert len(NOTATIONS) >= 40
