"""The sequences that the tagger labels: lines of one script that follow each other, none too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.tagger.features import cut_thai
from pipeline.tagger.tokens import Token, tokens_of

_LONGEST = 600  # tokens; longer sequences are cut at a line's end, or anywhere at twice the length
SCRIPTS = {"": "latin", "zh": "zh", "th": "th", "lo": "lo", "hi": "hi", "my": "my", "km": "km"}
"""The name of the model that reads a line, by the script that most of its letters have."""
_WEIGHT = {
    "": 3.0,
    "zh": 1.0,
    "th": 3.0,
    "lo": 2.0,
    "hi": 3.0,
    "my": 1.5,
    "km": 1.5,
}  # tokens of these scripts are of other sizes


def sequences(text: str) -> Iterator[tuple[str, list[Token]]]:
    """The tokens of a text in sequences, each with the name of its model."""
    model, held = "", list[Token]()
    for line in _lines(text):
        script = _model_of(line)
        if held and script and model and script != model:
            yield model, held
            model, held = script, []
        model = script or model
        held.extend(line)
        if len(held) >= _LONGEST:
            yield model or "latin", held
            held = []
    if held:
        yield model or "latin", held


def _lines(text: str) -> Iterator[list[Token]]:
    """The tokens line by line; the line's end is the last one."""
    line: list[Token] = []
    for token in tokens_of(text, cut_thai):
        line.append(token)
        if token.text[0] == "\n" or len(line) >= _LONGEST:
            yield line
            line = []
    if line:
        yield line


def _model_of(line: list[Token]) -> str:
    """The model for a line; empty where it has no letters."""
    counts = Counter(token.script for token in line if token.script or token.text[0].isalpha())
    if not counts:
        return ""
    return SCRIPTS[max(counts, key=lambda script: (counts[script] * _WEIGHT[script], script))]
