"""Labelled posts to fit and measure by: files of JSON lines, and the posts of our own writing in training/."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from zlib import crc32

from casefile.records import PostKind
from pipeline.draft import Draft
from pipeline.reader import load_reader
from training.corpora import HELD_OUT
from training.template import fill, languages, read_names, read_templates

_SEED = 1
HELD_OUT_POSTS = "own, held out"
"""The source of those of our own posts that nothing is learnt from."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One post: where it is from, what it was labelled as, and what the whole pipeline made of it."""

    source: str
    lang: str
    kind: PostKind
    suspect: bool
    draft: Draft


def read_labelled(files: Iterable[Path]) -> list[Labelled]:
    """The posts of the files, each line with `text`, `kind`, `suspect` and `lang`, and then our own."""
    rows = [row for path in files for row in _rows(path)]
    return [_read(source, post) for source, post in (*rows, *_own())]


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield path.name, json.loads(line)


def read_held_out() -> list[Labelled]:
    """Those of our own posts that nothing is learnt from."""
    return [_read(source, post) for source, post in _own() if source == HELD_OUT_POSTS]


def _own() -> Iterator[tuple[str, Mapping[str, object]]]:
    for lang in languages():
        names = read_names(lang)
        for number, template in enumerate(read_templates(lang)):
            text = fill(template, names, Random(f"{_SEED} {lang} {number}")).text
            source = HELD_OUT_POSTS if crc32(template.text.encode()) % HELD_OUT == 0 else "own"
            yield source, {"lang": lang, "kind": template.kind, "suspect": template.suspect, "text": text}


def _read(source: str, post: Mapping[str, object]) -> Labelled:
    draft = load_reader().draft(str(post["text"]))
    return Labelled(source, str(post["lang"]), PostKind(str(post["kind"])), bool(post["suspect"]), draft)
