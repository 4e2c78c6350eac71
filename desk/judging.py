"""Judging: from what was typed to raw identifiers, into the journal, and what changes by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any, NamedTuple

from casefile.case import Case
from casefile.errors import JudgementError, NotFound
from casefile.identity import short_hash
from casefile.records import Actor, Connections, Decision, Judgement, LinkKind
from casefile.search.tokens import digits_in
from desk import names, terminal

_QUICK_POSTS = 5_000
"""Up to here connecting again takes seconds; larger cases wait for the next `process`."""
_POST = "post:"
_ID_LETTERS = len(short_hash())
Subject = tuple[str, ...]


class Meant(NamedTuple):
    """What one judgement is on."""

    subjects: tuple[Subject, ...]
    kind: LinkKind | None = None


class Judged(NamedTuple):
    """Judgements that were written down; `connected` when they have taken effect already."""

    judgements: list[Judgement]
    connected: bool


def judge(case: Case, decision: Decision, typed: Sequence[str], because: str) -> Judged:
    """Write down a decision on what was typed, and connect the case again if that is quick."""
    meant = understand(case, decision, typed)
    judgements = [case.judge(decision, one.subjects, because, one.kind) for one in meant]
    return Judged(judgements, connect_if_quick(case))


def undo(case: Case, typed: Sequence[str], because: str) -> Judged:
    """Take judgements back by their numbers; all of the numbers are looked at before anything is written."""
    if not typed or not all(number.isascii() and number.isdecimal() for number in typed):
        raise JudgementError("`undo` takes the numbers of judgements.", "`jejak judgements CASE` lists them.")
    in_force = {judgement.sequence for judgement in case.judgements() if judgement.undone_by is None}
    numbers = list(dict.fromkeys(map(int, typed)))
    for number in numbers:
        if number not in in_force:
            raise NotFound(f"No judgement {number} is in force.", "`jejak judgements CASE` lists those that are.")
    return Judged([case.undo(number, because) for number in numbers], connect_if_quick(case))


def connect_if_quick(case: Case) -> bool:
    """Connect the case again if it is small; whether it was done."""
    if case.store.counts()["readings"] > _QUICK_POSTS:
        return False
    from graph.connect import connect_case

    with terminal.progress("Connecting", "posts") as progress:
        connect_case(case, progress)
    return True


def understand(case: Case, decision: Decision, typed: Sequence[str]) -> list[Meant]:
    """What is to be judged; raises NotFound for what is not in the case, JudgementError for what makes no sense."""
    connections = case.store.connections()
    if decision in (Decision.CONFIRM, Decision.REJECT):
        if len(typed) == 1 and (link := _link_called(connections, typed[0])):
            return [link]
        kinds = {kind.value: kind for kind in LinkKind}
        if len(typed) == 3 and typed[1] in kinds:
            return [_typed_link(case, connections, typed[0], kinds[typed[1]], typed[2])]
        if len(typed) == 2:
            return _between(case, connections, typed[0], typed[1])
    takes_posts = decision is Decision.HIDE
    return [Meant(tuple(_subject(case, connections, one, takes_posts=takes_posts) for one in typed))]


def _subject(case: Case, connections: Connections, typed: str, *, takes_posts: bool = False) -> Subject:
    """The raw identifiers of what was typed: an actor's are all that belong to it."""
    post = _post_called(case, typed) if takes_posts else None
    if post is not None and typed.startswith(_POST):
        return (post,)
    try:
        node = names.find_node(connections, typed)
    except NotFound:
        if post is not None:
            return (post,)
        if known := _raw_identifier(case, typed):
            return (known,)
        raise
    if post is not None and post != typed:
        raise NotFound(f"“{typed}” may be {node} or the post {post}.", f"Give the whole id, or {_POST}{post}.")
    return (post,) if post is not None else _identifiers(connections, node)


def _post_called(case: Case, typed: str) -> str | None:
    with suppress(NotFound):
        return case.store.find_post(typed.removeprefix(_POST)).id
    return None


def _raw_identifier(case: Case, typed: str) -> str | None:
    """What posts name, but connecting left out (it was hidden, or belongs to nobody): the id, or a phone number."""
    digits = digits_in(typed)
    return next((one for one in (typed.strip(), f"phone:+{digits}") if case.store.posts_naming(one)), None)


def _identifiers(connections: Connections, node: str) -> Subject:
    actor = next((actor for actor in connections.actors if actor.id == node), None)
    return actor.identifiers if actor else (node,)


def _link_called(connections: Connections, typed: str) -> Meant | None:
    """The link of that id."""
    if len(typed) != _ID_LETTERS:
        return None
    link = next((link for link in connections.links if link.id == typed), None)
    if link is None:
        return None
    return Meant((_identifiers(connections, link.from_id), _identifiers(connections, link.to_id)), link.kind)


def _typed_link(case: Case, connections: Connections, start: str, kind: LinkKind, end: str) -> Meant:
    one, other = _subject(case, connections, start), _subject(case, connections, end)
    if kind not in _kinds_between(connections, one, other, turned=False):
        raise NotFound(f"No link “{kind}” leads from “{start}” to “{end}”.", "`jejak show CASE ID` lists the links.")
    return Meant((one, other), kind)


def _between(case: Case, connections: Connections, start: str, end: str) -> list[Meant]:
    """Of two contacts of recruiters their join; of anything else all links between the two, either way."""
    one, other = _subject(case, connections, start), _subject(case, connections, end)
    recruiting = {contact for actor in connections.actors for contact in actor.identifiers}
    if recruiting.issuperset(one) and recruiting.issuperset(other):
        return [Meant((one, other))]
    forth = [Meant((one, other), kind) for kind in _kinds_between(connections, one, other, turned=False)]
    back = [Meant((other, one), kind) for kind in _kinds_between(connections, one, other, turned=True)]
    if not forth and not back:
        raise NotFound(f"No link joins “{start}” and “{end}”.", "`jejak show CASE ID` lists the links.")
    return [*forth, *back]


def _kinds_between(connections: Connections, one: Subject, other: Subject, *, turned: bool) -> list[LinkKind]:
    actor_of = {contact: actor.id for actor in connections.actors for contact in actor.identifiers}
    ends = [
        {identifier for known in side for identifier in (known, actor_of.get(known, known))} for side in (one, other)
    ]
    starts, finishes = reversed(ends) if turned else ends
    return sorted({link.kind for link in connections.links if link.from_id in starts and link.to_id in finishes})


# Telling -------------------------------------------------------------------------------------------------------------
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
