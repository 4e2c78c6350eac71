#!/bin/sh
# Accuracy on labelled posts and saved pages that are no part of the project.
set -eu
bin=$1 shared=$2
[ -d "$shared/data" ] || { echo "There is no labelled material in $shared/data; nothing to measure." >&2; exit 1; }
out=$(mktemp -d)
"$bin/python" - "$shared/data/posts-dev.jsonl" > "$out/in.jsonl" <<'PY'
import json, sys
# Only what a filter would know: the label file must not tell the answers.
for line in open(sys.argv[1], encoding="utf-8"):
    post = json.loads(line)
    print(json.dumps({"id": post["id"], "text": post["text"]}, ensure_ascii=False))
PY
"$bin/jejak" extract "$out/in.jsonl" > "$out/out.jsonl"
"$bin/python" "$shared/tools/score_posts.py" "$shared/data/posts-dev.jsonl" --pred "$out/out.jsonl" --misses "$out/misses.jsonl"
echo "Every miss and false alarm: $out/misses.jsonl"
