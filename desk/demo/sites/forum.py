"""The forum: a list of threads in pages, threads in pages, quotes and signatures; a wall and a dead link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.demo.sites.page import Answer, Page, html, number
from desk.demo.truth import POSTS_A_THREAD_PAGE, DemoContent, DemoPost, DemoThread

THREADS_PER_PAGE = 8
MEMBERS_ONLY = "ruang-anggota"


@dataclass(frozen=True, slots=True)
class _Thread:
    thread: DemoThread
    posts: Sequence[DemoPost]

    @property
    def pages(self) -> int:
        return -(-len(self.posts) // POSTS_A_THREAD_PAGE)


def forum(content: DemoContent) -> Mapping[str, Answer]:
    """The routes of the forum, threads with the newest reply first."""
    in_thread: dict[str, list[DemoPost]] = defaultdict(list)
    for post in content.on("forum"):
        in_thread[post.thread or ""].append(post)
    threads = [_Thread(thread, in_thread[thread.slug]) for thread in content.threads if in_thread[thread.slug]]
    threads.sort(key=lambda thread: thread.posts[-1].published, reverse=True)
    by_slug = {thread.thread.slug: thread for thread in threads}
    by_id = {post.id: post for post in content.on("forum")}
    pages = -(-len(threads) // THREADS_PER_PAGE)

    def listing(_: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
        page = number(query.get("page"), 1)
        if not 1 <= page <= pages:
            return None
        shown = threads[(page - 1) * THREADS_PER_PAGE : page * THREADS_PER_PAGE]
        newest = [thread.posts[-1] for thread in shown]
        return html("forum_list.html", posts=newest, threads=shown, page=page, pages=pages)

    def thread(path: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
        if path["slug"] == MEMBERS_ONLY:
            return Page(b"", status=302, headers={"location": "/login?next=/thread/" + MEMBERS_ONLY})
        found = by_slug.get(path["slug"])
        page = number(query.get("page"), 1)
        if found is None or not 1 <= page <= found.pages:
            return None
        shown = found.posts[(page - 1) * POSTS_A_THREAD_PAGE : page * POSTS_A_THREAD_PAGE]
        return html(
            "forum_thread.html", posts=shown, charset=found.thread.charset, thread=found.thread, page=page,
            pages=found.pages, by_id=by_id,
        )  # fmt: skip

    def login(_: Mapping[str, str], __: Mapping[str, str]) -> Page:
        return html("forum_login.html")

    return {"/": listing, "/thread/{slug}": thread, "/login": login}
