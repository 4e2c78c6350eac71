"""From what a person typed to what a judgement is on: raw identifiers, a join, a link."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from casefile.case import Case
from casefile.errors import NotFound
from casefile.identity import short_hash
from casefile.records import Connections, Decision, LinkKind
from casefile.search.tokens import digits_in
from desk import names

_POST = "post:"
_ID_LETTERS = len(short_hash())
Subject = tuple[str, ...]


class Meant(NamedTuple):
    """What one judgement is on."""

    subjects: tuple[Subject, ...]
    kind: LinkKind | None = None


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
