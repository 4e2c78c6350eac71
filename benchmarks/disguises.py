"""Disguised contacts found, and look-alikes taken for contacts, by technique: `python -m benchmarks.disguises [--misses]`.

The sets lie in tests/pipeline/disguises. Both `_later` ones were written without a look at the rules; how many of them
were read right at first sight stands in docs/accuracy.md.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from casefile.records import Label, Mention
from pipeline.reader import load_reader

FOLDER = Path(__file__).parent.parent / "tests" / "pipeline" / "disguises"
CONTACTS = frozenset({Label.PHONE, Label.HANDLE, Label.EMAIL, Label.URL, Label.WALLET})
_OPEN, _CLOSE = "⟦⟧"


@dataclass(frozen=True, slots=True)
class Case:
    """One text of a set. `region` is the source's country; a look-alike has no label and no value."""

    technique: str
    language: str
    region: str | None
    text: str
    label: str = ""
    value: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read in one case: `right` is the value found (or nothing, in a look-alike), `exact` its very span."""

    case: Case
    right: bool
    exact: bool
    read: tuple[Mention, ...]


def read_cases(name: str) -> list[Case]:
    """The cases of one set; `\\n` and `\\u200b` are written out in its file."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [_case(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _case(row: dict[str, str]) -> Case:
    marked = _unescaped(row["text"])
    start, end = marked.find(_OPEN), marked.find(_CLOSE) - 1
    text = marked.replace(_OPEN, "").replace(_CLOSE, "")
    told = (row["technique"], row["language"], row["region"] or None, text)
    return Case(*told) if start < 0 else Case(*told, row["label"], row["value"], start, end)


def _unescaped(text: str) -> str:
    """`\\n` and `\\u200b` as the characters that they stand for."""
    first, *others = text.replace("\\n", "\n").split("\\u")
    return first + "".join(chr(int(other[:4], 16)) + other[4:] for other in others)


def read_as_post(case: Case) -> tuple[Mention, ...]:
    """The contacts that the whole reader finds in a case."""
    reading = load_reader().read(case.text, post_id="", region=case.region)
    return tuple(mention for mention in reading.mentions if mention.label in CONTACTS)


def outcomes(cases: Iterable[Case], read: Callable[[Case], tuple[Mention, ...]] = read_as_post) -> Iterator[Outcome]:
    """How each case came out."""
    for case in cases:
        found = read(case)
        if not case.label:
            yield Outcome(case, not found, not found, found)
            continue
        hits = [
            m
            for m in found
            if (m.label, m.value) == (case.label, case.value) and m.start < case.end > case.start < m.end
        ]
        exact = any((hit.start, hit.end) == (case.start, case.end) for hit in hits)
        yield Outcome(case, bool(hits), exact, found)


def share(results: Iterable[Outcome]) -> float:
    """The share that came out right."""
    right = [result.right for result in results]
    return sum(right) / len(right)


def by_technique(results: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each technique, in the order of the set."""
    found: dict[str, list[Outcome]] = {}
    for result in results:
        found.setdefault(result.case.technique, []).append(result)
    return found


def _by_language(results: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for result in results:
        found.setdefault(result.case.language, []).append(result)
    return dict(sorted(found.items()))


def _print(name: str, misses: bool) -> None:
    results = list(outcomes(read_cases(name)))
    told = "right, with the very span" if results[0].case.label else "free of false alarms"
    print(f"\n{name}: {told}")
    for groups in (by_technique(results), _by_language(results), {"all": results}):
        for group, held in groups.items():
            exact = f" {sum(result.exact for result in held):4}" if results[0].case.label else ""
            print(f"  {group:18} {share(held):6.3f} {sum(result.right for result in held):4}{exact} of {len(held)}")
    for result in results if misses else ():
        if not result.exact:
            read = ", ".join(f"{mention.label}:{mention.surface!r}={mention.value}" for mention in result.read)
            kind = "span" if result.right else "MISS"
            print(
                f"  {kind} {result.case.technique} {result.case.text!r} wanted {result.case.value}; read {read or '-'}"
            )


def main() -> None:
    """Print all sets, or those named."""
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    for name in names or ("contacts", "contacts_later", "lookalikes", "lookalikes_later"):
        _print(name, "--misses" in sys.argv)


if __name__ == "__main__":
    main()
