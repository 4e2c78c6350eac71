"""CASE/UCO (https://caseontology.org), for forensic laboratories: JSON-LD with the investigation, its things and their proof.

| ours                        | CASE/UCO                                                                       |
|-----------------------------|--------------------------------------------------------------------------------|
| phone, account, e-mail, URL | ObservableObject with the facet of its kind                                    |
| company, person, recruiter  | Organization, Person, Identity                                                 |
| place                       | Location with its point                                                        |
| link                        | Relationship with a ConfidenceFacet (0 to 100), and the posts that prove it    |
| post                        | ObservableObject with its address, and the digest of the page it stood on      |
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.export.clean import iso
from graph.export.places import point_of
from graph.export.view import ACTOR, Edge, Node, Proof, View

Case = dict[str, Any]
_OURS = uuid.UUID("7b1f2c3e-93a4-5d4e-9a53-5d1f0a6f9c20")
_UCO = "https://ontology.unifiedcyberontology.org/uco"
_CONTEXT = {
    "kb": "https://jejak.example/kb/",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    **{f"uco-{part}": f"{_UCO}/{part}/" for part in ("core", "identity", "location", "marking", "observable", "types")},
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_IDENTITIES = {"ORG": "Organization", "PERSON": "Person", ACTOR: "Identity"}


def write_case_uco(view: View, folder: Path) -> list[Path]:
    """Write `network.case.jsonld`; ids are the same in every export of a case."""
    path = folder / "network.case.jsonld"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {json.dumps(_CONTEXT)}, "@graph": [\n')
        for number, told in enumerate(_graph(view)):
            file.write((",\n" if number else "") + json.dumps(told, ensure_ascii=False, allow_nan=False))
        file.write("\n]}\n")
    return [path]


def _graph(view: View) -> Iterator[Case]:
    marking = _id(view, "marking")
    yield {
        "@id": marking,
        "@type": "uco-marking:MarkingDefinition",
        "uco-marking:definitionType": "statement",
        "uco-marking:definition": {
            "@id": _id(view, "statement"),
            "@type": "uco-marking:StatementMarking",
            "uco-marking:definitionType": "statement",
            "uco-marking:statement": f"TLP:{view.context.handling.upper()}. {view.context.statement}".strip(),
        },
    }
    things = [
        *(node.id for node in view.nodes),
        *(proof.id for proof in view.proofs),
        *(edge.id for edge in view.edges),
    ]
    yield {
        "@id": _id(view, "investigation"),
        "@type": "case-investigation:Investigation",
        "uco-core:name": view.context.title,
        "uco-core:objectMarking": {"@id": marking},
        "uco-core:object": [{"@id": _id(view, thing)} for thing in things],
    }
    for node in view.nodes:
        yield _of_node(node, view)
    for proof in view.proofs:
        yield _of_proof(proof, view)
    for edge in view.edges:
        yield _of_edge(edge, view)


def _of_node(node: Node, view: View) -> Case:
    told: Case = {"@id": _id(view, node.id), "uco-core:name": node.label, "uco-core:tag": _tags(node)}
    if node.kind in _IDENTITIES:
        return told | {"@type": f"uco-identity:{_IDENTITIES[node.kind]}"}
    if node.kind == "LOC":
        return told | {"@type": "uco-location:Location"} | _facets(view, node.id, *_lies(node))
    if facets := list(_of_contact(node)):
        return told | {"@type": "uco-observable:ObservableObject"} | _facets(view, node.id, *facets)
    return told | {"@type": "uco-core:UcoObject"}


def _tags(node: Node) -> list[str]:
    """Our kind, and a handle's messenger, which CASE's vocabulary of accounts does not have."""
    return [node.kind.lower(), *([node.id.partition(":")[0]] if node.kind == "HANDLE" else [])]


def _of_contact(node: Node) -> Iterator[Case]:
    """The facets of a contact."""
    value = node.id.partition(":")[2]
    if node.kind == "PHONE":
        yield {"@type": "uco-observable:PhoneAccountFacet", "uco-observable:phoneNumber": value}
    elif node.kind == "EMAIL":
        yield {"@type": "uco-observable:EmailAddressFacet", "uco-observable:addressValue": value}
    elif node.kind == "URL":
        yield {"@type": "uco-observable:URLFacet", "uco-observable:fullValue": value}
    elif node.kind in ("HANDLE", "ACCOUNT", "WALLET"):
        yield {
            "@type": "uco-observable:AccountFacet",
            "uco-observable:accountIdentifier": value,
        }
        yield {"@type": "uco-observable:DigitalAccountFacet", "uco-observable:displayName": node.label}


def _lies(node: Node) -> Iterator[Case]:
    if point := point_of(node):
        longitude, latitude = point
        yield {
            "@type": "uco-location:LatLongCoordinatesFacet",
            "uco-location:latitude": _decimal(latitude),
            "uco-location:longitude": _decimal(longitude),
        }
    if node.country:
        yield {"@type": "uco-location:SimpleAddressFacet", "uco-location:country": node.country.upper()}


def _of_proof(proof: Proof, view: View) -> Case:
    facets: list[Case] = []
    if proof.url:
        facets.append({"@type": "uco-observable:URLFacet", "uco-observable:fullValue": proof.url})
    if proof.text:
        facets.append({"@type": "uco-observable:MessageFacet", "uco-observable:messageText": proof.text})
    if proof.payload_sha256:
        digest = {
            "@id": _id(view, f"{proof.id} digest"),
            "@type": "uco-types:Hash",
            "uco-types:hashMethod": "SHA256",
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": proof.payload_sha256},
        }
        facets.append({"@type": "uco-observable:ContentDataFacet", "uco-observable:hash": digest})
    return {
        "@id": _id(view, proof.id),
        "@type": "uco-observable:ObservableObject",
        "uco-core:name": f"{proof.kind} on {proof.source}",
        "uco-core:description": f"post {proof.id}, first seen {iso(proof.first_seen)}",
        "uco-observable:hasChanged": {"@type": "xsd:boolean", "@value": False},
    } | _facets(view, proof.id, *facets)


def _of_edge(edge: Edge, view: View) -> Case:
    told: Case = {
        "@id": _id(view, edge.id),
        "@type": "uco-core:Relationship",
        "uco-core:source": {"@id": _id(view, edge.from_id)},
        "uco-core:target": {"@id": _id(view, edge.to_id)},
        "uco-core:kindOfRelationship": f"{edge.kind}{f' ({edge.role})' if edge.role else ''}",
        "uco-core:isDirectional": {"@type": "xsd:boolean", "@value": True},
        "uco-core:externalReference": [_cited(view, edge, post) for post in edge.posts],
    }
    for name, moment in (("startTime", edge.first_seen), ("endTime", edge.last_seen)):
        if moment:
            told[f"uco-core:{name}"] = {"@type": "xsd:dateTime", "@value": iso(moment)}
    sure = {"@type": "xsd:nonNegativeInteger", "@value": str(round(100 * edge.confidence))}
    return told | _facets(view, edge.id, {"@type": "uco-core:ConfidenceFacet", "uco-core:confidence": sure})


def _cited(view: View, edge: Edge, post: str) -> Case:
    return {
        "@id": _id(view, f"{edge.id} {post}"),
        "@type": "uco-core:ExternalReference",
        "uco-core:definingContext": "Jejak post",
        "uco-core:externalIdentifier": post,
    }


def _facets(view: View, identity: str, *facets: Case) -> Case:
    if not facets:
        return {}
    return {"uco-core:hasFacet": [{"@id": _id(view, f"{identity} {facet['@type']}"), **facet} for facet in facets]}


def _decimal(number: float) -> Case:
    return {"@type": "xsd:decimal", "@value": f"{number:.6f}"}


def _id(view: View, name: str) -> str:
    return f"kb:{uuid.uuid5(_OURS, f'{view.context.case}/{name}')}"
