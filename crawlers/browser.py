"""The browser for pages that need JavaScript: found by itself, shut off from what it must not reach or fetch."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from casefile.errors import MissingProgram
from crawlers.exits import Exit
from crawlers.gate import wanted

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# Pictures and films are never fetched: not needed to read, and some are a crime to hold.
_NEVER_FETCHED = frozenset({"image", "media", "font", "object", "manifest", "websocket", "eventsource", "ping"})
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--dns-prefetch-disable",
    # WebRTC would open connections of its own, past every check.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


def find_browser() -> Path:
    """The Chromium or Chrome to use: $JEJAK_CHROMIUM, the system's, else Playwright's own. Raises MissingProgram."""
    named = os.environ.get("JEJAK_CHROMIUM")
    if named:
        if Path(named).is_file():
            return Path(named)
        raise MissingProgram(f"JEJAK_CHROMIUM names {named}, and there is no such file.", "Correct or unset it.")
    found = (shutil.which(name) for name in _NAMES)
    installed = [Path(place) for place in (*found, *_PLACES) if place and Path(place).is_file()]
    browser = next(iter(installed), None) or _playwrights_own()
    if browser is None:
        raise MissingProgram(
            "There is no Chromium or Chrome on this machine, which pages drawn by JavaScript need.",
            "Install one: `sudo apt install chromium`, or `playwright install chromium`; all other sources work without.",
        )
    return browser


def _playwrights_own() -> Path | None:
    """The browser that `playwright install chromium` puts into the user's cache."""
    caches = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), "~/.cache/ms-playwright", "~/Library/Caches/ms-playwright"]
    patterns = (
        "chromium-*/chrome-linux*/chrome",
        "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
        "chromium-*/chrome-win*/chrome.exe",
    )
    folders = [Path(cache).expanduser() for cache in caches if cache]
    found = [path for folder in folders for pattern in patterns for path in folder.glob(pattern) if path.is_file()]
    return max(found, default=None)


def launch_options() -> dict[str, Any]:
    """How Playwright starts the browser."""
    options: dict[str, Any] = {"executable_path": str(find_browser()), "headless": True, "args": list(_QUIET)}
    # Chromium refuses to start as root with its sandbox; everybody else keeps the sandbox.
    options["chromium_sandbox"] = not _is_root()
    return options


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@dataclass(frozen=True, slots=True)
class BrowserFilter:
    """Decides for every request of the browser whether it is stopped (True): what, how and where to."""

    way_out: Exit

    async def __call__(self, request: Any) -> bool:
        """Stop what is no web page, what is never fetched, and what leads into a private network."""
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return False
        if parts.scheme not in ("http", "https") or request.resource_type in _NEVER_FETCHED:
            return True
        host = parts.hostname or ""
        if not await self.way_out.admits(host):
            return True
        wanted.add(host)
        return False
