"""Reading a dossier once more before it is written: what strangers wrote in it must hold nothing that is held back.

Only values are read. The sentences around them are ours, and "12 Jun" tells nobody of a person called Jun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from casefile.records import Capture
from desk.dossier.model import Dossier, Origin, Sign
from desk.handing_over.reading_back import refusal
from desk.handing_over.written_forms import Finder
from desk.languages import Phrase
from desk.report.model import GraphView, MapView, Refs, Timeline


def refuse_what_is_held_back(dossier: Dossier, finder: Finder) -> None:
    """Raises ExportRefused at the first value of which the recipient may not know."""
    for text in values_in(dossier):
        if secret := finder.tells(text):
            raise refusal("The dossier", secret)


def values_in(part: object) -> Iterator[str]:
    """Every text that a dossier is filled with."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Phrase):
        yield from values_in(tuple(part.values.values()))
    elif isinstance(part, GraphView):
        yield from (str(node["label"]) for node in part.nodes)
    elif isinstance(part, MapView):
        yield from (*(point.name for point in part.points), *part.not_drawn)
    elif isinstance(part, Origin):
        yield from (part.case, part.purpose, part.legal_basis)
    elif isinstance(part, Sign):  # its words are those of config/
        yield from values_in(part.statement)
    elif isinstance(part, tuple | list):
        for one in part:
            yield from values_in(one)
    elif is_dataclass(part) and not isinstance(part, Capture | Refs | Timeline):
        for field in fields(part):
            yield from values_in(getattr(part, field.name))
