"""Crawl one source in a process of its own: `python -m crawlers.one CASE SOURCE` tells its progress on stdout."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from filelock import FileLock, Timeout
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from casefile.errors import JejakError
from casefile.records import CrawlOutcome
from crawlers.events import BEING_CRAWLED, CrawlEvent, to_line


def crawl_one(folder: Path, name: str, **more: str) -> int:
    """Crawl a source of a case, with `more` settings; returns the exit code. What is worth telling is an event on stdout."""
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    logs = folder / "logs"
    locks = folder / ".locks"
    for made in (logs, locks):  # an archive of a case may leave out what is empty
        made.mkdir(exist_ok=True)
    settings.setdict(
        {
            "JEJAK_CASE": str(folder),
            "JEJAK_EVENTS": True,
            "LOG_FILE": str(logs / f"{name}.log"),
            "LOG_FILE_APPEND": False,
            **more,
        },
        priority="cmdline",
    )
    try:
        with FileLock(locks / f"crawl-{name}.lock", timeout=0):
            process = AsyncCrawlerProcess(settings)
            process.crawl(name)
            process.start()
    except Timeout:
        return _failed(name, BEING_CRAWLED)
    except (JejakError, KeyError) as error:
        return _failed(name, str(error))
    return 1 if process.bootstrap_failed else 0


def _failed(name: str, why: str) -> int:
    print(to_line(CrawlEvent(source=name, kind="ended", outcome=CrawlOutcome.FAILED, message=why)), flush=True)
    return 1


def _stop_with_parent() -> None:
    """End this crawl, gently, when the process that started it is gone: nobody would be told how it goes on."""

    def wait() -> None:
        # Not through sys.stdin: Python aborts at its end while a thread waits in there, and nobody learns why it ended.
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()


if __name__ == "__main__":
    if "--with-parent" in sys.argv[3:]:
        _stop_with_parent()
    sys.exit(crawl_one(Path(sys.argv[1]), sys.argv[2]))
