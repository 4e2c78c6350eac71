"""Files for other programs: read back with other libraries, and harmless."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.records import PostKind
from casefile.settings import Handling
from graph.analysis.routes import find_routes
from graph.connect import connect
from graph.export.clean import clean, clean_id
from graph.export.csv_tables import safe
from graph.export.formats import ExportFormat
from graph.export.graph import to_graph
from graph.export.view import Context, Proof, View, view_of
from graph.export.write import write_formats
from tests.graph.making import MEDAN, POIPET, company, handle, phone, place, read_post, unlike

CONTEXT = Context(
    made_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    program="Jejak/test",
    title="Test",
    case="ab" * 32,
    handling=Handling.AMBER_STRICT,
    statement="Purpose: a test. Legal basis: none needed.",
)
HOSTILE = '=HYPERLINK("http://x.example")\x00\x1b[31m\u202e<script>&amp;]]>\ud800\ufffe\x85\n\t\'"'


def a_case(hostile: str = HOSTILE) -> View:
    named = {"Medan": MEDAN, "Poipet": POIPET, "@demo": handle("telegram:demo"), "PT": company(hostile)}
    no_place = {"Laos": place("LA", hostile, "destination"), "+6281200000001": phone("+6281200000001")}
    posts = [
        read_post(1, f"{unlike(1)} Medan Poipet @demo PT", named, author=hostile),
        read_post(2, f"{unlike(1)} Laos +6281200000001", no_place, author="agen"),
        read_post(
            3,
            f"{unlike(3)} สมัคร ขแมร์ @demo +6281200000001",
            {"@demo": named["@demo"], "+6281200000001": no_place["+6281200000001"]},
        ),
    ]
    # A second link between the same two nodes, of another kind.
    named = {"@demo": handle("telegram:demo"), "Poipet": POIPET}
    posts.append(read_post(4, "Awas @demo di Poipet", named, kind=PostKind.WARNING))
    connections = connect(posts)
    named = tuple(replace(entity, name=entity.name + hostile) for entity in connections.entities)
    proofs = [
        Proof(
            id=read.post.id,
            source=read.post.source,
            kind=read.reading.kind.value,
            lang="id",
            published=None,
            first_seen=read.first_seen,
            last_seen=read.last_seen,
            url=read.post.url,
            captured_at=read.first_seen,
            payload_sha256="cd" * 32,
            text=f"{read.post.text}\n{hostile}",
        )
        for read in posts
    ]
    routes = find_routes(posts, connections)
    return view_of(
        replace(connections, entities=named), CONTEXT, proofs=proofs, routes=routes, confirmed={"telegram:demo"}
    )


def write(view: View, folder: Path) -> Path:
    write_formats(view, folder, list(ExportFormat))
    return folder


def test_the_case_has_parallel_links() -> None:
    graph = to_graph(a_case())
    assert max(graph.number_of_edges(left, right) for left, right in graph.edges()) == 2


def as_read(graph: nx.MultiDiGraph[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    nodes = {node: dict(values) for node, values in graph.nodes(data=True)}
    edges = {key: (left, right, dict(values)) for left, right, key, values in graph.edges(keys=True, data=True)}
    return nodes, edges


def test_graphml_read_back_by_networkx_is_the_same(tmp_path: Path) -> None:
    view = a_case()
    back = nx.read_graphml(write(view, tmp_path) / "network.graphml", force_multigraph=True)
    assert as_read(back) == as_read(to_graph(view))


def test_gexf_read_back_by_networkx_is_the_same(tmp_path: Path) -> None:
    view = a_case()
    back = nx.read_gexf(write(view, tmp_path) / "network.gexf")
    nodes, edges = as_read(to_graph(view))
    back_nodes, back_edges = as_read(back)
    assert back_nodes == nodes
    assert {key: (left, right, without_id(values)) for key, (left, right, values) in back_edges.items()} == edges


def without_id(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "id"}


def test_gexf_tells_gephi_the_kind_of_each_link_so_that_parallel_links_stay_two(tmp_path: Path) -> None:
    view = a_case()
    tree = ElementTree.parse(write(view, tmp_path) / "network.gexf")
    found = {element.get("id"): element.get("kind") for element in tree.iter() if element.tag.endswith("}edge")}
    assert found == {link.id: link.kind for link in view.edges}


def test_node_link_read_back_by_networkx_is_the_same(tmp_path: Path) -> None:
    view = a_case()
    data = json.loads((write(view, tmp_path) / "network.json").read_text(encoding="utf-8"))
    assert as_read(nx.node_link_graph(data, edges="links")) == as_read(to_graph(view))


def test_graphml_read_back_by_igraph_is_the_same(tmp_path: Path) -> None:
    view = a_case()
    back = igraph.Graph.Read_GraphML(str(write(view, tmp_path) / "network.graphml"))
    nodes, edges = as_read(to_graph(view))
    assert set(back.vs["id"]) == set(nodes)
    for vertex in back.vs:
        expected = nodes[vertex["id"]]
        assert {name: vertex[name] for name in expected} == pytest.approx(expected)
    found = {
        (back.vs[edge.source]["id"], back.vs[edge.target]["id"], edge["kind"], edge["proof"], edge["confidence"])
        for edge in back.es
    }
    assert found == {
        (left, right, values["kind"], values["proof"], values["confidence"]) for left, right, values in edges.values()
    }


def test_every_attribute_has_one_type_and_no_name_that_gephi_takes_for_time() -> None:
    graph = to_graph(a_case())
    for rows in ([values for _, values in graph.nodes(data=True)], [values for _, _, values in graph.edges(data=True)]):
        types: dict[str, set[type]] = {}
        for values in rows:
            for name, value in values.items():
                types.setdefault(name, set()).add(type(value))
        assert all(len(found) == 1 for found in types.values())
        assert not {"start", "end", "id", "type"} & types.keys()


def test_tables_cannot_run_formulas_and_hold_every_link_and_proof(tmp_path: Path) -> None:
    view = a_case()
    folder = write(view, tmp_path)
    rows = {}
    for name in ("nodes", "links", "proofs", "joins"):
        content = (folder / f"{name}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows[name] = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
        for row in rows[name]:
            texts = (cell for column, cell in row.items() if column not in ("bits", "lat", "lon"))
            assert not any(cell.startswith(tuple("=-@\t\r")) for cell in texts)
    assert {row["link"] for row in rows["links"]} == {link.id for link in view.edges}
    assert len(rows["proofs"]) == sum(len(link.posts) for link in view.edges)
    assert len(rows["nodes"]) == len(view.nodes)
    assert len(rows["joins"]) == len(view.joins) > 0


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+62 812", "'+62 812"),
        ("+6281200000001", "+6281200000001"),
        ("-5", "'-5"),
        ("@demo", "'@demo"),
        ("＝1", "'＝1"),
        ("PT Fajar", "PT Fajar"),
        (-0.5, -0.5),
    ],
)
def test_only_what_acts_as_a_formula_gets_an_apostrophe(cell: str | float, written: str | float) -> None:
    assert safe(cell) == written


def test_the_same_view_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = write(a_case(), tmp_path / "a"), write(a_case(), tmp_path / "b")
    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_only_the_wanted_formats_are_written(tmp_path: Path) -> None:
    write_formats(a_case(), tmp_path, [ExportFormat.GEXF])
    assert [path.name for path in tmp_path.iterdir()] == ["network.gexf"]


def test_an_empty_case_can_be_exported(tmp_path: Path) -> None:
    folder = write(view_of(connect([]), CONTEXT), tmp_path)
    assert nx.read_gexf(folder / "network.gexf").number_of_nodes() == 0
    assert nx.read_graphml(folder / "network.graphml").number_of_nodes() == 0


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=25, deadline=None)
def test_any_name_can_be_written_and_read(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    view = a_case(name)
    folder = write(view, tmp_path_factory.mktemp("any"))
    assert as_read(nx.read_graphml(folder / "network.graphml", force_multigraph=True)) == as_read(to_graph(view))
    assert set(nx.read_gexf(folder / "network.gexf").nodes) == set(to_graph(view).nodes)


@given(st.text(st.characters()))
def test_cleaning_leaves_nothing_unsafe_and_is_done_once(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(ord(character) < 32 or 0xD800 <= ord(character) <= 0xDFFF for character in cleaned)


def test_two_ids_that_clean_to_the_same_stay_two() -> None:
    assert clean_id("org:a\x00") != clean_id("org:a")
    assert clean_id("org:a") == "org:a"
