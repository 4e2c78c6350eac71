"""Seconds and peak memory of connecting 10,000 and 100,000 synthetic posts, each in a process of its own.

python -m benchmarks.graph [POSTS ...]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from benchmarks.synthetic import synthetic_posts
from graph.connect import connect

_SIZES = (10_000, 100_000)


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(_measure(int(sys.argv[2]))))
        return
    sizes = [int(size) for size in sys.argv[1:]] or list(_SIZES)
    results = [_in_own_process(size) for size in sizes]
    for result in results:
        per_post = 1e6 * result["seconds"] / result["posts"]
        print(
            f"{result['posts']:>9,.0f} posts: {result['seconds']:6.1f} s of one core ({per_post:4.0f} µs a post), "
            f"{result['wall']:.1f} s by the clock with making them, peak {result['peak_mb']:5.0f} MB, "
            f"{result['entities']:,.0f} entities, {result['actors']:,.0f} recruiters, {result['links']:,.0f} links, "
            f"{result['networks']:,.0f} networks"
        )
    first, last = results[0], results[-1]
    ratio = (last["seconds"] / last["posts"]) / (first["seconds"] / first["posts"])
    print(f"cost of a post at {last['posts']:,.0f} against {first['posts']:,.0f}: {ratio:.2f} times")


def _in_own_process(size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.graph", "--one", str(size)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def _measure(size: int) -> dict[str, float]:
    """Posts are made while they are connected; the time for making them alone is taken off."""
    begun = time.process_time()
    for _ in synthetic_posts(size):
        pass
    making = time.process_time() - begun
    begun, clock = time.process_time(), time.perf_counter()
    connections = connect(synthetic_posts(size))
    seconds, wall = time.process_time() - begun - making, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = {name: len(getattr(connections, name)) for name in ("entities", "actors", "links", "networks")}
    return {"posts": size, "seconds": seconds, "wall": wall, "peak_mb": peak, **counts}


if __name__ == "__main__":
    main()
