"""Saved searches: lists of documents with the columns that an investigator looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desk.kibana.lens import kql
from desk.kibana.names import Names
from desk.kibana.objects import Reference, SavedObject, packed

_SOURCE = "kibanaSavedObjectMeta.searchSourceJSON.index"


@dataclass(frozen=True, slots=True)
class Search:
    """One saved search: a list of documents, the latest first."""

    title: str
    description: str
    index: str
    columns: tuple[str, ...]
    only: str = ""


_POST = ("source.name", "post.author", "post.text", "post.kind", "post.suspect", "post.id")

SEARCHES = (
    Search("Posts", "Every post.", "posts", _POST),
    Search("Offers", "Posts that offer work.", "posts", _POST, "post.kind : recruitment"),
    Search(
        "Suspicious offers",
        "Offers with many warning signs.",
        "posts",
        _POST,
        "post.kind : recruitment and post.suspect >= 0.5",
    ),
    Search(
        "Posts that are gone",
        "Posts that were taken down after we saw them.",
        "posts",
        ("post.gone_at", *_POST),
        "post.gone : true",
    ),
    Search(
        "Evidence",
        "Where the capture of each post lies; `jejak verify` proves that it is unchanged.",
        "posts",
        (
            "post.id",
            "post.url_defanged",
            "capture.captured_at",
            "capture.warc_file",
            "capture.record_id",
            "capture.payload_sha256",
        ),
        "capture.id : *",
    ),
    Search(
        "Where it is named",
        "Every place in a text where something is named.",
        "mentions",
        ("entity.label", "mention.surface", "entity.id", "mention.confidence", "post.id"),
    ),
    Search(
        "Links",
        "What hangs together, how sure that is, and on how many posts it rests.",
        "links",
        ("from.name", "link.kind", "to.name", "link.confidence", "link.posts", "entity.id", "actor.id"),
    ),
    Search(
        "Alerts",
        "What the watches found.",
        "alerts",
        ("alert.watch", "alert.kind", "alert.subject", "alert.found", "post.id"),
    ),
    Search(
        "Crawls to look at",
        "Crawls that failed, or showed less than their source is used to.",
        "crawls",
        ("source.name", "crawl.outcome", "crawl.alarm", "crawl.detail", "crawl.posts_seen"),
        "crawl.outcome : failed or crawl.alarm : *",
    ),
)


def searches(names: Names) -> Iterator[SavedObject]:
    """All of them."""
    for search in SEARCHES:
        source = {"query": kql(search.only), "filter": [], "indexRefName": _SOURCE}
        attributes = {
            "title": search.title,
            "description": search.description,
            "columns": list(search.columns),
            "sort": [["@timestamp", "desc"]],
            "grid": {},
            "hideChart": True,
            "isTextBasedQuery": False,
            "timeRestore": False,
            "kibanaSavedObjectMeta": {"searchSourceJSON": packed(source)},
        }
        yield SavedObject(
            "search",
            names.search(search.title),
            attributes,
            (Reference(_SOURCE, "index-pattern", names.data_view(search.index)),),
        )
