import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import ImportRefused
from casefile.evidence.reading import record_body
from casefile.settings import CaseSettings
from crawlers.importing.model import ImportKind
from crawlers.importing.options import source_of
from crawlers.importing.run import import_file

CHAT = "[12/07/2026, 22:35:10] Ayu: hello\n[12/07/2026, 22:36:10] Budi: hi\n"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(
        tmp_path / "case", CaseSettings(title="t", purpose="p", legal_basis="l", contact="a@b.example")
    ) as case:
        yield case


def _file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _rows(count: int) -> str:
    return "".join(json.dumps({"id": number, "text": f"loker nomor {number}"}) + "\n" for number in range(count))


def test_every_post_leads_to_the_file_that_it_came_from(case: Case, tmp_path: Path) -> None:
    path = _file(tmp_path, "chat.txt", CHAT)
    report = import_file(case, path)
    assert (report.posts_new, report.kind, report.known) == (2, ImportKind.WHATSAPP, False)
    for post in case.store.posts():
        (capture,) = case.store.captures(post.id)
        assert record_body(case.evidence_folder / capture.warc_file, capture.warc_offset) == path.read_bytes()


def test_a_file_that_was_imported_before_costs_nothing_and_says_so(case: Case, tmp_path: Path) -> None:
    path = _file(tmp_path, "chat.txt", CHAT)
    import_file(case, path)
    evidence = sum(file.stat().st_size for file in case.evidence_folder.glob("*.warc.gz"))
    report = import_file(case, path)
    assert (report.known, report.posts_new) == (True, 0)
    assert "imported before" in report.notes[0]
    assert case.store.counts()["posts"] == 2
    assert sum(file.stat().st_size for file in case.evidence_folder.glob("*.warc.gz")) < evidence + 2_000


def test_a_known_file_can_be_read_again_with_another_time_zone(case: Case, tmp_path: Path) -> None:
    path = _file(tmp_path, "chat.txt", CHAT)
    import_file(case, path)
    report = import_file(case, path, timezone="Asia/Jakarta", again=True)
    assert (report.posts_new, report.posts_changed) == (0, 2)
    assert {post.published.hour for post in case.store.posts() if post.published} == {15}


def test_a_longer_export_adds_only_what_is_new(case: Case, tmp_path: Path) -> None:
    import_file(case, _file(tmp_path, "chat.txt", CHAT))
    report = import_file(case, _file(tmp_path, "chat.txt", CHAT + "[12/07/2026, 22:37:10] Ayu: bye\n"))
    assert (report.posts_new, report.posts_known, report.posts_changed) == (1, 2, 0)


def test_what_cannot_be_read_is_set_aside_by_file_and_line(case: Case, tmp_path: Path) -> None:
    report = import_file(case, _file(tmp_path, "posts.jsonl", '{"text": "a"}\n{"text"\n{"id": 3}\n'))
    assert (report.posts, report.set_aside) == (1, 2)
    assert sorted((problem.stage, problem.item) for problem in case.store.problems()) == [
        ("import", "posts.jsonl:2"), ("import", "posts.jsonl:3"),
    ]  # fmt: skip
    assert all(problem.reason and problem.remedy for problem in case.store.problems())


def test_a_file_that_cannot_be_read_at_all_is_refused_and_leaves_no_trace(case: Case, tmp_path: Path) -> None:
    before = sorted(case.evidence_folder.glob("*.warc.gz"))
    for name, content in (("a.pdf", "%PDF-1.7"), ("a.csv", "A,B\n1,2\n"), ("a.bin", "\x01\x02"), ("a.jsonl", "")):
        with pytest.raises(ImportRefused) as refused:
            import_file(case, _file(tmp_path, name, content))
        assert refused.value.remedy
    for path in (tmp_path / "missing.txt", Path(os.devnull)):
        with pytest.raises(ImportRefused, match="no such file"):
            import_file(case, path)
    assert sorted(case.evidence_folder.glob("*.warc.gz")) == before


def test_a_folder_is_each_file_in_it(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    _file(folder, "WhatsApp Chat with Loker.txt", CHAT)
    _file(folder, "sub/a.jsonl", '{"id": 1, "text": "a"}')
    _file(folder, "sub/b.jsonl", '{"id": 1, "text": "b"}')
    _file(folder, "photo.jpg", b"\xff\xd8\xff")
    _file(folder, "letter.pdf", b"%PDF-1.7")
    report = import_file(case, folder)
    assert (report.files, report.posts_new, report.set_aside) == (3, 4, 1)
    assert "1 .jpg" in report.notes[-1]
    assert [problem.item for problem in case.store.problems()] == ["letter.pdf"]
    assert import_file(case, folder).known


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("Chat WhatsApp dengan Loker.txt", "file_chat_whatsapp_dengan_loker"),
        ("ChatExport_2026-07-12/result.json", "file_chatexport_2026_07_12_result"),
        ("กลุ่มหางาน.txt", "file_กลุ่มหางาน"),
        ("posts.jsonl.gz", "file_given_posts"),
    ],
)
def test_posts_are_named_by_their_file(path: str, source: str) -> None:
    assert source_of(Path("/given") / path) == source


@pytest.mark.parametrize(
    "options", [{"source": "a b"}, {"timezone": "Mars/Base"}, {"timezone": "../../etc/passwd"}, {"region": "Laos"}]
)
def test_options_that_cannot_be_are_refused(case: Case, tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_file(case, _file(tmp_path, "chat.txt", CHAT), **options)  # type: ignore[arg-type]
    assert refused.value.remedy


def test_progress_reaches_the_size_of_the_file(case: Case, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    path = _file(tmp_path, "posts.jsonl", _rows(2_500))
    import_file(case, path, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


IMPORT = """
import sys
from pathlib import Path
from casefile.case import Case
from crawlers.importing.run import import_file
with Case.open(Path(sys.argv[1])) as case:
    print("open", flush=True)
    import_file(case, Path(sys.argv[2]), progress=lambda done, total: print(done, flush=True))
"""


def test_an_import_that_was_killed_and_run_again_keeps_every_post_once(case: Case, tmp_path: Path) -> None:
    rows = 6_000
    path = _file(tmp_path, "posts.jsonl", _rows(rows))
    dice = random.Random(5)
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", IMPORT, str(case.folder), str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(dice.randint(1, 4)):
            process.stdout.readline()
        time.sleep(dice.random() * 0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    with Case.open(case.folder) as again:
        import_file(again, path)
        assert sorted(int(post.native_id or 0) for post in again.store.posts()) == list(range(rows))
        assert all(len(again.store.captures(post.id)) >= 1 for post in again.store.posts())


def test_the_database_can_be_made_again_from_the_evidence(case: Case, tmp_path: Path) -> None:
    import_file(case, _file(tmp_path, "posts.jsonl", _rows(50)))
    before = list(case.store.posts())
    case.close()
    copy = tmp_path / "copy"
    shutil.copytree(case.folder, copy)
    (copy / "case.db").unlink()
    with Case.open(copy) as rebuilt:
        assert list(rebuilt.store.posts()) == before


def test_a_report_says_in_words_what_came_of_it(case: Case, tmp_path: Path) -> None:
    path = _file(tmp_path, "chat.txt", CHAT)
    assert str(import_file(case, path)).startswith("2 posts (2 new)\n  Dates were read as day/month")
    assert str(import_file(case, path)).startswith("The file was imported before")


def test_a_file_without_a_post_says_so(case: Case, tmp_path: Path) -> None:
    report = import_file(case, _file(tmp_path, "t.csv", "id,text\n"))
    assert (report.posts, "no post" in report.notes[-1]) == (0, True)
