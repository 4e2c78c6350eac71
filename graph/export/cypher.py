"""Neo4j: a Cypher script with its parameters, and the tables that `neo4j-admin database import` reads.

Every node has the label Entity and one of its kind; links are relationships of the type of their kind, each under its own
id, so that two links between the same nodes stay two. Values go in as parameters only: nothing in a name can be run.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from graph.export.clean import iso
from graph.export.graph import values_of_edge, values_of_node
from graph.export.view import Edge, Node, View

_AT_ONCE = 1_000  # rows a statement
_TIMES = ("first_seen", "last_seen")
_UNIQUE = "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE"

# (name in the header, type): what neo4j-admin is told of each property.
_OF_NODES = (
    ("kind", ""), ("label", ""), ("posts", "int"), ("first_seen", "datetime"), ("last_seen", "datetime"), ("country", ""),
    ("lat", "float"), ("lon", "float"), ("network", ""), ("degree", "int"), ("betweenness", "float"), ("confidence", "float"),
)  # fmt: skip
_OF_EDGES = (
    ("id", ""), ("role", ""), ("confidence", "float"), ("posts", "int"), ("first_seen", "datetime"), ("last_seen", "datetime"),
    ("proof", "string[]"),
)  # fmt: skip


def write_cypher(view: View, folder: Path) -> list[Path]:
    """Write `network.cypher`, statements for people to read, and `network.cypher.json`, the same with their parameters.

    The latter is the body that Neo4j's HTTP API takes, and a list that any driver can run one after the other.
    """
    script, filled = folder / "network.cypher", folder / "network.cypher.json"
    statements = [_of_nodes(kind) for kind in sorted({node.kind for node in view.nodes})]
    statements += [_of_edges(kind) for kind in sorted({edge.kind for edge in view.edges})]
    script.write_text(";\n\n".join([_UNIQUE, *statements]) + ";\n", encoding="utf-8")
    with filled.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"statements": [\n')
        file.write(json.dumps({"statement": _UNIQUE}))
        for statement, rows in _filled(view):
            told = {"statement": statement, "parameters": {"rows": rows}}
            file.write(",\n" + json.dumps(told, ensure_ascii=False, allow_nan=False))
        file.write("\n]}\n")
    return [script, filled]


def write_neo4j_import(view: View, folder: Path) -> list[Path]:
    """Write `neo4j-nodes.csv` and `neo4j-links.csv`, with the headers of neo4j-admin."""
    nodes, links = folder / "neo4j-nodes.csv", folder / "neo4j-links.csv"
    header = ["id:ID", *_header(_OF_NODES), ":LABEL"]
    _write(nodes, header, (_node_line(node) for node in view.nodes))
    header = [":START_ID", ":END_ID", ":TYPE", *_header(_OF_EDGES)]
    _write(links, header, (_edge_line(edge) for edge in view.edges))
    return [nodes, links]


def _of_nodes(kind: str) -> str:
    return (
        "UNWIND $rows AS row\nMERGE (n:Entity {id: row.id})\nSET n += row.values, "
        f"n.first_seen = datetime(row.first_seen), n.last_seen = datetime(row.last_seen), n:{_name(kind)}"
    )


def _of_edges(kind: str) -> str:
    return (
        "UNWIND $rows AS row\nMATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to})\n"
        f"MERGE (a)-[r:{_name(kind)} {{id: row.id}}]->(b)\n"
        "SET r += row.values, r.proof = row.proof, r.first_seen = datetime(row.first_seen), r.last_seen = datetime(row.last_seen)"
    )


def _name(kind: str) -> str:
    """A kind as a label or a type: capital letters only, since it cannot be a parameter."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in kind.upper()) or "THING"


def _filled(view: View) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    by_kind: dict[str, list[Node]] = defaultdict(list)
    for node in view.nodes:
        by_kind[node.kind].append(node)
    for kind in sorted(by_kind):
        for nodes in _parts(by_kind[kind]):
            yield (
                _of_nodes(kind),
                [{"id": node.id, **_times(node), "values": _plain(values_of_node(node))} for node in nodes],
            )
    links: dict[str, list[Edge]] = defaultdict(list)
    for edge in view.edges:
        links[edge.kind].append(edge)
    for kind in sorted(links):
        for edges in _parts(links[kind]):
            yield _of_edges(kind), [_edge_row(edge) for edge in edges]


def _edge_row(edge: Edge) -> dict[str, Any]:
    values = _plain(values_of_edge(edge))
    for told in ("kind", "weight", "proof"):  # the type, the confidence and the list say the same
        values.pop(told, None)
    ends = {"id": edge.id, "from": edge.from_id, "to": edge.to_id}
    return {**ends, **_times(edge), "proof": list(edge.posts), "values": values}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and name not in _TIMES}


def _times(told: Node | Edge) -> dict[str, str | None]:
    return {"first_seen": iso(told.first_seen), "last_seen": iso(told.last_seen)}


def _parts(things: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(things)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def _header(columns: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{name}:{kind}" if kind else name for name, kind in columns]


def _node_line(node: Node) -> list[Any]:
    values = values_of_node(node)
    return [node.id, *(values[name] for name, _ in _OF_NODES), f"Entity;{_name(node.kind)}"]


def _edge_line(edge: Edge) -> list[Any]:
    values = {**values_of_edge(edge), "id": edge.id}
    return [edge.from_id, edge.to_id, _name(edge.kind), *(values[name] for name, _ in _OF_EDGES)]


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
        lines.writerow(header)
        lines.writerows(rows)
