"""Files that attack whoever imports them: each ends with posts, or with a reason, and nothing else happens."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import ImportRefused
from casefile.verify import verify_case
from crawlers.importing.run import import_file
from tests.threats.files import FILES, ROW
from tests.threats.memory import bounded_memory


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_gives_posts_or_a_reason_and_nothing_else(
    case: Case, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = FILES[name]
    given = tmp_path / "given"
    given.mkdir()
    (given / hostile.name).write_bytes(hostile.make())
    monkeypatch.chdir(given)
    told = ""
    with bounded_memory():
        try:
            report = import_file(case, given / hostile.name)
        except ImportRefused as refusal:
            told = str(refusal)
            assert refusal.remedy
        else:
            assert report.posts or report.set_aside or report.notes
            told = "; ".join(problem.reason for problem in case.store.problems())
    assert hostile.told in told
    assert sorted(path.name for path in given.iterdir()) == [hostile.name]
    assert not Path("/tmp/owned.jsonl").exists() and not Path("/etc/owned.jsonl").exists()
    assert list(verify_case(case)) == []
    _look_at_posts(case)


def _look_at_posts(case: Case) -> None:
    """Nothing of this machine, and nothing that acts, came into a post."""
    for post in case.store.posts():
        shown = " ".join(filter(None, (post.text, post.title, post.author)))
        assert "root:" not in shown and "\x1b" not in shown and "\0" not in shown and len(post.text) < 30_000_000
        for address in (post.url, post.author_url):
            assert address is None or address.startswith(("http://", "https://"))


def test_links_and_devices_in_a_folder_lead_nowhere(case: Case, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.jsonl").write_text(json.dumps(ROW), "utf-8")
    (given / "b.jsonl").symlink_to("/etc/passwd")
    (given / "c.jsonl").symlink_to("/dev/zero")
    (given / "loop").symlink_to(given)
    os.mkfifo(given / "d.jsonl")
    assert import_file(case, given).posts == 1


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/tty", "fifo"])
def test_what_is_no_file_is_refused(case: Case, device: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(ImportRefused, match="no such file"):
        import_file(case, tmp_path / device)
