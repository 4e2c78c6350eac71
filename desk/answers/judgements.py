"""Judgements as they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from casefile.case import Case
from casefile.records import Actor, Connections, Decision, Judgement
from desk import terminal
from desk.judging import Judged


def show(case: Case, judged: Judged, as_json: bool) -> None:
    """Tell what was written down, whom it touches, and when it takes effect."""
    touched = _touched(case.store.connections(), judged.judgements)
    if as_json:
        told = [as_dict(judgement) for judgement in judged.judgements]
        actors = [{"id": a.id, "identifiers": a.identifiers, "posts": len(a.posts)} for a in touched]
        terminal.say_json({"judgements": told, "connected": judged.connected, "actors": actors})
        return
    for judgement in judged.judgements:
        undone = " undone" if judgement.undone_by is not None else ""
        terminal.say(f"Judgement {judgement.sequence}{undone}: {in_words(judgement)}.", "bold")
    if not judged.connected:
        terminal.say("It takes effect with the next `jejak process`.")
    for actor in touched if judged.connected else ():
        terminal.say(f"Now {actor.id}: {', '.join(actor.identifiers)} ({len(actor.posts):,} posts)")
    for identifier in _in_no_offer(case.store.connections(), judged) if judged.connected else ():
        terminal.say(
            f"{identifier} is no recruiter's contact now: no sure job offer gives it, or it is everybody's.", "yellow"
        )
    if judged.judgements and judged.judgements[0].undone_by is None:
        number = judged.judgements[0].sequence
        terminal.say(f'Taken back with: jejak judge {case.folder} undo {number} --because "…"', "dim")


def _touched(connections: Connections, judgements: Iterable[Judgement]) -> list[Actor]:
    named = {identifier for judgement in judgements for subject in judgement.subjects for identifier in subject}
    return [actor for actor in connections.actors if not named.isdisjoint(actor.identifiers)]


def _in_no_offer(connections: Connections, judged: Judged) -> list[str]:
    """Of contacts that are to be one recruiter, those that belong to none: the judgement waits for them."""
    recruiting = {contact for actor in connections.actors for contact in actor.identifiers}
    named = {
        identifier
        for judgement in judged.judgements
        if judgement.decision is Decision.SAME and judgement.undone_by is None
        for subject in judgement.subjects
        for identifier in subject
    }
    return sorted(named - recruiting)


def list_all(case: Case, as_json: bool) -> None:
    """List every judgement, the latest first."""
    judgements = case.judgements()[::-1]
    if as_json:
        for judgement in judgements:
            terminal.say_json(as_dict(judgement))
        return
    if not judgements:
        terminal.say("Nothing was judged yet. `jejak review CASE` asks about what is in doubt.")
        return
    rows = [
        (
            j.sequence,
            f"{j.at:%Y-%m-%d %H:%M}",
            j.by,
            in_words(j),
            j.because,
            f"undone by {j.undone_by}" if j.undone_by else "",
        )
        for j in judgements
    ]
    terminal.table(("number", "when (UTC)", "by", "decided", "because", ""), rows, numbers=["number"])


def in_words(judgement: Judgement) -> str:
    """The decision as a sentence."""
    sides = [" + ".join(subject) for subject in judgement.subjects]
    if judgement.kind:
        return f"{_OF_A_LINK[judgement.decision]}: {sides[0]} {judgement.kind} {sides[1]}"
    between = " | " if len(sides) > 1 else ""
    words = _OF_TWO if len(sides) > 1 else _OF_ONE
    return f"{words[judgement.decision]}: {between.join(sides)}"


_OF_A_LINK = {Decision.CONFIRM: "the link is true", Decision.REJECT: "the link is not true"}
_OF_ONE = {
    Decision.CONFIRM: "a recruiter's contact",
    Decision.REJECT: "no recruiter's contact",
    Decision.HIDE: "left out",
}
_OF_TWO = {
    Decision.SAME: "one recruiter",
    Decision.DIFFERENT: "never one recruiter",
    Decision.CONFIRM: "joined rightly",
    Decision.REJECT: "not joined by what was seen",
    Decision.HIDE: "left out",
}


def as_dict(judgement: Judgement) -> dict[str, Any]:
    """A judgement for programs."""
    return asdict(judgement) | {"at": judgement.at.isoformat()}
