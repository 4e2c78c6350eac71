"""From a synthetic world to answers that a scorer reads."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.networks.evaluate import evaluate

# Stands for the scorer outside the repository: it counts what it was given.
_SCORER = """
import json, sys
truth, actors, campaigns, out = (sys.argv[i] for i in (1, 3, 5, 7))
known = {post for actor in json.load(open(truth))["actors"] for post in actor["posts"]}
lines = [json.loads(line) for path in (actors, campaigns) for line in open(path)]
json.dump({"known posts": len({post for line in lines for post in line["posts"]} & known)}, open(out, "w"))
"""


def test_answers_name_the_posts_of_the_world_and_nothing_is_read_twice(tmp_path: Path) -> None:
    scorer = tmp_path / "scorer.py"
    scorer.write_text(_SCORER, encoding="utf-8")
    first = evaluate("easy", 1, 80, tmp_path / "run", scorer)
    assert first["known posts"] > 20
    assert first["reader"]["identifiers"] > 0.8
    assert first["reader"]["warning as offer"] < 0.5
    manifest = (tmp_path / "run/case/evidence/manifest.jsonl").read_bytes()
    assert evaluate("easy", 1, 80, tmp_path / "run", scorer) == first
    assert (tmp_path / "run/case/evidence/manifest.jsonl").read_bytes() == manifest
    actors = [json.loads(line) for line in (tmp_path / "run/actors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(actor["id"] and actor["identifiers"] for actor in actors)
