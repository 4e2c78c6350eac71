"""The page of an invented case: asked without a browser, and served by the real command for a real browser."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from starlette.testclient import TestClient

from casefile.case import Case
from desk.page.app import build_app
from desk.page.door import Door
from desk.page.jobs import Job, Jobs
from desk.page.opened import OpenCase
from tests.desk.report.sample import empty_case, hostile_case, sample_case

HOST = "127.0.0.1:8000"
ORIGIN = f"http://{HOST}"
CHROMIUM = Path("/usr/bin/chromium")
MAKE = {"sample": sample_case, "hostile": hostile_case, "empty": empty_case}
Asking = Callable[[str], TestClient]


@dataclass
class Desk:
    """One page that is asked in this process."""

    case: Case
    door: Door
    client: TestClient

    def mark(self) -> str:
        """What a form of this session carries."""
        return self.door.mark(self.client.cookies["jejak"])


@contextmanager
def entered(case: Case) -> Iterator[Desk]:
    """Open the page of a case, and enter."""
    door, jobs = Door(), Jobs()
    with TestClient(build_app(OpenCase(case), door, [HOST], jobs), ORIGIN, follow_redirects=False) as client:
        assert client.get("/enter", params={"key": door.key}).status_code == 303
        yield Desk(case, door, client)
        jobs.stop_all()


def wait_for_work(desk: Desk) -> Job:
    """The latest job, when it has ended."""
    job = desk.client.app.state.jobs.all()[0]  # type: ignore[attr-defined]
    while job.is_running:
        time.sleep(0.05)
    assert isinstance(job, Job)
    return job


@pytest.fixture(params=sorted(MAKE))
def any_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with MAKE[request.param](tmp_path) as case, entered(case) as desk:
        yield desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with sample_case(tmp_path) as case, entered(case) as desk:
        yield desk


@pytest.fixture
def hostile_desk(tmp_path: Path) -> Iterator[Desk]:
    with hostile_case(tmp_path) as case, entered(case) as desk:
        yield desk


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=sandbox)
        yield browser
        browser.close()


@dataclass
class Served:
    """A page served by the command itself, and a browser that entered it."""

    folder: Path
    base: str
    context: BrowserContext


@contextmanager
def serving(browser: Browser, folder: Path) -> Iterator[Served]:
    """Serve a case's folder, and enter."""
    command = [sys.executable, "-m", "desk", "desk", str(folder), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)
        context.new_page().goto(address)
        yield Served(folder, address.partition("/enter")[0], context)
        context.close()
        process.terminate()


@pytest.fixture
def served(browser: Browser, tmp_path: Path) -> Iterator[Served]:
    with sample_case(tmp_path) as case:
        folder = case.folder
    with serving(browser, folder) as served:
        yield served


@pytest.fixture
def served_without_a_case(browser: Browser, tmp_path: Path) -> Iterator[Served]:
    with serving(browser, tmp_path / "new") as served:
        yield served
