"""Data views: what Kibana calls the fields of our indices, and what a click on one of them does."""

from __future__ import annotations

from collections.abc import Iterator

from desk.kibana.names import Names
from desk.kibana.objects import Json, SavedObject, packed

# What is shown of each index, in words.
_TITLES = {
    "posts": "Posts",
    "mentions": "Mentions in posts",
    "entities": "Contacts, places, companies",
    "actors": "Recruiters",
    "links": "Links",
    "networks": "Networks",
    "campaigns": "Campaigns",
    "alerts": "Alerts",
    "crawls": "Crawls",
}

# Where a click on a value leads: the dashboard, and the field that is then asked for.
_LEADS = {
    "entity.id": ("Entity", "entity.id"),
    "entity.destination": ("Entity", "entity.id"),
    "entity.origin": ("Entity", "entity.id"),
    "actor.id": ("Entity", "actor.id"),
    "post.id": ("Post", "post.id"),
    "network.id": ("Network", "network.id"),
    "campaign.id": ("Campaigns", "campaign.id"),
}
# Plain words for some fields; the others are called by their names.
_WORDS = {
    "@timestamp": "Time",
    "post.text": "Text",
    "post.url_defanged": "Address (not to be clicked)",
    "post.kind": "Kind of post",
    "post.suspect": "Suspicion (0 to 1)",
    "source.name": "Source",
    "post.lang": "Language",
    "post.author": "Author",
    "entity.name": "Name",
    "entity.id": "Contact, place or company",
    "actor.id": "Recruiter",
    "network.id": "Network",
    "campaign.id": "Campaign",
    "capture.warc_file": "Evidence file",
    "capture.record_id": "Record in it",
    "capture.payload_sha256": "SHA-256 of the page",
    "capture.captured_at": "Captured",
}
# Live addresses: Discover leaves them out of what it lists, and nothing turns them into something to click.
_LIVE = ("post.url",)
_SHARES = (
    "post.suspect",
    "actor.suspect",
    "actor.confidence",
    "link.confidence",
    "mention.confidence",
    "network.suspect",
)


def data_views(names: Names) -> Iterator[SavedObject]:
    """One for each kind of index."""
    for kind, title in _TITLES.items():
        attributes = {
            "title": names.index(kind),
            "name": f"{title} ({names.prefix})",
            "timeFieldName": "@timestamp",
            "fieldFormatMap": packed(_formats(names)),
            "fieldAttrs": packed({field: {"customLabel": words} for field, words in _WORDS.items()}),
            "sourceFilters": packed([{"value": field} for field in _LIVE]),
            "runtimeFieldMap": packed({}),
            "fields": packed([]),
            "typeMeta": packed({}),
            "allowHidden": False,
        }
        yield SavedObject("index-pattern", names.data_view(kind), attributes)


def _formats(names: Names) -> Json:
    formats: Json = {field: _lead(names, dashboard, asked) for field, (dashboard, asked) in _LEADS.items()}
    formats |= {field: {"id": "number", "params": {"pattern": "0.00"}} for field in _SHARES}
    formats |= {field: {"id": "string", "params": {}} for field in (*_LIVE, "post.url_defanged", "post.text")}
    return formats


def _lead(names: Names, dashboard: str, asked: str) -> Json:
    # "../app/" is the only beginning that is right in every space and below every base path: Kibana puts the space
    # before it (elastic/kibana, field_formats/common/converters/url.ts).
    question = f"{asked}:%22{{{{value}}}}%22"
    url = f"../app/dashboards#/view/{names.dashboard(dashboard)}?_a=(query:(language:kuery,query:'{question}'))"
    params = {"type": "a", "urlTemplate": url, "labelTemplate": "{{value}}", "openLinkInCurrentTab": True}
    return {"id": "url", "params": params}
