"""The words that our formats write into every file, whoever is in it: names of columns, fonts, kinds of things.

A victim may be called so (Shruti is a font in every spreadsheet). Such a word is found in each file by chance, as a name
of two letters is; so it is looked for in the names and texts that are written, and not in the files around them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from casefile.evidence.exchange import Exchange
from casefile.evidence.warc import WarcFile
from casefile.records import Actor, Connections, Entity, JoinReason, Label, Link, LinkKind, Network, Role
from casefile.settings import Handling
from desk.handing_over.reading_back import texts_of
from desk.handing_over.written_forms import words_of
from graph.analysis.routes import Route
from graph.entities import ACCOUNT, SOURCE, TEXT
from graph.export.formats import ExportFormat
from graph.export.view import Context, Page, Proof, View, view_of
from graph.export.write import write_formats

_THEN = datetime(2026, 1, 1, tzinfo=UTC)
_IDS = {
    **{label.value: f"{label.value.lower()}:0/0" for label in Label},
    Label.HANDLE.value: "0:0",
    Label.LOC.value: "place:0/0",
    **{label: f"{label.lower()}:0" for label in (ACCOUNT, SOURCE, TEXT)},
}


def own_words(formats: Collection[ExportFormat], *told: str) -> frozenset[str]:
    """The words of an export that tells of nobody, and of what else is always `told` beside it."""
    return _words_of_formats(frozenset(formats)) | {word for text in told for word in words_of(text)}


@cache
def _words_of_formats(formats: frozenset[ExportFormat]) -> frozenset[str]:
    with tempfile.TemporaryDirectory(prefix="jejak-nobody-") as room:
        files = write_formats(replace(nobody(), pages=(_page(Path(room)),)), Path(room), formats)
        return frozenset(word for file in files for text in texts_of(file, file.name) for word in words_of(text))


def _page(room: Path) -> Page:
    """A page of nobody, in an archive of its own below the room."""
    evidence = room / "evidence"
    evidence.mkdir()
    warc = WarcFile(evidence, room, "0")
    try:
        written = warc.write_exchange(Exchange(url="https://0.0/0", at=_THEN, status=200, body=b"0"))
    finally:
        warc.close()
    return Page("", warc.path, written.offset)


def nobody() -> View:
    """A view with one of everything, and nobody in it."""
    entities = [
        Entity(id=i, label=label, name="0", posts=1, country="kh", lat=0.0, lon=0.0) for label, i in _IDS.items()
    ]
    phone, place, posts = _IDS[Label.PHONE], _IDS[Label.LOC], ("0",)
    join = JoinReason(left=phone, right=phone, reason="0", weight=1.0, posts=posts)
    actor = Actor(id="actor:0", name="0", identifiers=(phone,), posts=posts, confidence=1.0, joins=(join,))
    network = Network(
        id="network:0",
        name="0",
        members=(actor.id, phone),
        posts=posts,
        destinations=(place,),
        origins=(place,),
        suspect=0.0,
    )
    connections = Connections(
        entities=tuple(entities), actors=(actor,), links=tuple(_links(actor.id, place)), networks=(network,)
    )
    proof = Proof(
        id="0", source="0", kind="recruitment", lang="id", published=_THEN, first_seen=_THEN, last_seen=_THEN,
        gone_at=_THEN, url="https://0.0/0", captured_at=_THEN, payload_sha256="0", warc_file="0", record_id="0", text="0",
    )  # fmt: skip
    context = Context(made_at=_THEN, program="0", title="0", case="0", handling=Handling.RED, statement="0")
    return view_of(connections, context, proofs=[proof], routes=list(_routes(place)), confirmed=[phone])


def _links(start: str, end: str) -> Iterator[Link]:
    for kind in LinkKind:
        for role in (None, *Role):
            yield Link(
                id=f"{kind} {role}", from_id=start, to_id=end, kind=kind, role=role, confidence=1.0, posts=("0",),
                first_seen=_THEN, last_seen=_THEN,
            )  # fmt: skip


def _routes(place: str) -> Iterator[Route]:
    for stated in (True, False):
        yield Route(
            month="", origin=place, transit=(place,), destination=place, stated=stated, posts=("0",), witnesses=1,
            sources=1, undated=0, first_seen=_THEN, last_seen=_THEN,
        )  # fmt: skip
