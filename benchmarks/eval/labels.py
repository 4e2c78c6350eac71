"""Mentions, label by label and language by language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks.eval.calibration import Outcome
from benchmarks.eval.reading import Match
from benchmarks.eval.scorer import Rules

_MEASURES = {"span": "exact span", "touch": "touching span", "value": "canonical value"}


def tell_labels(figures: Mapping[str, Any], matches: Iterable[Match], labels: Sequence[str]) -> Iterator[str]:
    """Precision, recall and F1 by label and language, as the scorer counted them; what occurs on no side is left out."""
    there = {(str(match.pair.marked["lang"]), match.label) for match in matches}
    yield f"{'lang':5}{'label':8}{'marked':>7}" + "".join(f"{f'{told} P R F1':^24}" for told in _MEASURES.values())
    for lang, label in sorted(there, key=lambda pair: (pair[0], labels.index(pair[1]))):
        rows = [figures[f"{lang}/{label}/{measure}"] for measure in _MEASURES]
        told = "".join(f"   {row['p']:6.3f} {row['r']:6.3f} {row['f1']:6.3f}" for row in rows)
        yield f"{lang:5}{label:8}{rows[0]['n']:7}{told}"


def tell_roles(matches: Iterable[Match]) -> Iterator[str]:
    """Of the places found that carry a role in the labels: how often it is the right one, by role."""
    pairs = [
        (str(match.marked["role"]), match.found.get("role"))
        for match in matches
        if match.marked and match.found and match.marked.get("role")
    ]
    if not pairs:
        return
    right = sum(wanted == told for wanted, told in pairs)
    by_role = {
        role: [told == role for wanted, told in pairs if wanted == role] for role in sorted({w for w, _ in pairs})
    }
    told = "  ".join(f"{role} {sum(hits)}/{len(hits)}" for role, hits in by_role.items())
    yield f"role of places: {right / len(pairs):.3f} of {len(pairs)}  ({told})"


def outcomes_of_mentions(matches: Iterable[Match], rules: Rules) -> dict[str, list[Outcome]]:
    """For each label how sure the reader was of each mention, and whether span (touching) and value were right."""
    outcomes: dict[str, list[Outcome]] = {label: [] for label in rules.labels}
    for match in matches:
        if match.found:
            text = match.pair.marked["text"]
            right = match.marked is not None and rules.same_value(match.marked, match.found, text)
            outcomes[match.label].append((float(match.found["confidence"]), right))
    return outcomes
