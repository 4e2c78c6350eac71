"""i2 Analyst's Notebook: one line a link, both ends on it, and a written specification of how each column is imported.

i2 reads no file of ours without its import wizard, whose own specifications only i2 can write; so the columns are told to
the analyst, once, in words.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from graph.export.csv_tables import safe
from graph.export.view import ACTOR, Edge, Node, View

_PROOFS_SHOWN = 20
# Ours -> what i2's standard palette calls it.
_TYPES = {
    ACTOR: "Person", "PERSON": "Person", "ORG": "Organization", "LOC": "Location", "PHONE": "Telephone", "HANDLE": "Account",
    "ACCOUNT": "Account", "EMAIL": "E-mail", "URL": "Web Page", "WALLET": "Account", "SOURCE": "Web Site", "TEXT": "Document",
}  # fmt: skip
_COLUMNS = {
    "from_type": "end 1: entity type",
    "from_identity": "end 1: identity (never shown; two ends of one identity are one entity)",
    "from_label": "end 1: label",
    "to_type": "end 2: entity type",
    "to_identity": "end 2: identity",
    "to_label": "end 2: label",
    "link_identity": "link: identity (keeps two links between the same ends apart)",
    "link_type": "link: type, and its label",
    "direction": "link: direction (always from end 1 to end 2)",
    "first_date": "link: attribute, date (yyyy-MM-dd), or start date",
    "first_time": "link: attribute, time (HH:mm:ss, UTC), or start time",
    "last_date": "link: attribute, date, or end date",
    "last_time": "link: attribute, time, or end time",
    "confidence": "link: attribute, number from 0 to 1; an estimate, so not i2's grade of a source",
    "posts": "link: attribute, number of posts that prove it",
    "proof": "link: attribute, text: the first 20 of these posts, by their ids",
}
_HOW = """How to import i2-links.csv into i2 Analyst's Notebook

1. Import from a text file; characters UTF-8; columns divided by commas, texts in double quotes; the first row names the columns.
2. Choose the design "two entities and a link", and give the columns as follows.
3. Save the specification under a name of your own: it fits every i2-links.csv of Jejak.

{columns}

An apostrophe before a label stands where a spreadsheet would run it as a formula; telephone numbers have none.
Kinds that i2's palette does not have (pseudonyms) are of the type "Entity".
"""


def write_i2(view: View, folder: Path) -> list[Path]:
    """Write `i2-links.csv` and `i2-import.txt`."""
    links, how = folder / "i2-links.csv", folder / "i2-import.txt"
    with links.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        lines.writerow(_COLUMNS)
        lines.writerows([safe(cell) for cell in _line(edge, view)] for edge in view.edges)
    width = max(map(len, _COLUMNS))
    told = "\n".join(f"   {name:{width}}  {meaning}" for name, meaning in _COLUMNS.items())
    how.write_text(_HOW.format(columns=told), encoding="utf-8")
    return [links, how]


def _line(edge: Edge, view: View) -> Iterator[str | int | float]:
    for end in (view.by_id[edge.from_id], view.by_id[edge.to_id]):
        yield from _end(end)
    yield edge.id
    yield f"{edge.kind.replace('_', ' ')}{f' ({edge.role})' if edge.role else ''}"
    yield "end 1 to end 2"
    for moment in (edge.first_seen, edge.last_seen):
        yield from _moment(moment)
    yield edge.confidence
    yield len(edge.posts)
    yield ";".join(edge.posts[:_PROOFS_SHOWN])


def _end(node: Node) -> tuple[str, str, str]:
    return _TYPES.get(node.kind, "Entity"), node.id, node.label


def _moment(moment: datetime | None) -> tuple[str, str]:
    return (f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}") if moment else ("", "")
