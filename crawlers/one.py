"""Crawl one source in a process of its own: `python -m crawlers.one CASE SOURCE` tells its progress on stdout."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from casefile.errors import JejakError
from casefile.records import CrawlOutcome
from crawlers.events import CrawlEvent, to_line


def crawl_one(folder: Path, name: str) -> int:
    """Crawl a source of a case; returns the exit code. Everything worth telling is an event on stdout."""
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    settings.setdict(
        {
            "JEJAK_CASE": str(folder),
            "JEJAK_EVENTS": True,
            "LOG_FILE": str(logs / f"{name}.log"),
            "LOG_FILE_APPEND": False,
        },
        priority="cmdline",
    )
    try:
        process = AsyncCrawlerProcess(settings)
        process.crawl(name)
    except (JejakError, KeyError) as error:
        print(
            to_line(CrawlEvent(source=name, kind="ended", outcome=CrawlOutcome.FAILED, message=str(error))), flush=True
        )
        return 1
    process.start()
    return 1 if process.bootstrap_failed else 0


def _stop_with_parent() -> None:
    """End this crawl, gently, when the process that started it is gone: nobody would be told how it goes on."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()


if __name__ == "__main__":
    if "--with-parent" in sys.argv[3:]:
        _stop_with_parent()
    sys.exit(crawl_one(Path(sys.argv[1]), sys.argv[2]))
