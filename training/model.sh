#!/bin/sh
# Trains the names model: word lists, then one model for each script. The corpora lie outside the repository.
set -eu
bin=$1 corpora=$2/data/ner research=${3:-}
[ -d "$corpora" ] || { echo "There are no corpora in $corpora; docs/model.md says which they are." >&2; exit 1; }
[ -d build/lists ] || "$bin/pip" install --quiet --target build/lists --require-hashes -r training/requirements.txt
PYTHONPATH=build/lists "$bin/python" -m training.lexicons
if [ -n "$research" ]; then
    "$bin/python" -m training.train "$corpora" --research --out build/model-research
    "$bin/python" -m training.evaluate "$corpora" --model build/model-research
else
    "$bin/python" -m training.train "$corpora"
    "$bin/python" -m training.evaluate "$corpora"
fi
