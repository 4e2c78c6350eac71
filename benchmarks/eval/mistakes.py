"""Every miss, false alarm and wrong value in one file that reads well: what it was, and the words around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.eval.reading import Match, Pair
from benchmarks.eval.scorer import Row, Rules

_AROUND = 60  # characters


def write_mistakes(path: Path, pairs: Sequence[Pair], matches: Iterable[Match], rules: Rules) -> int:
    """Write them by label, kinds and suspects first; returns how many there are."""
    sections: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        for heading, told in _of_post(pair):
            sections[heading].append(told)
    for match in matches:
        told = _of_mention(match, rules)
        if told:
            sections[match.label].append(told)
    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
        for heading, lines in sections.items():
            file.write(f"# {heading}: {len(lines)}\n" + "\n".join(lines) + "\n\n")
    return sum(map(len, sections.values()))


def _of_post(pair: Pair) -> Iterator[tuple[str, str]]:
    marked, read = pair.marked, pair.read
    begins = " ".join(marked["text"].split())[: 4 * _AROUND]
    if read["kind"] != marked["kind"]:
        sure = f"{marked['kind']} read as {read['kind']} ({read['kind_confidence']:.2f})"
        yield "kind", f"{marked['id']} {marked['lang']}  {sure}: {begins}"
    if bool(marked["suspect"]) is not (read["suspect"] >= 0.5):
        told = f"{'suspect' if marked['suspect'] else 'harmless'} {marked['kind']} scored {read['suspect']:.2f}"
        yield "suspect", f"{marked['id']} {marked['lang']}  {told}: {begins}\n    {'; '.join(read['reasons'])}"


def _of_mention(match: Match, rules: Rules) -> str:
    marked, found, text = match.marked, match.found, match.pair.marked["text"]
    begin = f"{match.pair.marked['id']} {match.pair.marked['lang']}  "
    if marked is None and found is not None:
        return (
            f"{begin}false  {_shown(text, found)} = {found['value']} ({found['confidence']:.2f}, {found['extractor']})"
        )
    if found is None and marked is not None:
        return f"{begin}missed {_shown(text, _span(marked))} = {marked.get('norm')}"
    if found is None or marked is None:
        return ""
    wrong = []
    if not rules.same_value(marked, found, text):
        wrong.append(f"value {found['value']} for {marked.get('norm')}")
    if not rules.is_exact(marked, found):
        wrong.append(f"span for “{_one_line(marked['surface'])}”")
    if marked.get("role") and marked["role"] != found.get("role"):
        wrong.append(f"role {found.get('role')} for {marked['role']}")
    return f"{begin}wrong  {_shown(text, found)}: {', '.join(wrong)}" if wrong else ""


def _span(marked: Row) -> Row:
    return {"start": marked["start"], "end": marked["start"] + len(marked["surface"])}


def _shown(text: str, span: Row) -> str:
    start, end = span["start"], span["end"]
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return f"…{_one_line(before)}⟦{_one_line(text[start:end])}⟧{_one_line(after)}…"


def _one_line(text: str) -> str:
    return text.replace("\n", " / ")
