"""Posts as proof: what they say, where and when, and the captures that show it."""

from __future__ import annotations

from collections.abc import Mapping

from casefile.case import Case
from casefile.records import Precision, ReadPost
from desk.report import wording
from desk.report.marking import marked_text, marked_title, opening
from desk.report.model import PostView
from desk.report.shield import is_unclear, names_a_recruiter, told_kind, why_shielded
from desk.report.tally import when

_MOST_CAPTURES = 8


def post_views(case: Case, ordered: list[str], titles: Mapping[str, str]) -> dict[str, PostView]:
    """The posts with these ids, numbered in this order; ids that the case does not hold are left out."""
    found = {read.post.id: read for read in case.store.read_posts(ordered)} if ordered else {}
    there = [post for post in ordered if post in found]
    return {post: _view(case, found[post], number, titles) for number, post in enumerate(there, start=1)}


def _view(case: Case, read: ReadPost, number: int, titles: Mapping[str, str]) -> PostView:
    post, reading = read.post, read.reading
    shielded = not names_a_recruiter(read)
    text, cut = marked_text(read)
    captures = sorted(case.store.captures(post.id), key=lambda capture: capture.captured_at)
    return PostView(
        id=post.id,
        number=number,
        kind=told_kind(read).value,
        kind_words="unclear" if is_unclear(read) else wording.KIND_WORDS[reading.kind],
        source=post.source,
        source_title=titles.get(post.source, ""),
        address=wording.host(post.url) if shielded else wording.defang(post.url),
        author="" if shielded else (post.author or ""),
        shielded=why_shielded(read),
        when=_published(read),
        when_sort=when(read).isoformat(),
        language=reading.lang if reading.lang.isascii() and reading.lang.isalpha() else "und",
        opening=opening(text),
        title=marked_title(read),
        text=text,
        cut=cut,
        suspect=wording.certainty(reading.suspect) if names_a_recruiter(read) else "",
        reasons=reading.reasons[:8] if names_a_recruiter(read) else (),
        first_seen=read.first_seen,
        last_seen=read.last_seen,
        gone_at=read.gone_at,
        captures=tuple(captures[-_MOST_CAPTURES:]),
    )


def _published(read: ReadPost) -> str:
    """When it was published, no finer than the page told."""
    at, precision = read.post.published, read.post.published_precision
    if at is None:
        return f"no date; first seen {wording.minute(read.first_seen)}"
    if precision is Precision.YEAR:
        return f"{at.year}"
    if precision is Precision.MONTH:
        return f"{at:%b} {at.year}"
    return wording.day(at) if precision is Precision.DAY else wording.minute(at)
