"""Other ways to find copies, written small, for `benchmarks.texts` to compare with.

All get the same texts: letters without what the reader found, folded as `graph.texts` folds them; InfoShield, which
finds the slots by itself, gets the words as they stand.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from graph.unions import Unions

Clusters = dict[str, str]
_LETTERS = 4
_PHRASE = 5  # words of the longest phrase
_PERMUTATIONS = 128


def exact(letters: Mapping[str, str]) -> Clusters:
    """Equal letters are one text."""
    return dict(letters)


def minhash(letters: Mapping[str, str], threshold: float) -> Clusters:
    """Components of texts whose signatures agree at a threshold: datasketch where it is installed, else our own."""
    try:
        datasketch: Any = importlib.import_module("datasketch")
    except ImportError:
        return _minhash_by_hand(letters, threshold)
    index = datasketch.MinHashLSH(threshold=threshold, num_perm=_PERMUTATIONS)
    unions = Unions(letters)
    for post_id, text in letters.items():
        signature = datasketch.MinHash(num_perm=_PERMUTATIONS)
        signature.update_batch([piece.encode("utf-8", "replace") for piece in _pieces(text)])
        for other in index.query(signature):
            unions.union(other, post_id)
        index.insert(post_id, signature)
    return {post_id: unions.find(post_id) for post_id in letters}


def minhash_name() -> str:
    """Which MinHash this run compares with."""
    return "datasketch" if importlib.util.find_spec("datasketch") else "plain MinHash"


def _minhash_by_hand(letters: Mapping[str, str], threshold: float) -> Clusters:
    """Bands of as many rows as suit the threshold, and a comparison of the signatures."""
    chance = np.random.RandomState(1)
    factors = chance.randint(1, 2**62, size=(_PERMUTATIONS, 1), dtype=np.int64).astype(np.uint64) * np.uint64(
        2
    ) + np.uint64(1)
    rows = min((2, 4, 8), key=lambda rows: abs((rows / _PERMUTATIONS) ** (1 / rows) - threshold))
    buckets: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    unions, signatures = Unions(letters), {}
    for post_id, text in letters.items():
        numbers = np.array([hash(piece) & (2**63 - 1) for piece in _pieces(text)], dtype=np.uint64)
        signature = signatures[post_id] = (numbers * factors).min(axis=1)
        for band in range(0, _PERMUTATIONS, rows):
            bucket = buckets[band, signature[band : band + rows].tobytes()]
            for other in bucket[:_LETTERS]:
                if (signatures[other] == signature).mean() >= threshold:
                    unions.union(other, post_id)
            bucket.append(post_id)
    return {post_id: unions.find(post_id) for post_id in letters}


def _pieces(text: str) -> set[str]:
    return {text[at : at + _LETTERS] for at in range(max(1, len(text) - _LETTERS + 1))}


def infoshield(texts: Mapping[str, str]) -> Clusters:
    """After InfoShield (Lee et al., ICDE 2021): coarse groups by shared telling phrases, then templates that save bits."""
    words = {post_id: _words(text) for post_id, text in texts.items()}
    vocabulary = math.log2(max(2, len({word for said in words.values() for word in said})))
    clusters: Clusters = {}
    for group in _coarse(words):
        clusters.update(_fine(group, words, vocabulary))
    return {post_id: clusters.get(post_id, post_id) for post_id in texts}


def _words(text: str) -> list[str]:
    """Words; in scripts without spaces every letter is one."""
    found: list[str] = []
    for word in unicodedata.normalize("NFKC", text).casefold().split():
        found.extend(word if any(character > "\u0dff" for character in word) else [word])
    return found


def _coarse(words: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Posts that share one of their most telling phrases: the tenth part with the highest tf-idf."""
    phrases = {post_id: Counter(_phrases(said)) for post_id, said in words.items()}
    in_posts = Counter(phrase for counts in phrases.values() for phrase in counts)
    unions = Unions(words)
    first: dict[tuple[str, ...], str] = {}
    for post_id, counts in phrases.items():
        shared = {
            phrase: count * math.log(len(words) / in_posts[phrase])
            for phrase, count in counts.items()
            if in_posts[phrase] > 1
        }
        telling = sorted(shared, key=lambda phrase: (-shared[phrase], phrase))[: max(1, len(counts) // 10)]
        for phrase in telling:
            unions.union(first.setdefault(phrase, post_id), post_id)
    yield from (list(group) for group in unions.groups() if len(group) > 1)


def _phrases(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for length in range(1, _PHRASE + 1):
        yield from (tuple(said[at : at + length]) for at in range(len(said) - length + 1))


def _fine(group: Iterable[str], words: Mapping[str, Sequence[str]], vocabulary: float) -> Clusters:
    """Template after template: the posts that are told in fewer bits with the first post as their template."""
    waiting, clusters = list(group), {}
    while waiting:
        template, waiting = waiting[0], waiting[1:]
        clusters[template] = template
        rest = []
        for post_id in waiting:
            if _bits(words[template], words[post_id], vocabulary) < 0.5 * len(words[post_id]) * vocabulary:
                clusters[post_id] = template
            else:
                rest.append(post_id)
        waiting = rest
    return clusters


def _bits(template: Sequence[str], said: Sequence[str], vocabulary: float) -> float:
    """What a post costs that is told as a template with changes: a bit a word, and for a change its place and word."""
    cost = float(len(template))
    for kind, _, _, start, end in SequenceMatcher(None, template, said, autojunk=False).get_opcodes():
        if kind != "equal":
            cost += math.log2(max(2, len(template))) + (end - start) * vocabulary
    return cost
