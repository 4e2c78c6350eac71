"""Kills a crawl of the demo web at random moments and shows that nothing is lost and nothing is counted twice.

python -m benchmarks.kill [--kills 10] [--seed 1] [--without-browser] [--parent-only]
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from casefile.case import Case
from casefile.settings import CaseSettings
from casefile.verify import verify_case
from desk.demo.web import DemoWeb

Found = dict[str, tuple[str, str | None, str]]


def main() -> None:
    """Measure and print; exit code 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-browser", action="store_true", help="leave the rendered source out")
    parser.add_argument(
        "--parent-only", action="store_true", help="kill only the command, not the processes that it started"
    )
    chosen = parser.parse_args()
    with DemoWeb() as web, tempfile.TemporaryDirectory() as folder:
        print(f"{len(web.posts)} posts on the demo web")
        undisturbed, seconds = crawl_whole(web, Path(folder) / "undisturbed", chosen.without_browser)
        print(f"undisturbed: {len(undisturbed)} posts in {seconds:.1f} s")
        case = make_case(web, Path(folder) / "killed", chosen.without_browser)
        chance = random.Random(chosen.seed)
        # The earliest first, so that kills meet a case in every state from empty to nearly whole.
        for moment in sorted(chance.uniform(0.3, seconds) for _ in range(chosen.kills)):
            kill_crawl(case, moment, parent_only=chosen.parent_only)
            print(f"killed after {moment:5.2f} s: {len(found_posts(case))} posts kept")
        run_crawl(case).wait()
        wrong = differences(undisturbed, found_posts(case), case)
    print(
        "\n".join(wrong)
        or f"{chosen.kills} kills: the same {len(undisturbed)} posts, none lost, none double; verify finds nothing"
    )
    sys.exit(bool(wrong))


def make_case(web: DemoWeb, folder: Path, without_browser: bool) -> Path:
    """A case with the demo's sources."""
    settings = CaseSettings(
        title="Killed", purpose="test", legal_basis="test", contact="demo@jejak.example", allow_addresses=("127.0.0.1",)
    )
    with Case.create(folder, settings):
        for file, text in web.source_files().items():
            if not (without_browser and "family: rendered" in text):
                (folder / "sources" / file).write_text(text, encoding="utf-8")
    return folder


def run_crawl(case: Path) -> subprocess.Popen[bytes]:
    """`jejak crawl`, as an investigator runs it, in a process group of its own."""
    command = [sys.executable, "-m", "desk", "crawl", str(case)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def kill_crawl(case: Path, after: float, *, parent_only: bool = False) -> list[psutil.Process]:
    """Start a crawl and kill it without warning; returns the processes that it had started."""
    process = run_crawl(case)
    time.sleep(after)
    parent = psutil.Process(process.pid)
    children = parent.children(recursive=True)  # the crawling processes, Chromium
    victims = [parent] if parent_only else [parent, *children]
    for victim in victims:
        with suppress(psutil.NoSuchProcess):
            victim.kill()
    process.wait()
    psutil.wait_procs(victims)
    return children


def crawl_whole(web: DemoWeb, folder: Path, without_browser: bool) -> tuple[Found, float]:
    """The posts of a crawl that nothing disturbs, and its seconds."""
    case = make_case(web, folder, without_browser)
    start = time.monotonic()
    run_crawl(case).wait()
    return found_posts(case), time.monotonic() - start


def found_posts(folder: Path) -> Found:
    """What a case holds: id → source, address, text."""
    with Case.open(folder) as case:
        return {post.id: (post.source, post.url, post.text) for post in case.store.posts()}


def differences(right: Found, kept: Found, folder: Path) -> list[str]:
    """What was lost, doubled, changed or damaged, in words; nothing when all is well."""
    wrong = [f"lost: {right[i][1]}" for i in right.keys() - kept.keys()]
    wrong += [f"too many: {kept[i][1]}" for i in kept.keys() - right.keys()]
    wrong += [f"different: {right[i][1]}" for i in right.keys() & kept.keys() if right[i] != kept[i]]
    with Case.open(folder) as case:
        wrong += [f"captured {n} times: {i}" for i in kept if (n := len(case.store.captures(i))) != 1]
        wrong += [str(finding) for finding in verify_case(case)]
    return wrong


if __name__ == "__main__":
    main()
