"""Reading a dossier once more before it is written: what strangers wrote in it must hold nothing that is held back.

Only values are read. The sentences around them are ours, as are codes of languages, countries and currencies: neither
"12 Jun" nor "LAK 500" tells of a person who is called so. So the words of our formats need not be known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from desk.dossier.model import Dossier, Note, Origin, Sign
from desk.handing_over.reading_back import refusal, without_pseudonyms
from desk.handing_over.written_forms import Finder
from desk.languages import Country, Phrase
from desk.report.model import GraphView, MapView, Refs, Timeline

_CURRENCY = re.compile(r"^[A-Z]{3} (?=[0-9])")


def refuse_what_is_held_back(dossier: Dossier, finder: Finder) -> None:
    """Raises ExportRefused at the first value of which the recipient may not know."""
    for text in values_in(dossier):
        if secret := finder.names(without_pseudonyms(text)):
            raise refusal("The dossier", secret)
    for text in _among_our_words(dossier):
        if secret := finder.tells(text):
            raise refusal("The dossier", secret)


def _among_our_words(dossier: Dossier) -> Iterator[str]:
    """Places, and what is named in posts: a short name is there by chance, as `to` in "sent to: Poipet"."""
    if dossier.map:
        yield from (*(point.name for point in dossier.map.points), *dossier.map.not_drawn)
    yield from (told for note in dossier.notes for piece in note.text for told in piece.notes)


def values_in(part: object) -> Iterator[str]:
    """Every value that strangers gave and that stands by itself."""
    if isinstance(part, str):
        yield _CURRENCY.sub("", part)
    elif isinstance(part, Phrase):
        yield from values_in(tuple(part.values.values()))
    elif isinstance(part, GraphView):
        yield from (str(node["label"]) for node in part.nodes if node["look"] != "text")
    elif isinstance(part, Note):  # its language is a code of two letters
        yield from (part.source, part.address, part.gist, "".join(piece.text or "\n" for piece in part.text))
    elif isinstance(part, Origin):
        yield from (part.case, part.purpose, part.legal_basis)
    elif isinstance(part, Sign):  # its words are those of config/
        yield from values_in(part.statement)
    elif isinstance(part, tuple | list):
        for one in part:
            yield from values_in(one)
    elif is_dataclass(part) and not isinstance(part, Country | MapView | Refs | Timeline):
        for field in fields(part):
            yield from values_in(getattr(part, field.name))
