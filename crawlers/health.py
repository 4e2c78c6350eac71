"""Whether the browser for pages that need JavaScript is there, starts, and has its sandbox."""

from __future__ import annotations

import subprocess
import tempfile

from casefile.errors import MissingProgram
from casefile.health.check import Checks, warning, well, wrong
from crawlers.browser import find_browser, launch_options

_SECONDS = 60
_PAGE = "data:text/html,<p>jejak</p>"


def check_browser() -> Checks:
    """Start the browser once, as a crawl would, on a page of our own."""
    try:
        browser = find_browser()
    except MissingProgram as error:
        yield warning("browser", str(error), error.remedy)
        return
    sandbox = bool(launch_options()["chromium_sandbox"])
    with tempfile.TemporaryDirectory(prefix="jejak-doctor-", ignore_cleanup_errors=True) as profile:
        asked = [str(browser), "--headless", "--disable-gpu", f"--user-data-dir={profile}", "--dump-dom", _PAGE]
        if not sandbox:
            asked.insert(1, "--no-sandbox")
        try:
            done = subprocess.run(asked, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            yield wrong("browser", f"{browser} does not start ({type(error).__name__})", _REMEDY)
            return
    if "jejak" not in done.stdout:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        yield wrong("browser", f"{browser} does not start: {said[-1][:200] if said else 'it says nothing'}", _REMEDY)
    elif sandbox:
        yield well("browser", f"{browser} starts, its sandbox is on")
    else:
        words = f"{browser} starts, but without its sandbox, since you work as root"
        yield warning("browser", words, "Run Jejak as a plain user: then a hostile page stays shut in.")


_REMEDY = "Sources drawn by JavaScript cannot be crawled. Install it anew, or name another with JEJAK_CHROMIUM."
