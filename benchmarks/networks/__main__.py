"""Write a synthetic world: `posts.jsonl` for `jejak import`, `truth.json` for a scorer.

python -m benchmarks.networks --difficulty middle --seed 1 --posts 3000 --out FOLDER
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.networks.settings import DIFFICULTIES
from benchmarks.networks.world import World, make_world


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--difficulty", choices=DIFFICULTIES, default="middle")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--posts", type=int, default=3000)
    parser.add_argument("--out", type=Path, required=True)
    told = parser.parse_args()
    write(make_world(told.difficulty, told.seed, told.posts), told.out)


def write(world: World, folder: Path) -> None:
    """Write both files into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(post, ensure_ascii=False) + "\n" for post in world.posts)
    (folder / "posts.jsonl").write_text("".join(lines), encoding="utf-8")
    truth = json.dumps(world.truth, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(truth, encoding="utf-8")


if __name__ == "__main__":
    main()
