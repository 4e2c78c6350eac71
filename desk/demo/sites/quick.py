"""The site that needs JavaScript: an empty page that draws its adverts, ten at a time, from a JSON address."""

from __future__ import annotations

import json
from collections.abc import Mapping

from desk.demo.sites.page import Answer, Page, html, number
from desk.demo.truth import DemoContent

PER_LOAD = 10


def quick(content: DemoContent) -> Mapping[str, Answer]:
    """The routes of the JavaScript-only site, newest adverts first."""
    posts = content.on("quick")[::-1]

    def front(_: Mapping[str, str], __: Mapping[str, str]) -> Page:
        return html("quick.html")

    def adverts(_: Mapping[str, str], query: Mapping[str, str]) -> Page:
        first = number(query.get("from"), 0)
        shown = posts[first : first + PER_LOAD]
        rows = [
            {"id": post.id, "title": post.title, "by": post.author, "at": post.published.isoformat(), "text": post.text}
            for post in shown
        ]
        answer = {"posts": rows, "next": first + PER_LOAD if first + PER_LOAD < len(posts) else None}
        return Page(json.dumps(answer, ensure_ascii=False).encode(), "application/json")

    return {"/": front, "/api/posts": adverts}
