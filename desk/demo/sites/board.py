"""The job board: a listing in pages, and one page for each advert that also declares itself as a JobPosting."""

from __future__ import annotations

from collections.abc import Mapping

from desk.demo.sites.page import Answer, Page, html, number
from desk.demo.truth import DemoContent, DemoPost

PER_PAGE = 20


def board(content: DemoContent) -> Mapping[str, Answer]:
    """The routes of the job board, newest adverts first."""
    posts = content.on("board")[::-1]
    by_id = {post.id: post for post in posts}
    pages = -(-len(posts) // PER_PAGE)

    def listing(_: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
        page = number(query.get("page"), 1)
        if not 1 <= page <= pages:
            return None
        shown = posts[(page - 1) * PER_PAGE : page * PER_PAGE]
        return html("board_listing.html", posts=shown, page=page, pages=pages, total=len(posts))

    def advert(path: Mapping[str, str], _: Mapping[str, str]) -> Page | None:
        post = by_id.get(path["id"])
        if post is None:
            return None
        near = [other for other in posts if other.language == post.language and other is not post][:4]
        return html("board_advert.html", posts=[post], post=post, near=near, declared=_job_posting(post))

    def front(_: Mapping[str, str], __: Mapping[str, str]) -> Page:
        return html("board_front.html", posts=posts[:5], total=len(posts))

    return {"/": front, "/jobs": listing, "/jobs/{id}": advert}


def _job_posting(post: DemoPost) -> dict[str, object]:
    """https://schema.org/JobPosting; the description is HTML, as Google asks for."""
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": post.title,
        "description": "<p>" + "<br>".join(_escaped(line) for line in post.text.splitlines()) + "</p>",
        "datePosted": post.published.isoformat(),
        "identifier": {"@type": "PropertyValue", "name": "Papan Kerja Contoh", "value": post.id},
        "hiringOrganization": {"@type": "Organization", "name": post.author},
        "inLanguage": post.language,
        "url": post.path,
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
