"""How fast `jejak extract` reads: posts a second in one process and in several, linear in length, peak memory.

python -m benchmarks.extract [--posts 6000]
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
from pathlib import Path

from desk.demo.writing import write_content


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=6000)
    posts = parser.parse_args().posts
    texts = [post.text for post in write_content(1).posts]
    lines = [{"id": str(i), "text": f"{texts[i % len(texts)]} #{i}"} for i in range(posts)]
    average = sum(len(line["text"]) for line in lines) / posts
    print(f"{posts} posts in ten languages, {average:.0f} characters on average, {os.cpu_count()} cores")
    start_up, _ = _run([lines[0]], 1)
    print(f"start-up (one post): {start_up:.2f} s")
    alone = 0.0
    for workers in sorted({1, os.cpu_count() or 1}):
        seconds, memory = _run(lines, workers)
        rate = posts / (seconds - start_up)
        alone = alone or rate
        share = rate / alone / workers
        print(
            f"{workers} worker(s): {rate:,.0f} posts/s ({share:.2f} of ideal), {seconds:.1f} s in all, peak {memory:.0f} MB a process"
        )
    _length(texts)


def _length(texts: list[str]) -> None:
    whole = "\n".join(texts)
    base, _ = _run([{"id": "0", "text": "x"}], 1)
    for size in (125_000, 250_000, 500_000, 1_000_000):
        text = (whole * (size // len(whole) + 1))[:size]
        seconds, memory = _run([{"id": "1", "text": text}], 1)
        print(
            f"one post of {size:9,} characters: {seconds - base:6.2f} s, {1e6 * (seconds - base) / size:5.2f} µs a character, peak {memory:.0f} MB"
        )


def _run(lines: list[dict[str, str]], workers: int) -> tuple[float, float]:
    """Seconds of the whole process, and the largest peak memory of a process so far (MB)."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "in.jsonl"
        given.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        start = time.perf_counter()
        command = [sys.executable, "-m", "desk", "extract", str(given), "--workers", str(workers)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
