"""Feeds one target with inputs that atheris (libFuzzer) makes by watching which of our lines each one reaches.

python -m benchmarks.fuzz.guided NAME [--runs 100000] [--corpus FOLDER] [--finds FOLDER]

The corpus keeps every input that reached a new line; a later run goes on from it. atheris is there for Linux only.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

from benchmarks.fuzz.feeding import Fuzzing

with atheris.instrument_imports(include=["casefile", "crawlers", "pipeline"]):
    from benchmarks.fuzz.targets import TARGETS

_LONGEST = 20_000  # bytes


def main() -> None:
    """Feed until so many inputs were fed; the process ends in atheris, with its own count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=[target.name for target in TARGETS])
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--corpus", type=Path, default=None)
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"))
    chosen = parser.parse_args()
    [target] = [one for one in TARGETS if one.name == chosen.name]
    corpus = chosen.corpus or Path(tempfile.mkdtemp(prefix="jejak-corpus-"))
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        target.read(seed)
        (corpus / f"seed-{number:04}").write_bytes(seed)
    fuzzing = Fuzzing(chosen.finds)

    def feed(data: bytes) -> None:
        fuzzing.feed(target, data)
        if fuzzing.fed[target.name] == chosen.runs:
            print(f"{fuzzing.told(target.name)}; {len(fuzzing.places)} places where something broke", flush=True)

    options = [
        f"-runs={chosen.runs}",
        f"-max_len={_LONGEST}",
        "-verbosity=0",
        "-rss_limit_mb=4096",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], feed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
