"""Forgetting: what is asked for is gone everywhere, all else is as it was, and the chain still proves it."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from casefile.case import Case
from casefile.errors import CaseError, EvidenceError, Forgotten, JudgementError, NotFound
from casefile.evidence import tombstones
from casefile.evidence.reading import record_body
from casefile.evidence.verify import verify_evidence
from casefile.forgetting.forget import forget, plan_forgetting
from casefile.forgetting.forgotten import read_forgotten
from casefile.forgetting.subjects import SubjectKind, find_subject
from casefile.records import Label
from casefile.seals.sealing import seal_case
from casefile.search.embedded import EmbeddedEngine
from tests.casefile.making import SOURCE, a_mention, a_post, a_reading, an_answer, keep, problems_of

HER = "Ibu Rahasia"
WORDS = "tolong hubungi 0813-0000-9909"
EDITED = "sudah pulang 0813-0000-9909"


def fill(case: Case) -> None:
    """Her post, edited once and linked to from a list; other people's posts, one of them on her page."""
    keep(case, a_post(1, WORDS, author=HER), a_post(2, "lowongan"), a_post(11, "yang lain"))
    keep(case, a_post(1, EDITED, author=HER), a_post(2, "lowongan"), minutes=5)
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        both = [a_post(1, EDITED, author=HER), a_post(3, "sehalaman")]
        keeper.keep_page(
            SOURCE, crawl, an_answer(80, f"<p>{EDITED}</p>".encode(), minutes=6), both, dom=EDITED.encode()
        )
        keeper.keep_page(SOURCE, crawl, an_answer(81, b"<a href='https://harbor.example/jobs/1'>baca</a>"), [])
        keeper.keep_page(SOURCE, crawl, an_answer(82, b"<a href='https://harbor.example/jobs/11'>baca</a>"), [])
        keeper.mark_gone(SOURCE, crawl, [a_post(1).id, a_post(2).id])
    post = a_post(1, EDITED, author=HER)
    mention = a_mention(EDITED, "0813-0000-9909", "+6281300009909", Label.PHONE)
    case.store.save_readings([a_reading(post, mention), a_reading(a_post(2, "lowongan"))], "v1")


def forget_her(case: Case, typed: str = HER, kind: SubjectKind | None = None) -> None:
    assert forget(case, plan_forgetting(case, find_subject(case.store, typed, kind)), "letter 14")


def everything(case: Case) -> bytes:
    """All bytes of a case, those in gzip as they are inside."""
    parts = [path for path in case.folder.rglob("*") if path.is_file()]
    return b"".join(gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in parts)


@pytest.mark.parametrize("typed", [HER, a_post(1).id, "+6281300009909", "0813-0000-9909"])
def test_what_was_forgotten_is_nowhere_and_all_else_is_whole(case: Case, typed: str) -> None:
    fill(case)
    forget_her(case, typed)
    assert not [word for word in (WORDS, EDITED, HER) if word.encode() in everything(case)]
    assert sorted(post.text for post in case.store.posts()) == ["lowongan", "sehalaman", "yang lain"]
    assert EmbeddedEngine(case.store).search("hubungi OR pulang").total == 0
    assert EmbeddedEngine(case.store).search("lowongan").total == 1
    assert problems_of(case) == []
    [told] = read_forgotten(case.manifest.entries())
    assert (told.because, told.posts) == ("letter 14", 1)


def test_the_database_comes_out_the_same_when_it_is_made_again(case: Case) -> None:
    fill(case)
    forget_her(case)
    keep(case, a_post(2, "lowongan"), a_post(12, "baru"), minutes=9)
    before = [(crawl.id, crawl.posts_seen, crawl.posts_gone) for crawl in case.store.crawls()]
    case.close()
    for path in case.folder.glob("case.db*"):
        path.unlink()
    with Case.open(case.folder) as again:
        assert [(crawl.id, crawl.posts_seen, crawl.posts_gone) for crawl in again.store.crawls()] == before
        assert problems_of(again) == []


def test_any_warc_reader_reads_the_evidence_as_before_and_a_tombstone_in_the_old_place(case: Case) -> None:
    fill(case)
    gone = case.store.captures(a_post(1).id)[0]
    ids = [record_ids(path) for path in sorted(case.evidence_folder.glob("*.gz"))]
    forget_her(case)
    assert [record_ids(path) for path in sorted(case.evidence_folder.glob("*.gz"))] == ids
    with pytest.raises(Forgotten, match="was forgotten"):
        record_body(case.evidence_folder / gone.warc_file, gone.warc_offset)
    for path in case.evidence_folder.glob("*.gz"):
        subprocess.run([Path(sys.executable).with_name("warcio"), "check", path], check=True)
        subprocess.run(["gzip", "-t", path], check=True)


def record_ids(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [record.rec_headers.get_header("WARC-Record-ID") for record in ArchiveIterator(file)]


def test_a_list_that_links_to_it_goes_but_not_one_that_links_to_a_longer_address(case: Case) -> None:
    fill(case)
    forget_her(case, a_post(1).id)
    assert b"jobs/1'" not in everything(case) and b"jobs/11'" in everything(case)


def test_what_comes_by_again_is_left_out_and_the_others_of_its_page_are_kept(case: Case) -> None:
    fill(case)
    forget_her(case)
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        page = an_answer(90, WORDS.encode(), minutes=20)
        keeper.keep_page(SOURCE, crawl, page, [a_post(1, WORDS, author=HER), a_post(30, "baru")], dom=WORDS.encode())
        keeper.keep_page(SOURCE, crawl, an_answer(91, b"", minutes=21), [a_post(31, WORDS, author=HER)])
    assert WORDS.encode() not in everything(case)
    assert {post.text for post in case.store.posts()} >= {"baru"}
    assert case.store.known_page(SOURCE, an_answer(90).url) is None  # it must be asked for anew
    assert problems_of(case) == []


def test_a_file_that_brings_it_back_is_told_of_and_can_be_taken_out(case: Case, tmp_path: Path) -> None:
    fill(case)
    post = a_post(1, WORDS, author=HER)
    forget_her(case)
    again = tmp_path / "again.txt"
    again.write_text(WORDS)
    with case.keeper() as keeper:
        file = keeper.keep_file("xx_given", again)
        keeper.keep_file_posts(file, [post, a_post(40, "berkas")])
        keeper.end_file(file)
    [problem] = [problem for problem in case.store.problems() if problem.stage == "forgotten"]
    assert problem.item == "again.txt" and post.id in problem.remedy
    forget_her(case, post.id)
    assert WORDS.encode() not in everything(case)
    assert "berkas" in {post.text for post in case.store.posts()} and problems_of(case) == []


def test_one_can_be_forgotten_after_the_other_on_the_same_page(case: Case) -> None:
    fill(case)
    forget_her(case)
    forget_her(case, a_post(3).id)
    assert b"sehalaman" not in everything(case) and problems_of(case) == []


def test_seals_hold_before_and_after(case: Case) -> None:
    fill(case)
    seal_case(case)
    forget_her(case)
    assert problems_of(case) == []
    seal_case(case)
    assert problems_of(case) == []


def test_an_old_copy_of_a_file_is_no_damage_but_said_to_hold_what_was_forgotten(case: Case) -> None:
    fill(case)
    old = {path: path.read_bytes() for path in case.evidence_folder.glob("*.gz")}
    forget_her(case)
    for path, content in old.items():
        path.write_bytes(content)
    found = [str(finding) for finding in verify_evidence(case.evidence_folder)]
    assert found and all("was forgotten on" in finding and "still here" in finding for finding in found)


def test_a_change_after_forgetting_is_found(case: Case) -> None:
    fill(case)
    forget_her(case)
    [place, *_] = next(entry for entry in case.manifest.entries() if entry["type"] == "forgotten")["replaced"]
    with (case.evidence_folder / place["file"]).open("rb+") as file:
        file.seek(place["offset"] + 40)
        file.write(b"!")
    assert any("was changed" in finding for finding in problems_of(case))


def test_nothing_is_rewritten_while_a_crawl_writes(case: Case) -> None:
    fill(case)
    plan = plan_forgetting(case, find_subject(case.store, HER))
    with case.keeper() as keeper:
        keeper.keep_page(SOURCE, keeper.begin_crawl(SOURCE), an_answer(95), [a_post(95)])
        with pytest.raises(CaseError, match="at work in this case"):
            forget(case, plan, "letter 14")
    assert not forget(case, plan, "letter 14")  # the case grew: it must be looked for again
    assert problems_of(case) == [] and not list(case.evidence_folder.glob(".forgetting*"))
    forget_her(case)


def test_a_reason_is_needed_and_what_is_not_there_is_said_so(case: Case) -> None:
    fill(case)
    plan = plan_forgetting(case, find_subject(case.store, HER))
    with pytest.raises(JudgementError, match="needs a reason"):
        forget(case, plan, " ")
    with pytest.raises(NotFound, match="no post, contact or author “Nobody”"):
        find_subject(case.store, "Nobody")


_KILLED = """
import os, signal, sys
from pathlib import Path
from casefile.case import Case
from tests.casefile.forgetting.test_forget import forget_her
left = int(sys.argv[2])
def hear(event, arguments):
    global left
    if event in ("open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.truncate", "sqlite3.connect"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
with Case.open(Path(sys.argv[1])) as case:
    sys.addaudithook(hear)
    forget_her(case)
print(int(sys.argv[2]) - left)
"""


def killed_after(folder: Path, steps: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _KILLED, str(folder), str(steps)]
    return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3])


@pytest.fixture
def filled(tmp_path: Path, case: Case) -> Iterator[Path]:
    fill(case)
    case.close()
    yield case.folder


def test_whatever_moment_it_is_killed_at_it_is_forgotten_wholly_or_not_at_all(filled: Path, tmp_path: Path) -> None:
    whole = shutil.copytree(filled, tmp_path / "whole")
    done = killed_after(whole, 1_000_000)
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    outcomes = set()
    for step in sorted({1 + number * (steps - 1) // 13 for number in range(14)}):
        copy = shutil.copytree(filled, tmp_path / f"killed-{step}")
        assert killed_after(copy, step).returncode == -9
        with Case.open(copy) as case:
            assert problems_of(case) == [], step
            there = WORDS.encode() in everything(case)
            outcomes.add(there)
            assert (HER in {post.author for post in case.store.posts()}) == there
            if there:
                forget_her(case)
            assert not [word for word in (WORDS, EDITED, HER) if word.encode() in everything(case)], step
            assert problems_of(case) == [], step
    assert outcomes == {True, False}


@given(st.integers(min_value=0, max_value=200_000))
def test_a_tombstone_has_the_length_it_takes_the_place_of(more: int) -> None:
    made = b"".join(
        tombstones.tombstone("<urn:uuid:00000000-0000-0000-0000-000000000000>", datetime.now(UTC), 320 + more)
    )
    assert len(made) == 320 + more
    [(offset, length, record)] = tombstones.members(made)
    assert (offset, length) == (0, len(made)) and b"Forgotten" in record


def test_what_is_too_short_for_a_tombstone_is_refused() -> None:
    with pytest.raises(EvidenceError, match="too short"):
        list(tombstones.tombstone("<urn:uuid:0>", datetime.now(UTC), 30))
