"""What changes on every visit without anybody editing it: times that say "ago", and addresses of media that expire."""

from __future__ import annotations

from dataclasses import replace

from casefile.records import Post
from crawlers.reading.dates import is_relative


def steady(post: Post, known: Post | None) -> Post:
    """`post`, with what was known of it where the page only counts on: the first sight of "2 hours ago" is the best."""
    if known is None:
        return post
    if is_relative(post.published_words) and known.published is not None:
        post = replace(
            post,
            published=known.published,
            published_precision=known.published_precision,
            published_words=known.published_words,
        )
    kinds = [(one.kind, one.name) for one in post.media]
    if post.media != known.media and kinds == [(one.kind, one.name) for one in known.media]:
        post = replace(post, media=known.media)
    return post
