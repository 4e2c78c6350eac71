from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from casefile.errors import MissingProgram
from crawlers.addresses import networks
from crawlers.browser import BrowserFilter, find_browser, launch_options
from crawlers.exits import Direct


@dataclass
class Asked:
    """What Playwright tells of a request."""

    url: str
    resource_type: str = "document"


def stopped(url: str, kind: str = "document", allowed: tuple[str, ...] = ()) -> bool:
    return asyncio.run(BrowserFilter(Direct(networks(allowed)))(Asked(url, kind)))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/", "http://2130706433/", "ftp://a/b",
     "file:///etc/passwd", "chrome://settings", "http:///nowhere", "http://no-such-name.invalid/"],
)  # fmt: skip
def test_the_browser_is_stopped_from_what_is_not_the_public_web(url: str) -> None:
    assert stopped(url)


@pytest.mark.parametrize("kind", ["image", "media", "font", "websocket"])
def test_the_browser_fetches_no_media(kind: str) -> None:
    assert stopped("http://8.8.8.8/x", kind)


@pytest.mark.parametrize("kind", ["document", "script", "stylesheet", "xhr", "fetch"])
def test_what_a_page_needs_passes(kind: str) -> None:
    assert not stopped("http://8.8.8.8/x", kind)
    assert not stopped("http://127.0.0.1/x", kind, ("127.0.0.1",))


def test_a_browser_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    browser.touch()
    monkeypatch.setenv("JEJAK_CHROMIUM", str(browser))
    assert find_browser() == browser
    assert launch_options()["executable_path"] == str(browser)


def test_a_browser_that_is_missing_is_told_with_the_way_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JEJAK_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    with pytest.raises(MissingProgram) as error:
        find_browser()
    assert "install" in error.value.remedy


def test_playwrights_own_browser_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    browser = tmp_path / "chromium-1200" / "chrome-linux" / "chrome"
    browser.parent.mkdir(parents=True)
    browser.touch()
    monkeypatch.delenv("JEJAK_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert find_browser() == browser
