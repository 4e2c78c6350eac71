"""The notes on an entity or a recruiter, as the page shows them."""

from __future__ import annotations

from casefile.notes import Note, Noted
from casefile.records import Actor, Entity


def notes_on(noted: Noted, node: Entity | Actor) -> list[Note]:
    """The notes on a node, the latest last; on a recruiter also those on all who turned out to be him."""
    from graph.actors import former_ids  # the graph is loaded only when something is asked of it

    names = [node.id, *(former_ids(node) if isinstance(node, Actor) else ())]
    return sorted((note for name in names for note in noted.notes.get(name, ())), key=lambda note: note.sequence)
