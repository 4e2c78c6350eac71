"""Score what is read in labelled posts: python -m benchmarks.eval SHARED [--every 4] [--out build/eval].

SHARED holds `tools/score_posts.py`, which is the measure, `data/posts*.jsonl` and, where wanted, `data/ner/*_dev.jsonl.gz`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.eval.calibration import tell_calibration
from benchmarks.eval.kinds import outcomes_of_posts, tell_kinds, tell_suspects
from benchmarks.eval.labels import outcomes_of_mentions, tell_labels, tell_roles
from benchmarks.eval.mistakes import write_mistakes
from benchmarks.eval.own import tell_roles_of_own
from benchmarks.eval.reading import match_mentions, read_posts, read_rows
from benchmarks.eval.scorer import Rules, score
from benchmarks.eval.sentences import tell_sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("shared", type=Path, help="folder with data/ and tools/")
    parser.add_argument("--every", type=int, default=4, help="read every so many-th sentence; 1: all; 0: none")
    parser.add_argument("--out", type=Path, default=Path("build/eval"), help="where readings and mistakes are left")
    asked = parser.parse_args()
    gold = sorted((asked.shared / "data").glob("posts*.jsonl"))
    if not gold:
        raise SystemExit(f"There are no labelled posts in {asked.shared / 'data'}; nothing to measure.")
    asked.out.mkdir(parents=True, exist_ok=True)
    tell_posts(gold, asked.shared / "tools" / "score_posts.py", asked.out)
    sentences = asked.shared / "data" / "ner"
    if asked.every and sentences.is_dir():
        say(tell_sentences(sentences, asked.every, asked.out / "names.txt"))
        print(f"Every name missed or falsely told: {asked.out / 'names.txt'}")
    if asked.every:
        say(tell_roles_of_own(asked.every))


def tell_posts(gold: list[Path], scorer: Path, out: Path) -> None:
    """Print all figures of labelled posts, and leave readings and mistakes in `out`."""
    rules = Rules(scorer)
    pairs = read_posts(read_rows(gold))
    predicted = out / "readings.jsonl"
    predicted.write_text("".join(json.dumps(pair.read, ensure_ascii=False) + "\n" for pair in pairs), "utf-8")
    told, figures = score(scorer, gold, predicted, out / "figures.json")
    print(told.partition("\nen: ")[0].rstrip())
    matches = list(match_mentions(pairs, rules))
    say(tell_labels(figures, matches, rules.labels))
    say(tell_roles(matches))
    say(tell_kinds(pairs))
    say(tell_suspects(pairs))
    say(tell_calibration(outcomes_of_mentions(matches, rules) | outcomes_of_posts(pairs)))
    wrong = write_mistakes(out / "mistakes.txt", pairs, matches, rules)
    print(f"\n{wrong} mistakes, each with its words: {out / 'mistakes.txt'}; all readings: {predicted}\n")


def say(lines: Iterable[str]) -> None:
    """Print lines, an empty one before them."""
    print()
    for line in lines:
        print(line)


if __name__ == "__main__":
    main()
