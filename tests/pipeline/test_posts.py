"""Forty invented posts in ten languages, each with what a careful person would mark in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casefile.records import Label, PostKind, Reading
from pipeline.reader import load_reader

POSTS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "posts.jsonl").read_text(encoding="utf-8").splitlines()
]
each_post = pytest.mark.parametrize("post", POSTS, ids=lambda post: str(post["id"]))


def read(post: dict[str, Any]) -> Reading:
    return load_reader().read(post["text"], post_id=post["id"])


@each_post
def test_the_language_is_told(post: dict[str, Any]) -> None:
    assert read(post).lang == post["lang"]


@each_post
def test_the_kind_is_told(post: dict[str, Any]) -> None:
    assert read(post).kind == post["kind"]


@each_post
def test_what_is_marked_is_found_with_its_value_and_role(post: dict[str, Any]) -> None:
    found = {(mention.label.value, mention.surface): mention for mention in read(post).mentions}
    for wanted in post["mentions"]:
        mention = found[wanted["label"], wanted["text"]]
        if wanted.get("value"):
            assert mention.value == wanted["value"] or mention.value.startswith(wanted["value"] + "/")
        if wanted.get("role"):
            assert mention.attributes["role"] == wanted["role"], mention.surface


@each_post
def test_offsets_cut_out_the_surface(post: dict[str, Any]) -> None:
    for mention in read(post).mentions:
        assert post["text"][mention.start : mention.end] == mention.surface


def test_every_suspect_offer_scores_above_everything_else() -> None:
    suspect = min(read(post).suspect for post in POSTS if post["suspect"])
    other = max(read(post).suspect for post in POSTS if not post["suspect"])
    assert suspect > other


def test_every_suspect_offer_says_why() -> None:
    assert all(read(post).reasons for post in POSTS if post["suspect"])


def test_few_names_are_invented() -> None:
    marked = {(post["id"], wanted["text"]) for post in POSTS for wanted in post["mentions"]}
    names = [
        (post["id"], mention.surface)
        for post in POSTS
        for mention in read(post).mentions
        if mention.label in (Label.ORG, Label.PERSON)
    ]
    assert len([name for name in names if name not in marked]) <= len(names) // 4


def test_warnings_and_news_are_never_taken_for_offers() -> None:
    offers = [post["id"] for post in POSTS if read(post).kind is PostKind.RECRUITMENT]
    assert offers == [post["id"] for post in POSTS if post["kind"] == "recruitment"]
