"""`jejak path`: chains of evidence."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from casefile.case import Case
from desk import names, terminal
from desk.answers.proofs import say_posts
from desk.answers.shown import POSTS_SHOWN, counted
from desk.names import called_names

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.paths import EvidencePath, Hop

_POSTS_OF_MANY = 2  # posts of a hop, where several chains are shown


def path(case: Case, start: str, end: str, most: int, as_json: bool) -> None:
    """Show the strongest chains of evidence between two nodes."""
    from graph.paths import evidence_paths

    connections = case.store.connections()
    first, last = names.find_node(connections, start), names.find_node(connections, end)
    found = evidence_paths(connections, first, last, most)
    if as_json:
        told = [
            {"confidence": one.confidence, "weight": one.weight, "hops": [asdict(hop) for hop in one.hops]}
            for one in found
        ]
        best = told[0]["hops"] if told else None
        terminal.say_json({"from": first, "to": last, "hops": best, "paths": told})
        return
    if not found:
        terminal.say(f"No chain of evidence leads from {first} to {last}.")
        return
    called = called_names(connections)
    ends = f"From {called.get(first, first)} to {called.get(last, last)}"
    known: frozenset[str] = frozenset()
    for number, one in enumerate(found, 1):
        which = f", way {number}" if most > 1 else ""
        terminal.say(f"{ends}{which}, in {counted(len(one.hops), 'step')}, sure {one.confidence:.2f}:", "bold")
        if round(one.weight, 2) < round(one.confidence, 2):
            terminal.say(f"It counts as {one.weight:.2f}, for it leads through things with many neighbours.", "dim")
        if number > 1:
            terminal.say(_beside(one, known), "dim")
        known |= one.posts
        for place, hop in enumerate(one.hops, 1):
            terminal.say(f"{place}. {_in_words(hop, called)}")
            say_posts(case, hop.posts, indent=5, most=POSTS_SHOWN if most == 1 else _POSTS_OF_MANY)
    if len(found) < most:
        terminal.say(f"There is no other way: {most} were asked for.", "dim")


def _beside(path: EvidencePath, known: frozenset[str]) -> str:
    """What a further way adds: what rests on the same posts proves nothing more."""
    new = len(path.posts - known)
    verb = "is" if new == 1 else "are"
    return f"{new} of its {len(path.posts)} posts {verb} not in the ways above" + (
        "." if new else ": it proves no more."
    )


def _in_words(hop: Hop, called: dict[str, str]) -> str:
    backwards = "" if hop.forward else " (read backwards)"
    ends = called.get(hop.from_id, hop.from_id), called.get(hop.to_id, hop.to_id)
    return f"{ends[0]} — {hop.kind}{backwards} — {ends[1]}  ({hop.confidence:.2f})"
