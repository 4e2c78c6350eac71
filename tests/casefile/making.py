"""Posts, pages and readings made up for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from casefile.case import Case
from casefile.evidence.exchange import Exchange
from casefile.identity import post_id
from casefile.records import Connections, CrawlOutcome, Label, Mention, Post, PostKind, Reading
from casefile.store import connected
from casefile.store.store import Store
from casefile.verify import verify_case

SOURCE = "xx_harbor"
NOW = datetime(2026, 3, 14, 9, 26, 53, 589793, tzinfo=UTC)


def a_post(number: int = 1, text: str = "Lowongan kerja di Kota Contoh", **fields: Any) -> Post:
    url = f"https://harbor.example/jobs/{number}"
    source = fields.pop("source", SOURCE)
    return Post(**{"id": post_id(source, url), "source": source, "url": url, "text": text, **fields})


def an_answer(
    number: int = 1, body: bytes | None = None, *, status: int = 200, minutes: int = 0, **fields: Any
) -> Exchange:
    return Exchange(
        **{
            "url": f"https://harbor.example/jobs/{number}",
            "at": NOW + timedelta(minutes=minutes),
            "status": status,
            "reason": "OK",
            "body": f"<p>page {number}</p>".encode() if body is None else body,
            "request_headers": (("User-Agent", "Jejak"),),
            "response_headers": (("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{number}"')),
            **fields,
        }
    )


def keep(case: Case, *posts: Post, minutes: int = 0, body: bytes | None = None) -> None:
    """One crawl that sees these posts, each on its own page."""
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        for number, post in enumerate(posts, 1):
            keeper.keep_page(post.source, crawl, an_answer(number, body, minutes=minutes), [post])
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)


def a_mention(text: str, surface: str, value: str, label: Label = Label.PHONE, **fields: Any) -> Mention:
    start = text.index(surface)
    return Mention(
        **{
            "label": label,
            "start": start,
            "end": start + len(surface),
            "surface": surface,
            "value": value,
            "confidence": 0.9,
            "extractor": "test",
            **fields,
        }
    )


def a_reading(post: Post, *mentions: Mention, **fields: Any) -> Reading:
    defaults = {"post_id": post.id, "lang": "id", "kind": PostKind.RECRUITMENT, "suspect": 0.8, "mentions": mentions}
    return Reading(**{**defaults, **fields})


def problems_of(case: Case) -> list[str]:
    """Everything that verifying the case finds."""
    return [str(finding) for finding in verify_case(case)]


def save_connections(store: Store, connections: Connections) -> None:
    """Keep connections that were made by hand, as connecting would."""
    with store.writing():
        connected.save(store.database, connections)


def keep_one_of_each(case: Case, given: Path) -> None:
    """One of each thing that evidence may hold: a rendered page, a post that is gone, a file, bytes that nobody counted."""
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.keep_page(SOURCE, crawl, an_answer(3), [a_post(3)], dom=b"<p>dom</p>", screenshot=b"\x89PNG")
        keeper.mark_gone(SOURCE, crawl, [a_post(2).id])
        file = keeper.keep_file("xx_given", given)
        keeper.keep_file_posts(file, [a_post(4, source="xx_given")])
        keeper.end_file(file)
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
    with next(case.evidence_folder.glob("*.warc.gz")).open("ab") as tail:
        tail.write(b"never counted")
    case.keeper().commit()
