"""Going on where a crawl was cut off: what it kept is read from the evidence, and only the rest is asked for.

The evidence is the frontier: the pages of the cut-off crawl are read once more, from the first, so that they lead to
the same links in the same state of the spider. No queue has to be kept beside them, nor can one be lost or forged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from casefile.case import Case
from casefile.errors import EvidenceError
from casefile.records import Crawl, CrawlOutcome, KnownPage

CUT_OFF = "stopped "
"""How the detail of a crawl begins that was cut off by us: by its budget, a signal, or the patience that a site asked for."""
KEPT = "kept"
"""Marks a request that is answered from the evidence, and its answer; the value is the page."""
_GOES_ON_FOR = timedelta(days=7)  # an older page is worth another look


@dataclass(frozen=True, slots=True)
class Frontier:
    """A crawl that was cut off, and its pages by address, each as often as it was kept, the earliest first."""

    crawl: Crawl
    pages: Mapping[str, Sequence[KnownPage]]

    def page(self, url: str) -> KnownPage | None:
        """A page of this crawl as it was kept last."""
        return self.pages[url][-1] if url in self.pages else None

    def starts(self, url: str, sha256: str) -> list[KnownPage]:
        """The first page as the crawl met it before, unlike it is now (`sha256`): every way it took began at one of these."""
        unlike = {page.payload_sha256: page for page in self.pages.get(url, ()) if page.payload_sha256 != sha256}
        return list(unlike.values())


def find_frontier(case: Case, source: str, now: datetime) -> tuple[Frontier | None, str]:
    """The crawl of a source to go on with, if its last one was cut off; else why that one cannot be gone on with."""
    last = next(iter(case.store.crawls(source)), None)
    if last is None or not was_cut_off(last):
        return None, ""
    begun = f"the crawl of {last.begun_at:%Y-%m-%d %H:%M} was cut off"
    if now - last.begun_at > _GOES_ON_FOR:
        return None, f"{begun} and is too old to be gone on with, so this one began anew"
    if _changed_at(case.folder / "sources" / f"{source}.yml") > last.begun_at:
        return None, f"{begun} and the source's file was changed since, so this one began anew"
    try:
        pages = _pages_of(case, last.id)
    except EvidenceError as error:
        return None, f"{begun} and cannot be gone on with ({error}), so this one began anew"
    return (Frontier(last, pages), "") if pages else (None, "")


def was_cut_off(crawl: Crawl) -> bool:
    """Whether a crawl ended before its end and not by the site's doing."""
    killed = crawl.outcome is CrawlOutcome.RUNNING
    return killed or (crawl.outcome is not CrawlOutcome.FINISHED and crawl.detail.startswith(CUT_OFF))


def _changed_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC) if file.exists() else datetime.min.replace(tzinfo=UTC)


def _pages_of(case: Case, crawl: str) -> dict[str, list[KnownPage]]:
    pages: dict[str, list[KnownPage]] = {}
    for entry in case.manifest.entries():
        good = entry.get("type") == "page" and (200 <= entry["status"] < 300 or entry["status"] == 304)
        if good and entry.get("crawl") == crawl:
            body = entry["body"]
            page = KnownPage(
                source=entry["source"], url=entry["url"], etag=entry.get("etag"),
                last_modified=entry.get("last_modified"), payload_sha256=body["payload_sha256"],
                warc_file=body["file"], warc_offset=body["offset"], record_id=body["record_id"],
                seen_at=datetime.fromisoformat(entry["at"]),
            )  # fmt: skip
            pages.setdefault(page.url, []).append(page)
    return pages
