"""Each format read back by its own library: the same nodes, links and proofs, whatever hostile names they have."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import stix2
from pyarrow import parquet
from stix2validator import ValidationOptions, validate_string

from graph.export.formats import ExportFormat
from graph.export.places import ways
from graph.export.stix_objects import Maker
from graph.export.tables import tables_of
from graph.export.view import View
from graph.export.write import write_formats
from tests.graph.export.test_exports import CONTEXT, a_case


@pytest.fixture(scope="module")
def view() -> View:
    return a_case()


def written(view: View, folder: Path, wanted: ExportFormat, name: str) -> Path:
    write_formats(view, folder, [wanted])
    return folder / name


def test_stix_is_valid_and_no_reference_leads_out_of_the_bundle(view: View, tmp_path: Path) -> None:
    text = written(view, tmp_path, ExportFormat.STIX, "network.stix.json").read_text(encoding="utf-8")
    found = validate_string(text, ValidationOptions(version="2.1", disabled=["uuid-check", "user-account-type"]))
    assert found.is_valid, [str(error) for error in found.errors]
    objects = json.loads(text)["objects"]
    ids = [told["id"] for told in objects]
    assert len(ids) == len(set(ids))
    for told in objects:
        refs = [v for k, v in told.items() if k.endswith("_ref")] + [
            r for k, v in told.items() if k.endswith("_refs") for r in v
        ]
        assert set(refs) <= set(ids)
    assert sum(told["type"] == "relationship" and "related-to" in told.values() for told in objects) == len(view.edges)


def test_stix_is_read_by_its_library_and_marked_with_tlp_2(view: View, tmp_path: Path) -> None:
    text = written(view, tmp_path, ExportFormat.STIX, "network.stix.json").read_text(encoding="utf-8")
    bundle = stix2.parse(text, allow_custom=True)
    kinds = [told["type"] for told in bundle.objects]
    assert {"identity", "user-account", "phone-number", "location", "observed-data", "report"} <= set(kinds)
    assert "TLP:AMBER+STRICT" in [
        told["name"] for told in bundle.objects if told["type"] == "marking-definition" and "name" in told
    ]
    cited = {
        r["external_id"]
        for told in bundle.objects
        if told["type"] == "relationship"
        for r in told.get("external_references", ())
    }
    assert cited == {post for edge in view.edges for post in edge.posts}


def test_a_recruiter_is_a_threat_actor_only_where_a_person_confirmed_it(view: View, tmp_path: Path) -> None:
    objects = json.loads(written(view, tmp_path, ExportFormat.STIX, "network.stix.json").read_text(encoding="utf-8"))[
        "objects"
    ]
    confirmed = [node for node in view.nodes if node.confirmed]
    assert 0 < len(confirmed) == sum(told["type"] == "threat-actor" for told in objects)


def test_ids_of_observables_are_those_of_the_standard() -> None:
    maker = Maker(CONTEXT)
    assert maker.observable("url", value="https://ö.example/1")["id"] == stix2.URL(value="https://ö.example/1").id
    assert (
        maker.account("telegram", "demo", "x")["id"]
        == stix2.UserAccount(account_type="telegram", account_login="demo").id
    )
    hashes = {"SHA-256": "cd" * 32}
    assert maker.observable("file", hashes=hashes)["id"] == stix2.File(hashes=hashes).id


def test_a_spreadsheet_holds_every_row_and_no_formula(view: View, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(view, tmp_path, ExportFormat.XLSX, "network.xlsx"))
    for table in tables_of(view):
        sheet = book[table.name.capitalize()]
        rows = list(sheet.iter_rows(min_row=2))
        assert [cell.value for cell in next(sheet.iter_rows(max_row=1))] == list(table.columns)
        assert len(rows) == len(list(table.rows()))
        assert sheet.auto_filter.ref
        assert all(cell.data_type != "f" for row in rows for cell in row)
    cells = {cell.value for row in book["Nodes"].iter_rows() for cell in row}
    assert {node.id for node in view.nodes} <= cells


def test_sqlite_holds_every_row(view: View, tmp_path: Path) -> None:
    with closing(sqlite3.connect(written(view, tmp_path, ExportFormat.SQLITE, "network.sqlite"))) as database:
        for table in tables_of(view):
            found = database.execute(f"SELECT * FROM {table.name}").fetchall()
            assert len(found) == len(list(table.rows()))
        asked = "SELECT count(*) FROM proofs JOIN links USING (link) JOIN posts USING (post)"
        assert database.execute(asked).fetchone()[0] == sum(len(edge.posts) for edge in view.edges)


def test_parquet_holds_every_row_in_its_type(view: View, tmp_path: Path) -> None:
    write_formats(view, tmp_path, [ExportFormat.PARQUET])
    for table in tables_of(view):
        found = parquet.read_table(tmp_path / f"{table.name}.parquet")
        assert [tuple(row.values()) for row in found.to_pylist()] == [tuple(row) for row in table.rows()]


def test_a_map_has_a_point_for_each_place_and_a_line_for_each_route(view: View, tmp_path: Path) -> None:
    features = json.loads(written(view, tmp_path, ExportFormat.GEOJSON, "routes.geojson").read_text(encoding="utf-8"))[
        "features"
    ]
    lines = [told for told in features if told["geometry"]["type"] == "LineString"]
    assert len(lines) == len(list(ways(view))) > 0
    points = {told["id"]: told["geometry"]["coordinates"] for told in features if told["geometry"]["type"] == "Point"}
    assert points["place:KH/poipet"] == [102.56, 13.66]
    tree = ElementTree.parse(written(view, tmp_path, ExportFormat.KML, "routes.kml"))
    marks = [element for element in tree.iter() if element.tag.endswith("}Placemark")]
    assert len(marks) == len(features)


def test_cypher_tells_every_link_in_parameters_and_nothing_of_a_name_in_its_statements(
    view: View, tmp_path: Path
) -> None:
    filled = json.loads(written(view, tmp_path, ExportFormat.CYPHER, "network.cypher.json").read_text(encoding="utf-8"))
    rows = [row for told in filled["statements"] for row in told.get("parameters", {}).get("rows", ())]
    assert {row["id"] for row in rows} == {node.id for node in view.nodes} | {edge.id for edge in view.edges}
    for told in filled["statements"]:
        assert "HYPERLINK" not in told["statement"]
        assert "example" not in told["statement"]


def test_the_import_of_neo4j_has_every_node_and_link(view: View, tmp_path: Path) -> None:
    write_formats(view, tmp_path, [ExportFormat.NEO4J])
    with (tmp_path / "neo4j-nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(file))
    with (tmp_path / "neo4j-links.csv").open(encoding="utf-8", newline="") as file:
        links = list(csv.DictReader(file))
    assert {node["id:ID"] for node in nodes} == {node.id for node in view.nodes}
    assert {(link[":START_ID"], link[":END_ID"], link["id"]) for link in links} == {
        (edge.from_id, edge.to_id, edge.id) for edge in view.edges
    }


def test_cx2_declares_what_it_holds(view: View, tmp_path: Path) -> None:
    document = json.loads(written(view, tmp_path, ExportFormat.CX2, "network.cx2").read_text(encoding="utf-8"))
    aspects = {name: values for part in document for name, values in part.items()}
    assert {count["name"]: count["elementCount"] for count in aspects["metaData"]} == {
        name: len(aspects[name]) for name in ("attributeDeclarations", "networkAttributes", "nodes", "edges")
    }
    declared = aspects["attributeDeclarations"][0]
    assert all(set(node["v"]) <= set(declared["nodes"]) for node in aspects["nodes"])
    assert len(aspects["edges"]) == len(view.edges)


def test_followthemoney_tells_each_node_link_and_post_with_its_proof(view: View, tmp_path: Path) -> None:
    lines = written(view, tmp_path, ExportFormat.FTM, "network.ftm.json").read_text(encoding="utf-8").splitlines()
    entities = {told["id"]: told for told in map(json.loads, lines)}
    assert len(entities) == len(lines) == len(view.nodes) + len(view.edges) + len(view.proofs)
    links = [told["properties"] for told in entities.values() if told["schema"] == "UnknownLink"]
    assert sorted(link["recordId"][0] for link in links) == sorted(edge.id for edge in view.edges)
    assert all(link["subject"][0] in entities and link["object"][0] in entities for link in links)
    assert all(
        edge.posts[0] in text for edge, text in zip(view.edges, (link["description"][0] for link in links), strict=True)
    )
    assert all(one in entities for told in entities.values() for one in told["properties"].get("proof", ()))


def test_misp_has_an_object_a_node_and_a_reference_a_link(view: View, tmp_path: Path) -> None:
    event = json.loads(written(view, tmp_path, ExportFormat.MISP, "network.misp.json").read_text(encoding="utf-8"))[
        "Event"
    ]
    assert [tag["name"] for tag in event["Tag"]] == ["tlp:amber+strict"]
    objects = {told["uuid"]: told for told in event["Object"]}
    assert len(objects) == len(view.nodes) + len(view.proofs)
    references = [reference for told in event["Object"] for reference in told["ObjectReference"]]
    assert len(references) == len(view.edges)
    assert all(reference["referenced_uuid"] in objects for reference in references)
    assert not any(attribute["to_ids"] for told in event["Object"] for attribute in told["Attribute"])


def test_case_uco_tells_each_link_with_its_confidence_and_its_posts(view: View, tmp_path: Path) -> None:
    text = written(view, tmp_path, ExportFormat.CASE, "network.case.jsonld").read_text(encoding="utf-8")
    things = {told["@id"]: told for told in json.loads(text)["@graph"]}
    links = [told for told in things.values() if told["@type"] == "uco-core:Relationship"]
    assert len(links) == len(view.edges)
    for link, edge in zip(links, view.edges, strict=True):
        assert {link["uco-core:source"]["@id"], link["uco-core:target"]["@id"]} <= things.keys()
        cited = [reference["uco-core:externalIdentifier"] for reference in link["uco-core:externalReference"]]
        assert cited == list(edge.posts)
        assert link["uco-core:hasFacet"][0]["uco-core:confidence"]["@value"] == str(round(100 * edge.confidence))


def test_i2_has_one_line_a_link_and_every_column_is_specified(view: View, tmp_path: Path) -> None:
    lines = written(view, tmp_path, ExportFormat.I2, "i2-links.csv").read_text(encoding="utf-8-sig").splitlines()
    rows = list(csv.DictReader(lines))
    assert [row["link_identity"] for row in rows] == [edge.id for edge in view.edges]
    assert [(row["from_identity"], row["to_identity"]) for row in rows] == [
        (edge.from_id, edge.to_id) for edge in view.edges
    ]
    how = (tmp_path / "i2-import.txt").read_text(encoding="utf-8")
    assert all(column in how for column in rows[0])


# HTCDS Field Reference (https://github.com/UNMigration/HTCDS); of the fields that we fill, and the values of their picklists.
_HTCDS = {
    "prs_MobilePhone": None, "prs_Email": None, "per_RoleDetails": None, "per_Organisation": None, "org_Name": None,
    "hte_Date": None, "hte_City": None, "hte_Country": None, "hte_Latitude": None, "hte_Longitude": None,
    "hte_Description": None, "hte_Type": {"Recruitment", "Transit", "Exploitation", ""},
    "per_RoleInProcess": {
        "TravellingPartner", "Transporter", "RecruiterOrIntermediary", "BrokerTravelAgent", "TransferredIndividual",
        "HarbouredIndividual", "SoldIndividual", "BoughtIndividual", "ReceivedIndividual", "ControlledIndividual", "Smuggler",
        "Abuser", "Kidnapper", "Exploiter", "Other",
    },
}  # fmt: skip


def htcds(view: View, folder: Path) -> dict[str, list[dict[str, str]]]:
    files = write_formats(view, folder, [ExportFormat.HTCDS])
    return {path.stem: list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())) for path in files}


def test_htcds_fills_only_fields_and_values_of_the_standard_and_none_of_a_victim(view: View, tmp_path: Path) -> None:
    rows = [row for table in htcds(view, tmp_path).values() for row in table]
    assert len(rows) > 3
    for row in rows:
        for name, value in row.items():
            assert name in _HTCDS or name.startswith("jejak_")
            assert (allowed := _HTCDS.get(name)) is None or value in allowed


def test_htcds_tells_each_recruiter_company_and_place_with_its_proof(view: View, tmp_path: Path) -> None:
    told = htcds(view, tmp_path)
    actors = [node for node in view.nodes if node.kind == "ACTOR"]
    assert [row["jejak_id"] for row in told["htcds-recruiters"]] == [node.id for node in actors]
    assert [row["jejak_confirmed"] for row in told["htcds-recruiters"]] == ["yes"]
    assert "+6281200000001" in told["htcds-recruiters"][0]["prs_MobilePhone"]
    assert [row["jejak_id"] for row in told["htcds-organisations"]] == [n.id for n in view.nodes if n.kind == "ORG"]
    events = {(row["hte_Type"], row["hte_City"][:5], row["hte_Country"]) for row in told["htcds-events"]}
    assert events == {("Recruitment", "Medan", "ID"), ("", "Poipe", "KH"), ("", "", "LA")}
    known = {post for edge in view.edges for post in edge.posts}
    for row in (row for table in told.values() for row in table):
        assert row["jejak_proof"] and set(row["jejak_proof"].split(";")) <= known


def test_htcds_accuses_nobody_whom_no_person_confirmed(view: View, tmp_path: Path) -> None:
    [recruiter] = htcds(view, tmp_path)["htcds-recruiters"]
    assert recruiter["per_RoleInProcess"] == "RecruiterOrIntermediary"
    unsure = replace(view, by_id={**view.by_id}, nodes=tuple(replace(node, confirmed=False) for node in view.nodes))
    [recruiter] = htcds(unsure, tmp_path)["htcds-recruiters"]
    assert recruiter["per_RoleInProcess"] == "" and "nobody confirmed it" in recruiter["per_RoleDetails"]


def test_htcds_says_of_no_place_that_anybody_was_exploited_there(view: View, tmp_path: Path) -> None:
    assert "Exploitation" not in {row["hte_Type"] for row in htcds(view, tmp_path)["htcds-events"]}
