"""The labelled sentences that a model learns from: open corpora outside the project, and posts and sentences of our own writing."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from zlib import crc32

from training.template import Filled, Span, fill, languages, read_names, read_sentences, read_templates

OPEN = (
    "en_btc",
    "en_men",
    "en_wikigold",
    "en_wnut17",
    "hi_hiner",
    "id_idnernews2k",
    "id_nergrit",
    "id_yusufner",
    "th_thainer15",
    "zh_unergsd",
    "zh_unergsdsimp",
    "zh_weibo",
)
"""Corpora whose licence lets a model made of them be given away (docs/model.md)."""
RESEARCH = ("en_wikineural", "my_myner7", "tl_cebuanertl", "zh_resume")
"""Corpora for research only, or without a clear licence: never in the model that is given away."""

HELD_OUT = 6  # one of so many posts of our own is kept for measuring, told by its text
_FILLINGS = 4
_FILLINGS_OF_A_SENTENCE = 6
_LOWER, _UPPER = 0.2, 0.3  # shares of the copies without capitals, and (from there on) all in capitals


def read_corpus(folder: Path, name: str) -> Iterator[Filled]:
    """The sentences of one file, `<name>.jsonl.gz`."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield Filled(row["text"], tuple(Span(*entity) for entity in row["ents"]))


def own_posts(*, held_out: bool, fillings: int = _FILLINGS) -> Iterator[tuple[str, Filled]]:
    """Posts of our own writing with their language: those to learn from, or those that are held out."""
    for lang in languages():
        names, random = read_names(lang), Random(f"{lang} {held_out}")
        for template in read_templates(lang):
            if (crc32(template.text.encode()) % HELD_OUT == 0) == held_out:
                for round in range(fillings):  # every second filling has names that nobody ever heard
                    yield lang, fill(template, names, random, unheard=round % 2 == 1)


def own_sentences() -> Iterator[tuple[str, Filled]]:
    """Sentences of our own writing with their language, all of them to learn from."""
    for lang in languages():
        names, random = read_names(lang), Random(f"{lang} sentences")
        for template in read_sentences(lang):
            for round in range(_FILLINGS_OF_A_SENTENCE):
                yield lang, fill(template, names, random, unheard=round % 2 == 1)


def with_copies(posts: Iterator[Filled], random: Random) -> Iterator[Filled]:
    """The posts, some of them once more without capitals or all in capitals, so that the model does not lean on them."""
    for post in posts:
        yield post
        drawn = random.random()
        copy = post.text.lower() if drawn < _LOWER else post.text.upper() if drawn < _UPPER else post.text
        if copy != post.text and len(copy) == len(post.text):
            yield Filled(copy, post.spans)
