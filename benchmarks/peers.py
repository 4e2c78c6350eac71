"""Contacts found by Jejak and by others, in one run on the same texts: `python -m benchmarks.peers [labelled.jsonl]`.

Prints precision, recall and F1 by label, on the sets of tests/pipeline/disguises and on labelled posts where a file is
given. Presidio takes part where it is installed: `pip install presidio-analyzer` in an environment that also sees ours.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.disguises import CONTACTS, read_cases
from benchmarks.peers_rivals import Span, libphonenumber, presidio, spacy_patterns
from pipeline.reader import load_reader

LABELS = ("PHONE", "EMAIL", "URL", "HANDLE", "WALLET")
_HALF = 0.5  # of the longer span must be shared
Finder = Callable[[str, str | None], Iterable[Span]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with the contacts that stand in it; `counted` are the labels of which all are marked."""

    text: str
    region: str | None
    spans: tuple[Span, ...]
    counted: frozenset[str]


def jejak(text: str, region: str | None) -> Iterator[Span]:
    """What the whole reader finds."""
    for mention in load_reader().read(text, post_id="", region=region).mentions:
        if mention.label in CONTACTS:
            yield Span(mention.label.value, mention.start, mention.end)


def disguised() -> list[Sample]:
    """Our sets: of a contact's text only its own label is counted, of a look-alike's all."""
    everything = frozenset(LABELS)
    return [
        Sample(case.text, case.region, (Span(case.label, case.start, case.end),), frozenset({case.label}))
        if case.label
        else Sample(case.text, case.region, (), everything)
        for name in ("contacts", "contacts_later", "lookalikes", "lookalikes_later")
        for case in read_cases(name)
    ]


def labelled(path: Path, regions: Mapping[str, str]) -> list[Sample]:
    """Posts of a file with one JSON object a line: text, lang, and mentions with label, start and surface."""
    samples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        post = json.loads(line)
        spans = tuple(
            Span(mention["label"], mention["start"], mention["start"] + len(mention["surface"]))
            for mention in post["mentions"]
            if mention["label"] in LABELS
        )
        samples.append(Sample(post["text"], regions.get(post["lang"]), spans, frozenset(LABELS)))
    return samples


def measure(samples: Iterable[Sample], find: Finder) -> dict[str, tuple[int, int, int]]:
    """By label: contacts found, contacts there, spans told."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for sample in samples:
        told = {span for span in find(sample.text, sample.region) if span.label in sample.counted}
        for span in sample.spans:
            match = next((other for other in sorted(told) if _is_same(span, other)), None)
            told.discard(match) if match else None
            counts[span.label][0] += match is not None
            counts[span.label][1] += 1
            counts[span.label][2] += match is not None
        for span in told:
            counts[span.label][2] += 1
    return {label: (right, there, said) for label, (right, there, said) in counts.items()}


def _is_same(left: Span, right: Span) -> bool:
    shared = min(left.end, right.end) - max(left.start, right.start)
    return left.label == right.label and shared >= _HALF * max(left.end - left.start, right.end - right.start)


def table(samples: list[Sample], finders: Mapping[str, Finder]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    yield "| | " + " | ".join(f"{label} P / R / F1" for label in LABELS) + " |"
    yield "|---" * (len(LABELS) + 1) + "|"
    for name, find in finders.items():
        counts = measure(samples, find)
        yield f"| {name} | " + " | ".join(_cell(*counts.get(label, (0, 0, 0))) for label in LABELS) + " |"


def _cell(right: int, there: int, said: int) -> str:
    if not there or not said:
        return "–"
    precision, recall = right / said, right / there
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return f"{precision:.3f} / {recall:.3f} / {f1:.3f}"


def main() -> None:
    """Print the tables."""
    finders: dict[str, Finder] = {
        "Jejak": jejak,
        "phonenumbers' matcher": libphonenumber,
        "spaCy's patterns": spacy_patterns,
    }
    others = presidio()
    if others:
        finders["Presidio's recognisers"] = others
    else:
        print("Presidio is not installed here and left out.\n", file=sys.stderr)
    regions = {case.language: case.region for case in read_cases("contacts") if case.region and case.language != "en"}
    sets = {"Disguised contacts and look-alikes of our own": disguised()}
    sets |= {f"Labelled posts, {Path(path).stem}": labelled(Path(path), regions) for path in sys.argv[1:]}
    for title, samples in sets.items():
        print(f"{title}: {len(samples)} texts, {sum(len(sample.spans) for sample in samples)} contacts\n")
        print("\n".join(table(samples, finders)) + "\n")


if __name__ == "__main__":
    main()
