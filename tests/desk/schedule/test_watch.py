"""`jejak watch` and `jejak schedule`, run as commands on a web of this computer."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from benchmarks.kill import found_posts
from casefile.case import Case
from casefile.settings import CaseSettings
from casefile.verify import verify_case
from desk.demo.web import DemoWeb

PATIENCE = 180.0  # seconds
SOURCE = "id_demo_board"


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as web:
        yield web


@pytest.fixture
def watched(web: DemoWeb, tmp_path: Path) -> Path:
    """A case with one source that is due at once."""
    settings = CaseSettings(
        title="Watched",
        purpose="test",
        legal_basis="test",
        contact="demo@jejak.example",
        allow_addresses=("127.0.0.1",),
    )
    folder = tmp_path / "case"
    with Case.create(folder, settings):
        text = web.source_files()[f"{SOURCE}.yml"]
        (folder / "sources" / f"{SOURCE}.yml").write_text(f"{text}\nevery: every 6 hours\n", encoding="utf-8")
    return folder


def jejak(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desk", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)


@contextmanager
def watching(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`jejak watch`, once it answers."""
    command = [sys.executable, "-m", "desk", "watch", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            assert "watching" in process.stdout.readline()
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def states(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in jejak("schedule", folder, "--json").stdout.splitlines()]


def test_once_keeps_reads_and_connects_what_is_due_and_then_nothing_is_due(watched: Path) -> None:
    told = jejak("watch", watched, "--once")
    assert told.returncode == 0, told.stdout + told.stderr
    kept = found_posts(watched)
    assert kept
    with Case.open(watched) as case:
        assert len(list(case.store.read_posts(list(kept)))) == len(kept)
        assert case.store.connections().networks
        crawls = len(case.store.crawls(SOURCE))
        assert list(verify_case(case)) == []
    source, daemon = states(watched)
    assert (source["outcome"], source["failures"], source["running"]) == ("finished", 0, False)
    assert daemon["watched"] is False
    assert jejak("watch", watched, "--once").returncode == 0
    with Case.open(watched) as case:
        assert len(case.store.crawls(SOURCE)) == crawls


def test_a_source_that_is_being_crawled_by_hand_is_left_for_later(watched: Path) -> None:
    with FileLock(watched / ".locks" / f"crawl-{SOURCE}.lock"):
        told = jejak("watch", watched, "--once")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "it is being crawled already" in told.stdout
    assert found_posts(watched) == {}
    assert states(watched)[0]["failures"] == 0


def test_a_crawl_by_hand_is_shown_too_scheduled_or_not(watched: Path) -> None:
    assert jejak("crawl", watched, SOURCE).returncode == 0
    source = states(watched)[0]
    assert (source["outcome"], source["posts"]) == ("finished", len(found_posts(watched)))
    path = watched / "sources" / f"{SOURCE}.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("every: every 6 hours", ""), encoding="utf-8")
    unscheduled = states(watched)[0]
    assert (unscheduled["every"], unscheduled["last"]) == ("", source["last"])


def test_a_mistake_in_one_source_is_told_and_the_others_are_crawled(watched: Path) -> None:
    (watched / "sources" / "xx_broken.yml").write_text("title: [", encoding="utf-8")
    told = jejak("watch", watched, "--once")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "xx_broken" in told.stdout
    assert found_posts(watched)


def test_it_answers_this_computer_refuses_a_second_one_and_ends_gently(watched: Path) -> None:
    with watching(watched) as process:
        port = states(watched)[-1]["port"]
        second = jejak("watch", watched)
        assert second.returncode == 1
        assert "being watched already" in second.stdout + second.stderr
        assert asked(f"http://127.0.0.1:{port}/health")[1].startswith('{"status": "ok"')
        assert "jejak_crawls_running" in asked(f"http://127.0.0.1:{port}/metrics")[1]
        assert asked(f"http://127.0.0.1:{port}/health", host="rebound.example")[0] == 403
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert "ended; nothing that was kept is lost" in said
    with Case.open(watched) as case:
        assert list(verify_case(case)) == []
    assert states(watched)[-1]["watched"] is False


def test_a_watch_that_was_stopped_goes_on_where_it_was(watched: Path) -> None:
    with watching(watched):
        wait_for(lambda: (watched / ".schedule" / "turns" / f"{SOURCE}.json").is_file())
    assert jejak("watch", watched, "--once").returncode == 0
    assert found_posts(watched)
    assert states(watched)[0]["failures"] == 0


def asked(address: str, host: str = "127.0.0.1") -> tuple[int, str]:
    request = urllib.request.Request(address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def wait_for(there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.05)
