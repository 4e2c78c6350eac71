"""The walk through the demo case says what the commands say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casefile.case import Case
from desk.demo.walkthrough import output_of, rewritten, without_what_varies

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "walkthrough.md"


@pytest.fixture
def room(demo_case: Path, tmp_path: Path) -> Path:
    """A folder with a demo case of its own: the walk decides something in it."""
    with Case.open(demo_case) as case:
        sources = {post.source for post in case.store.posts()}
    if "vn_demo_quick" not in sources:
        pytest.skip("without Chromium a part of the demo's posts is missing")
    shutil.copytree(demo_case, tmp_path / "demo-case")
    return tmp_path


def test_every_output_in_the_walkthrough_is_what_its_command_says(room: Path) -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    # After a change on purpose: make walkthrough
    assert without_what_varies(rewritten(written, room)) == without_what_varies(written)


def test_an_output_that_is_wrong_is_seen_and_put_right(room: Path) -> None:
    document = "A page.\n```\n$ jejak network demo-case\nall is well\n```\nThe end.\n"
    mended = rewritten(document, room)
    assert without_what_varies(mended) != without_what_varies(document)
    assert mended.splitlines()[3:-2] == output_of("network demo-case", room)
    assert mended.splitlines()[-1] == "The end."
    assert rewritten(mended, room) == mended
