"""Threads that pages declare in schema.org's words."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.engines.declared import complete, declared_thread, tells_more
from crawlers.reading.found import Found
from crawlers.reading.page import Page, read_page
from crawlers.reading.understand import PageType, understand


def page(body: str) -> Page:
    return read_page(f"<html><body>{body}</body></html>".encode(), "https://board.example/talk/7")


def json_ld(thing: object) -> Page:
    return page(f'<script type="application/ld+json">{json.dumps(thing)}</script>')


def test_a_question_and_its_answers_are_posts() -> None:
    thing = {
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "text": "Is the office open?",
            "author": {"@type": "Person", "name": "Nok"},
            "acceptedAnswer": {"@type": "Answer", "text": "From nine.", "author": {"name": "Budi"}, "url": "#a1"},
        },
    }
    posts = declared_thread(json_ld(thing))
    assert [(post.text, post.author) for post in posts] == [("Is the office open?", "Nok"), ("From nine.", "Budi")]
    assert posts[1].url == "https://board.example/talk/7#a1"


def test_questions_that_a_site_answers_itself_are_no_posts() -> None:
    thing = {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "How?", "text": "How do I pay?"}]}
    assert declared_thread(json_ld(thing)) == []


def test_comments_alone_are_no_thread() -> None:
    assert declared_thread(json_ld({"@type": "Comment", "text": "Nice article."})) == []


def test_an_answer_inside_a_question_keeps_its_own_author() -> None:
    markup = """<div itemscope itemtype="https://schema.org/Question"><p itemprop="text">Who pays the flight?</p>
      <div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer"><p itemprop="text">You do.</p>
      <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Budi</b></span></div>
      <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Nok</b></span></div>"""
    assert [(post.text, post.author) for post in declared_thread(page(markup))] == [
        ("Who pays the flight?", "Nok"),
        ("You do.", "Budi"),
    ]


def test_comments_follow_what_they_are_about() -> None:
    story = "<p>The port of the town looks for cooks and pays them well, says the office of the harbour.</p>" * 12
    comment = """<div itemscope itemtype="https://schema.org/Comment"><a itemprop="author" itemscope
      itemtype="https://schema.org/Person"> Nok </a><time itemprop="dateCreated" datetime="2024-03-05T09:14:00">x</time>
      <p itemprop="text">They keep your passport.</p></div>"""
    understood = understand(page(f"<article><h1>Cooks</h1>{story}</article>{comment}"))
    assert understood.type is PageType.ARTICLE
    assert [(post.author, post.text) for post in understood.posts[1:]] == [("Nok", "They keep your passport.")]


def test_boxes_that_hold_more_than_is_declared_are_believed() -> None:
    declared = [Found(text="Cooks wanted at the harbour", author="Budi", published_words="2024-03-05")]
    seen = [Found(text="#1 Cooks wanted at the harbour. " + "Pay is good. " * 20), Found(text="Is it open?")]
    assert tells_more(seen, declared)
    assert complete(seen, declared)[0].author == "Budi"
    assert complete(seen, declared)[1].author is None
    assert not tells_more([Found(text="Related threads " * 50), Found(text="Adverts " * 50)], declared)


def test_labels_around_short_replies_do_not_outweigh_what_is_declared() -> None:
    declared = [Found(text=f"Reply {n} says so", author="Budi") for n in range(9)]
    seen = [Found(text=f"Reply {n} says so\nLong standing member\n1,200 posts\nHelpful") for n in range(9)]
    assert not tells_more(seen, declared)


def test_what_stands_above_the_declared_words_is_the_pages_own() -> None:
    declared = [Found(text="Cooks wanted at the harbour.\nAsk for Melati.", author="Melati")]
    seen = [Found(text="Log in to post here.\nCooks wanted at the harbour.\nAsk for Melati.\nPay is good.")]
    assert complete(seen, declared)[0].text == "Cooks wanted at the harbour.\nAsk for Melati.\nPay is good."


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["@type", "text", "author", "name", "comment", "url", "image"]), inner)
        ),
        max_leaves=12,
    )
)
def test_no_declaration_breaks_the_reader(thing: object) -> None:
    posts = declared_thread(
        json_ld({"@type": "DiscussionForumPosting", "text": "Work", "comment": thing, "author": thing})
    )
    assert posts[0].text == "Work"
