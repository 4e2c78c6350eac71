"""How fast posts are read: with and without the names model, with several processes, in long texts; start-up and memory.

python -m benchmarks.extract [--posts 4000] [--rounds 5]

The posts are those of training/posts, filled, the languages in turn, short ones put together: 300 characters on average.
Posts a second are by processor seconds of the best round, so that others at work on the machine count little; the share
of the ideal is by the clock and wants a quiet one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain, cycle, islice, zip_longest
from pathlib import Path
from random import Random

from pipeline.reader import load_reader
from training.template import fill, languages, read_names, read_templates

_SHORTEST = 235  # characters; makes 300 on average
_SIZES = (62_500, 250_000, 1_000_000)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--posts", type=int, default=4000, help="for the processes; one process reads a tenth, each round"
    )
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args()
    texts = own_posts()
    average = sum(map(len, texts)) / len(texts)
    print(
        f"{len(texts)} posts in {len(languages())} languages, {average:.0f} characters on average, {os.cpu_count()} cores"
    )
    for model in (False, True):
        _tell_rate(texts[: told.posts // 10], model, told.rounds)
    for size in _SIZES:
        _tell_length("\n".join(texts), size)
    _tell_commands(texts, told.posts)


def own_posts() -> list[str]:
    """Those of training/posts with names filled in, of each language in turn."""
    by_language = [list(_long_enough(lang)) for lang in languages()]
    return [text for text in chain.from_iterable(zip_longest(*by_language)) if text]


def _long_enough(lang: str) -> Iterator[str]:
    """The posts of a language, short ones put together."""
    names, text = read_names(lang), ""
    for number, post in enumerate(read_templates(lang)):
        text += fill(post, names, Random(f"{lang} {number}")).text + "\n"
        if len(text) >= _SHORTEST:
            yield text
            text = ""


def _tell_rate(texts: list[str], model: bool, rounds: int) -> None:
    reader, best = load_reader(model=model), float("inf")
    for _ in range(rounds + 1):  # the first fills the caches
        start = time.process_time()
        for text in texts:
            reader.read(text, post_id="")
        best = min(best, time.process_time() - start)
    how = "with the model" if model else "by rules alone"
    print(f"{how}: {len(texts) / best:,.0f} posts/s and core ({1e6 * best / len(texts):,.0f} µs a post)")


def _tell_length(whole: str, size: int) -> None:
    text = (whole * (size // len(whole) + 1))[:size]
    start = time.process_time()
    load_reader().read(text, post_id="")
    print(f"one post of {size:9,} characters: {1e6 * (time.process_time() - start) / size:6.2f} µs a character")


def _tell_commands(texts: list[str], count: int) -> None:
    """`jejak extract` as people start it."""
    lines = [json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(islice(cycle(texts), count))]
    start_up, _ = _run(lines[:1], 1)
    print(f"start-up (one post): {start_up:.2f} s")
    alone = 0.0
    for workers in sorted({1, os.cpu_count() or 1}):
        seconds, memory = _run(lines, workers)
        rate = count / (seconds - start_up)
        alone = alone or rate
        print(
            f"{workers} process(es): {rate:,.0f} posts/s after start-up, {rate / alone / workers:.2f} of ideal, "
            f"{seconds:.1f} s in all, peak {memory:.0f} MB"
        )


def _run(lines: list[str], workers: int) -> tuple[float, float]:
    """Seconds of the whole command, and the largest peak memory of a process so far (MB)."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "in.jsonl"
        given.write_text("".join(lines), encoding="utf-8")
        start = time.perf_counter()
        command = [sys.executable, "-m", "desk", "extract", str(given), "--workers", str(workers)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
