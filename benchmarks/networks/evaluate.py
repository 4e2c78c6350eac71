"""How well recruiters and campaigns are found: generate, import, read, connect, ask, score.

python -m benchmarks.networks.evaluate SCORER [--difficulty middle ...] [--seeds 1 2 3] [--posts 3000] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from benchmarks.networks.__main__ import write
from benchmarks.networks.reader import reached
from benchmarks.networks.settings import DIFFICULTIES
from benchmarks.networks.world import World, make_world
from casefile.case import Case
from desk.cli import main as main_of_jejak

_MEASURES = {  # what the table shows: where the scorer keeps it
    "id B3 p": ("identifiers", "b3_p"),
    "id B3 r": ("identifiers", "b3_r"),
    "id pair p": ("identifiers", "pair_p"),
    "id pair r": ("identifiers", "pair_r"),
    "post B3 p": ("posts", "b3_p"),
    "post B3 r": ("posts", "b3_r"),
    "camp ARI": ("campaigns", "ari"),
    "merged ARI": ("merged translations", "ari"),
    "country F1": ("destinations", "country_f1"),
    "main country": ("destinations", "main_country"),
    "place F1": ("destinations", "place_f1"),
}
_STRANGERS = {  # in an answered recruiter of two or more contacts; `mixed`: beside a true recruiter's contact
    f"{kind} {how}".strip(): ("in_recruiters", f"{kind}_{how}".strip("_"))
    for kind in ("hotlines", "footers", "honest", "bystanders")
    for how in ("", "mixed")
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("scorer", type=Path, help="score_networks.py")
    parser.add_argument("--difficulty", nargs="+", choices=DIFFICULTIES, default=list(DIFFICULTIES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--posts", type=int, default=3000)
    parser.add_argument(
        "--keep", type=Path, help="leave worlds, cases and answers here; the next run reads only what is new"
    )
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = told.keep or Path(made)
        for difficulty in told.difficulty:
            runs = [
                evaluate(difficulty, seed, told.posts, folder / f"{difficulty}-{seed}", told.scorer)
                for seed in told.seeds
            ]
            show(difficulty, runs)


def evaluate(difficulty: str, seed: int, posts: int, folder: Path, scorer: Path) -> dict[str, Any]:
    """What the scorer says of one world, with what the reader reached under `reader`."""
    world = make_world(difficulty, seed, posts)
    case = folder / "case"
    if not _is_of(world, folder):
        shutil.rmtree(case, ignore_errors=True)
        write(world, folder)
        _jejak(None, "new", case)
        _jejak(None, "import", case, folder / "posts.jsonl")
    _jejak(None, "process", case)
    _jejak(folder / "actors.jsonl", "actors", case, "--json")
    _jejak(folder / "campaigns.jsonl", "campaigns", case, "--json")
    with Case.open(case) as opened:
        reader = reached(opened, world.truth)
    command: list[str | Path] = [sys.executable, scorer, folder / "truth.json", "--actors", folder / "actors.jsonl"]
    command += ["--campaigns", folder / "campaigns.jsonl", "--json", folder / "score.json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    score: dict[str, Any] = json.loads((folder / "score.json").read_text(encoding="utf-8"))
    return {**score, "reader": {**reader, "knowable recall": world.truth["knowable"]}}


def _is_of(world: World, folder: Path) -> bool:
    """Whether the case in a kept folder was made of this very world: then only what changed is read again."""
    given = folder / "posts.jsonl"
    if not (folder / "case").exists() or not given.exists():
        return False
    return [json.loads(line) for line in given.read_text(encoding="utf-8").splitlines()] == world.posts


def _jejak(answer: Path | None, *arguments: object) -> None:
    """Run a command in this process; its answer goes to a file or nowhere."""
    try:
        with (answer or Path(os.devnull)).open("w", encoding="utf-8") as file, redirect_stdout(file):
            main_of_jejak([str(argument) for argument in arguments])
    except SystemExit as leaving:
        if leaving.code:
            raise SystemExit(f"`jejak {arguments[0]}` failed ({leaving.code})") from leaving


def show(difficulty: str, runs: Sequence[dict[str, Any]]) -> None:
    """Print one difficulty: the mean and the worst of its seeds, and what the reader reached."""
    print(f"== {difficulty} ({len(runs)} seeds)")
    print(f"{'':16}{'mean':>9}{'worst':>9}")
    for name, (part, key) in {**_MEASURES, **_STRANGERS}.items():
        values = [float(run[part][key]) for run in runs]
        worst = max(values) if name in _STRANGERS else min(values)
        print(f"{name:16}{sum(values) / len(values):9.3f}{worst:9.3f}")
    names = runs[0]["reader"]
    reader = {name: sum(run["reader"][name] for run in runs) / len(runs) for name in names}
    print("reader: " + ", ".join(f"{name} {value:.3f}" for name, value in reader.items()), flush=True)


if __name__ == "__main__":
    main()
