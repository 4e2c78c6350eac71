"""What the model knows of words beforehand: names, places, how common they are; each script is read when it is met."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from pipeline.tagger.segment import Segmenter

MODEL = Path(__file__).parent / "model"
_NAME = 14.0  # the cost of a name that is in no dictionary of words: that of a rare word


@cache
def lexicon(script: str) -> dict[str, tuple[str, ...]]:
    """The codes of every known word of a script in lower case; training/lexicons.py says what they mean."""
    path = MODEL / f"words-{script or 'latin'}.txt.gz"
    if not path.is_file():
        return {}
    kinds: dict[str, tuple[str, ...]] = {}  # few different ones: each is held once
    known = {}
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        word, _, codes = line.partition("\t")
        known[word] = kinds.get(codes) or kinds.setdefault(codes, tuple(codes.split()))
    return known


@cache
def thai_words() -> Segmenter:
    """Thai words and names, to cut runs of Thai letters."""
    return Segmenter(_costs("th"))


@cache
def han_words() -> Segmenter:
    """Chinese words and names, which tell where words may begin and end."""
    return Segmenter(_costs("zh"))


def _costs(script: str) -> dict[str, float]:
    return {
        word: next((float(code[1:]) for code in codes if code[0] == "w"), _NAME)
        for word, codes in lexicon(script).items()
        if len(word) > 1
    }
