"""WordPress: articles with their comments, and its REST API."""

from __future__ import annotations

import json

from crawlers.reading.page import read_page
from crawlers.reading.understand import PageType, understand

_COMMENT = """<li class="comment even depth-1{more}" id="comment-{n}"><article id="div-comment-{n}" class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><img alt="PHOTO" class="avatar">
<b class="fn"><a href="https://people.example/{name}" class="url">{name}</a></b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="https://news.example/port/#comment-{n}"><time datetime="2024-03-0{n}T09:14:00+07:00">
March {n}</time></a></div></footer><div class="comment-content"><p>{words}</p></div>
<div class="reply"><a class="comment-reply-link" href="?replytocom={n}#respond">Reply</a></div></article>{answers}</li>"""


def test_comments_follow_the_article_each_as_a_post() -> None:
    answer = _COMMENT.format(n=2, name="Nok", words="They keep your passport.", more="", answers="")
    first = _COMMENT.format(
        n=1, name="Budi", words="Is this offer real?", more=" parent", answers=f'<ol class="children">{answer}</ol>'
    )
    story = (
        "<p>" + "The port of the town looks for cooks and pays them well, says the office of the harbour. " * 8 + "</p>"
    )
    html = f"""<html><head><meta name="generator" content="WordPress 6.4"><title>Port</title></head><body>
      <article class="post"><h1>Cooks for the port</h1><div class="entry-content">{story * 3}</div></article>
      <ol class="comment-list">{first}</ol></body></html>"""
    understood = understand(read_page(html.encode(), "https://news.example/port/"))
    assert (understood.type, understood.engine) == (PageType.ARTICLE, "WordPress")
    assert [(post.author, post.text) for post in understood.posts[1:]] == [
        ("Budi", "Is this offer real?"),
        ("Nok", "They keep your passport."),
    ]
    assert understood.posts[2].url == "https://news.example/port/#comment-2"
    assert understood.posts[2].published_words == "2024-03-02T09:14:00+07:00"
    assert "passport" not in understood.posts[0].text


def test_posts_of_the_rest_api_are_read() -> None:
    item = {
        "id": 5,
        "date": "2024-03-05T16:14:00",
        "date_gmt": "2024-03-05T09:14:00",
        "link": "https://news.example/port/",
        "title": {"rendered": "Cooks &amp; sailors"},
        "content": {"rendered": "<p>Pay 800 USD.</p>"},
        "_embedded": {"author": [{"name": "Budi", "link": "https://news.example/author/budi/"}]},
    }
    understood = understand(
        read_page(json.dumps([item, "noise", {}]).encode(), "https://news.example/wp-json/wp/v2/posts")
    )
    (post,) = understood.posts
    assert understood.engine == "WordPress REST API"
    assert post.text == "Cooks & sailors\nPay 800 USD."
    assert (post.author, post.published_words, post.url) == (
        "Budi",
        "2024-03-05T09:14:00Z",
        "https://news.example/port/",
    )
