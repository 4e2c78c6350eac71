"""CSV tables for spreadsheets and i2: nodes, links, the posts that prove them, and why recruiters were joined.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, except a plain phone number
(https://owasp.org/www-community/attacks/CSV_Injection). All cells are quoted, in UTF-8 with the mark Excel looks for.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import networkx as nx

from casefile.atomic import replacing
from casefile.records import Actor, Connections
from graph.build import clean, clean_id

Cell = str | int | float
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_FORMULA = tuple("=+-@|%\t\r＝＋－＠")
_PROOFS_SHOWN = 20  # a cell of Excel holds 32,767 characters; proofs.csv has them all

NODES = (
    "id", "kind", "label", "posts", "first_date", "first_time", "last_date", "last_time", "country", "lat", "lon",
    "network", "network_name", "degree", "betweenness", "confidence",
)  # fmt: skip
LINKS = (
    "link", "from_id", "from_kind", "from_label", "relation", "role", "direction", "to_id", "to_kind", "to_label",
    "confidence", "posts", "first_date", "first_time", "last_date", "last_time", "proof",
)  # fmt: skip


def write_tables(graph: nx.MultiDiGraph[str], connections: Connections, folder: Path) -> list[Path]:
    """Write nodes.csv, links.csv, proofs.csv and joins.csv; times are UTC."""
    names = {network.id: clean(network.name) for network in connections.networks}
    proofs = ((link.id, post) for link in connections.links for post in link.posts)
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]] = {
        "nodes.csv": (NODES, (_node(node, values, names) for node, values in graph.nodes(data=True))),
        "links.csv": (LINKS, _links(graph)),
        "proofs.csv": (("link", "post"), proofs),
        "joins.csv": (("actor", "left", "right", "reason", "weight", "proof"), _joins(connections.actors)),
    }
    for name, (header, rows) in tables.items():
        _write(folder / name, header, rows)
    return [folder / name for name in tables]


def safe(cell: Cell) -> Cell:
    """The cell, unable to act as a formula."""
    if not isinstance(cell, str) or not cell.startswith(_FORMULA) or _E164.fullmatch(cell):
        return cell
    return "'" + cell


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with replacing(path) as file:
        file.write(codecs.BOM_UTF8)
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        table.writerow(header)
        table.writerows([safe(cell) for cell in row] for row in rows)
        text.flush()
        text.detach()


def _node(node: str, values: Mapping[str, Cell], names: Mapping[str, str]) -> list[Cell]:
    cells: dict[str, Cell] = {**values, "id": node, **_times(values)}
    cells["network_name"] = names.get(str(values.get("network")), "")
    return [cells.get(name, "") for name in NODES]


def _links(graph: nx.MultiDiGraph[str]) -> Iterator[list[Cell]]:
    for left, right, key, values in graph.edges(keys=True, data=True):
        posts = str(values["proof"]).split(";")
        more = f" and {len(posts) - _PROOFS_SHOWN} more" if len(posts) > _PROOFS_SHOWN else ""
        cells: dict[str, Cell] = {**values, **_times(values), "link": key, "relation": values["kind"]}
        cells |= {"direction": "from → to", "proof": ";".join(posts[:_PROOFS_SHOWN]) + more}
        for end, node in (("from", left), ("to", right)):
            cells[f"{end}_id"] = node
            cells[f"{end}_kind"], cells[f"{end}_label"] = graph.nodes[node]["kind"], graph.nodes[node]["label"]
        yield [cells.get(name, "") for name in LINKS]


def _times(values: Mapping[str, Cell]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for end in ("first", "last"):
        day, _, time = str(values.get(f"{end}_seen", "")).partition("T")
        cells[f"{end}_date"], cells[f"{end}_time"] = day, time.removesuffix("Z")
    return cells


def _joins(actors: Iterable[Actor]) -> Iterator[list[Cell]]:
    for actor in actors:
        for join in actor.joins:
            yield [
                actor.id, clean_id(join.left), clean_id(join.right), join.reason, join.weight,
                ";".join(join.posts[:_PROOFS_SHOWN]),
            ]  # fmt: skip
