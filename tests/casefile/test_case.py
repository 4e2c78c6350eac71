"""A case: made once, opened again, brought up with its evidence after whatever happened."""

from __future__ import annotations

import multiprocessing
import random
import subprocess
from collections import Counter
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import CaseError, EvidenceError, JejakError, NotFound, StorageFull
from casefile.records import CrawlOutcome, Problem
from casefile.settings import CaseSettings
from tests.casefile.making import NOW, SOURCE, a_post, an_answer, keep, problems_of

COLLECTED = ("posts", "captures", "pages", "crawls", "files", "problems", "warcs", "meta")


def rows_of(case: Case) -> dict[str, list[tuple[object, ...]]]:
    rows = {
        name: [tuple(row) for row in case.store.database.execute(f"SELECT * FROM {name} ORDER BY 1, 2")]
        for name in COLLECTED
    }
    # What the database witnessed of the journal is gone with it.
    rows["meta"] = [row for row in rows["meta"] if not str(row[0]).startswith("journal")]
    return rows


def throw_the_database_away(folder: Path) -> None:
    for path in folder.glob("case.db*"):
        path.unlink()


def fill(case: Case, given: Path) -> None:
    """A bit of everything that can be kept."""
    keep(case, a_post(1, published=NOW, title="Dicari"), a_post(2), a_post(3))
    keep(case, a_post(1, text="edited"), a_post(2), minutes=30)
    given.write_text("hello")
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.keep_page(SOURCE, crawl, an_answer(1, b"", status=304, minutes=60), [a_post(1, text="edited")])
        keeper.mark_gone(SOURCE, crawl, [a_post(3).id])
        keeper.problem(Problem(at=NOW, stage="crawl", item="x", reason="y", source=SOURCE))
        keeper.end_crawl(crawl, CrawlOutcome.STOPPED, "by hand")
        file = keeper.keep_file("xx_given", given)
        keeper.keep_file_posts(file, [a_post(4, source="xx_given")])
        keeper.end_file(file)


def test_a_case_is_made_and_opened_again(tmp_path: Path, settings: CaseSettings) -> None:
    Case.create(tmp_path / "a" / "b", settings).close()
    with Case.open(tmp_path / "a" / "b") as case:
        assert case.settings == settings
        assert case.sources() == ()


def test_a_folder_in_use_is_not_made_a_case(tmp_path: Path, settings: CaseSettings) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for folder in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(CaseError, match=str(folder)):
            Case.create(folder, settings)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_missing_case_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no case here") as raised:
        Case.open(tmp_path / "nothing")
    assert "jejak new" in raised.value.remedy
    assert not (tmp_path / "nothing").exists()


def test_an_unknown_source_is_named(case: Case) -> None:
    with pytest.raises(NotFound, match="xx_nowhere"):
        case.source("xx_nowhere")


def test_every_deed_is_in_the_journal(case: Case) -> None:
    case.audit("export", file="out.csv", rows=3, unpaired="\udcff")
    new, export = case.journal.entries()
    assert (new["action"], export["action"], export["details"]["rows"]) == ("new", "export", 3)
    assert export["by"] and export["at"]


def test_a_database_thrown_away_comes_out_the_same(case: Case, tmp_path: Path) -> None:
    fill(case, tmp_path / "given.txt")
    before, folder = rows_of(case), case.folder
    case.close()
    throw_the_database_away(folder)
    with Case.open(folder) as again:
        assert rows_of(again) == before
        assert problems_of(again) == []


def test_a_database_behind_the_manifest_catches_up(case: Case, tmp_path: Path) -> None:
    keep(case, a_post(1))
    case.store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    old = (case.folder / "case.db").read_bytes()
    fill(case, tmp_path / "given.txt")
    expected, folder = rows_of(case), case.folder
    case.close()
    throw_the_database_away(folder)
    (folder / "case.db").write_bytes(old)
    with Case.open(folder) as again:
        assert rows_of(again) == expected


def test_a_database_ahead_of_its_manifest_is_an_alarm_and_nothing_more_is_collected(case: Case) -> None:
    keep(case, a_post(1))
    path = case.evidence_folder / "manifest.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(EvidenceError, match="cut off"):
        case.keeper()
    assert problems_of(case)


def test_a_newer_database_is_left_alone(case: Case) -> None:
    case.store.database.execute("PRAGMA user_version = 9999")
    case.close()
    with pytest.raises(CaseError, match="newer Jejak"):
        Case.open(case.folder)


def test_a_damaged_database_is_named_with_the_way_out(case: Case) -> None:
    keep(case, a_post(1))
    case.close()
    throw_the_database_away(case.folder)
    (case.folder / "case.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(CaseError, match=r"case\.db") as raised:
        Case.open(case.folder)
    assert "made again" in raised.value.remedy or "makes it again" in raised.value.remedy


def test_a_manifest_from_a_newer_program_is_refused_in_words(case: Case) -> None:
    case.manifest.append([{"type": "from-the-future"}])
    with pytest.raises(EvidenceError, match="from-the-future"):
        case.keeper()


@pytest.mark.parametrize("file", ["../outside.warc.gz", "/dev/zero", "a/b.warc.gz", "..", "", "\0", 7, None])
def test_a_manifest_cannot_lead_out_of_the_evidence(case: Case, file: object) -> None:
    span = {"file": file, "offset": 0, "length": 5, "sha256": "0" * 64}
    page = {"type": "file-posts", "source": "x", "at": "", "url": "", "posts": 0, "span": span, "proof": {}}
    case.manifest.append([page])
    assert problems_of(case)
    with pytest.raises(JejakError):
        case.keeper()


def test_the_same_crawl_writes_on_after_a_full_disk(
    small_disk: Path, settings: CaseSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casefile.keeper._COMMIT_EVERY_ENTRIES", 4)
    noise = random.Random(7)
    kept: list[int] = []
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 300_000)
    with Case.create(small_disk / "case", settings) as case, case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        for number in range(200):
            try:
                keeper.keep_page(SOURCE, crawl, an_answer(number, noise.randbytes(5_000)), [a_post(number)])
                kept.append(number)
            except StorageFull as error:
                assert "full" in str(error)
                if not ballast.exists():
                    break
                ballast.unlink()
        assert 10 < len(kept) < 200, "the disk should have filled up, gone on, and filled up again"
        for path in small_disk.glob("case/case.db*"):
            assert path.exists()
        _make_room(small_disk)
        keeper.end_crawl(crawl, CrawlOutcome.STOPPED, "disk full")
        assert {a_post(number).id for number in kept} <= {post.id for post in case.store.posts()}
        assert problems_of(case) == []


def _make_room(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)


def _keep_many(folder: Path, first: int) -> None:
    with Case.open(folder) as case, case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        for number in range(first, first + 150):
            keeper.keep_page(SOURCE, crawl, an_answer(number), [a_post(number), a_post(0, text="seen by both")])
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)


def test_two_processes_keep_at_the_same_time(case: Case) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_keep_many, args=(case.folder, first)) for first in (1, 1001)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert case.store.counts()["posts"] == 301
    assert [crawl.pages for crawl in case.store.crawls()] == [150, 150]
    assert problems_of(case) == []


def _keep_until_killed(folder: Path, first: int, tell: Connection) -> None:
    with Case.open(folder) as case, case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        tell.send(-1)
        for number in range(first, first + 10_000):
            keeper.keep_page(SOURCE, crawl, an_answer(number, b"x" * (number % 7) * 9_000), [a_post(number)])
            if number % 3 == 0:
                keeper.commit()
                tell.send(number)


def _told_before_the_kill(folder: Path, first: int, seconds: float) -> set[int]:
    context = multiprocessing.get_context("fork")
    hear, tell = context.Pipe(duplex=False)
    child = context.Process(target=_keep_until_killed, args=(folder, first, tell))
    child.start()
    tell.close()
    assert hear.recv() == -1
    child.join(seconds)
    child.kill()
    child.join()
    told: set[int] = set()
    with suppress(EOFError):
        while True:
            told.add(hear.recv())
    return told


def test_what_was_counted_survives_kills_at_random_moments(case: Case) -> None:
    """Keepers one after the other, each killed; then all that was ever told is there, once."""
    case.close()
    moments, told = random.Random(20260314), set[int]()
    for first in range(0, 300_000, 10_000):
        told |= _told_before_the_kill(case.folder, first, moments.uniform(0.0, 0.2))
    assert told
    with Case.open(case.folder) as again:
        with again.keeper():
            pass  # sets aside what nobody counted
        kept = Counter(post.id for post in again.store.posts())
        assert set(kept.values()) == {1}
        # A number is told every third page: those between were counted with it.
        pages = {page for number in told for page in range(max(number - 2, number // 10_000 * 10_000), number + 1)}
        assert {a_post(page).id for page in pages} <= set(kept)
        assert {len(again.store.captures(a_post(page).id)) for page in pages} == {1}
        assert problems_of(again) == []


def test_bytes_that_nobody_counted_are_set_aside_and_never_thrown_away(case: Case) -> None:
    keep(case, a_post(1))
    [warc] = case.evidence_folder.glob("*.warc.gz")
    counted = warc.stat().st_size
    with warc.open("ab") as file:
        file.write(b"half a record")
    assert any("are counted by no whole line" in problem for problem in problems_of(case))
    case.keeper().commit()
    assert warc.stat().st_size == counted
    [aside] = (case.evidence_folder / "uncounted").iterdir()
    assert aside.read_bytes() == b"half a record"
    assert problems_of(case) == []


def test_setting_aside_is_done_again_when_a_crash_interrupts_it(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(case, a_post(1))
    [warc] = case.evidence_folder.glob("*.warc.gz")
    with warc.open("ab") as file:
        file.write(b"half a record")
    with monkeypatch.context() as broken:
        broken.setattr("casefile.evidence.recovery._move_tail", _crash)
        with pytest.raises(RuntimeError):
            case.keeper()
    case.keeper().commit()
    assert problems_of(case) == []


def _crash(*arguments: object) -> None:
    raise RuntimeError("killed here")


def test_the_file_that_a_living_keeper_writes_is_left_alone(case: Case) -> None:
    with case.keeper() as keeper, Case.open(case.folder) as second:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.keep_page(SOURCE, crawl, an_answer(1, random.Random(1).randbytes(600_000)), [a_post(1)])
        second.keeper().commit()
        keeper.keep_page(SOURCE, crawl, an_answer(2), [a_post(2)])
    assert not (case.evidence_folder / "uncounted").exists()
    assert problems_of(case) == []
