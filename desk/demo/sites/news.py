"""The news site: a front page, article pages with all the noise around them, RSS, Atom and a sitemap."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime
from xml.sax.saxutils import escape

from desk.demo.sites.page import Answer, Page, html
from desk.demo.truth import DemoContent, DemoPost

TITLE = "Kabar Batas (demo)"


def news(content: DemoContent, base: str) -> Mapping[str, Answer]:
    """The routes of the news site; feeds need full addresses, so `base` is where the site lives."""
    posts = content.on("news")[::-1]
    by_id = {post.id: post for post in posts}

    def front(_: Mapping[str, str], __: Mapping[str, str]) -> Page:
        return html("news_front.html", posts=posts)

    def article(path: Mapping[str, str], _: Mapping[str, str]) -> Page | None:
        post = by_id.get(path["id"])
        if post is None:
            return None
        return html("news_article.html", posts=[post], post=post, latest=[p for p in posts if p is not post][:6])

    def feed(render: str, content_type: str) -> Answer:
        newest = max(post.published for post in posts)
        return lambda _, __: Page(render.encode(), content_type, newest)

    return {
        "/": front,
        "/articles/{id}": article,
        "/feed.xml": feed(_rss(posts, base), "application/rss+xml; charset=utf-8"),
        "/atom.xml": feed(_atom(posts, base), "application/atom+xml; charset=utf-8"),
        "/sitemap.xml": feed(_sitemap(posts, base), "application/xml; charset=utf-8"),
    }


def _teaser(post: DemoPost) -> str:
    return escape(post.text[:120].rsplit(" ", 1)[0] + " …")


def _rss(posts: tuple[DemoPost, ...], base: str) -> str:
    """RSS 2.0, https://www.rssboard.org/rss-specification."""
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{base}{post.path}</link>"
        f'<guid isPermaLink="true">{base}{post.path}</guid><dc:creator>{escape(post.author)}</dc:creator>'
        f"<pubDate>{format_datetime(post.published)}</pubDate><description>{_teaser(post)}</description></item>\n"
        for post in posts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{TITLE}</title><link>{base}/</link><description>News from the borders</description>\n"
        f"{items}</channel></rss>\n"
    )


def _atom(posts: tuple[DemoPost, ...], base: str) -> str:
    """Atom, RFC 4287."""
    entries = "".join(
        f'<entry><title>{escape(post.title)}</title><link href="{base}{post.path}"/><id>{base}{post.path}</id>'
        f"<author><name>{escape(post.author)}</name></author><updated>{post.published.isoformat()}</updated>"
        f"<published>{post.published.isoformat()}</published><summary>{_teaser(post)}</summary></entry>\n"
        for post in posts
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>{TITLE}</title>'
        f"<id>{base}/</id><updated>{posts[0].published.isoformat()}</updated>\n{entries}</feed>\n"
    )


def _sitemap(posts: tuple[DemoPost, ...], base: str) -> str:
    """https://www.sitemaps.org/protocol.html."""
    urls = "".join(
        f"<url><loc>{base}{post.path}</loc><lastmod>{post.published.isoformat()}</lastmod></url>\n" for post in posts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{urls}</urlset>\n"
    )
