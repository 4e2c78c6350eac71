"""FollowTheMoney (https://followthemoney.tech), for Aleph, OpenAleph and yente: one entity a line.

| ours                        | FollowTheMoney                                                       |
|-----------------------------|----------------------------------------------------------------------|
| recruiter                   | LegalEntity (nobody knows whether it is one person), with his contacts |
| handle, author's account    | UserAccount                                                          |
| wallet                      | CryptoWallet                                                         |
| phone, e-mail, link         | Thing, with the value in `name`                                      |
| company, person, place      | Organization, Person, Address                                        |
| link                        | UnknownLink, its kind in `role`, the posts that prove it in `description` and `sourceUrl` |
| post                        | Document, with where it stood and when                               |
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.export.clean import iso
from graph.export.view import ACTOR, Edge, Node, Proof, View

_SCHEMATA = {
    "ORG": "Organization",
    "PERSON": "Person",
    "LOC": "Address",
    "WALLET": "CryptoWallet",
    ACTOR: "LegalEntity",
}
_ACCOUNTS = ("HANDLE", "ACCOUNT")
_PROPERTY_OF_CONTACT = {"PHONE": "phone", "EMAIL": "email", "URL": "website"}


def write_followthemoney(view: View, folder: Path) -> list[Path]:
    """Write `network.ftm.json`; ids are the same in every export of a case."""
    path = folder / "network.ftm.json"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entity in _entities(view):
            file.write(json.dumps(entity, ensure_ascii=False, allow_nan=False) + "\n")
    return [path]


def _entities(view: View) -> Iterator[dict[str, Any]]:
    known = {proof.id: proof for proof in view.proofs}
    proving: dict[str, set[str]] = defaultdict(set)
    for edge in view.edges:
        proving[edge.from_id].update(edge.posts)
        proving[edge.to_id].update(edge.posts)
    for node in view.nodes:
        yield _of_node(node, view, sorted(proving[node.id] & known.keys()))
    for proof in view.proofs:
        yield _of_proof(proof, view)
    for edge in view.edges:
        yield _of_edge(edge, view, known)


def _of_node(node: Node, view: View, posts: Iterable[str]) -> dict[str, Any]:
    schema = "UserAccount" if node.kind in _ACCOUNTS else _SCHEMATA.get(node.kind, "Thing")
    told: dict[str, Any] = {"name": node.label, "notes": f"{node.kind.lower()}, named by {node.posts} posts"}
    told["proof"] = [_id(view, post) for post in posts]
    if node.kind == "LOC":
        told |= {"full": node.label, "latitude": node.lat, "longitude": node.lon}
    if node.country:
        told["country"] = node.country.lower()
    if node.kind in _ACCOUNTS:
        service, _, name = node.id.removeprefix("account:").partition(":" if node.kind == "HANDLE" else "/")
        told |= {"service": service, "username": name}
    if node.kind == "WALLET":
        told["publicKey"] = node.id.rpartition(":")[2]
    if node.kind == ACTOR:
        told |= dict(_contacts(node, view))
        told["topics"] = "crime.traffick.human" if node.confirmed else None
    return _entity(view, node.id, schema, told)


def _contacts(node: Node, view: View) -> Iterator[tuple[str, list[str]]]:
    """A recruiter's contacts by the property that holds their kind."""
    contacts = [view.by_id[one] for one in node.contacts if one in view.by_id]
    for kind, name in _PROPERTY_OF_CONTACT.items():
        if values := [contact.id.partition(":")[2] for contact in contacts if contact.kind == kind]:
            yield name, values
    if aliases := [contact.label for contact in contacts if contact.kind not in _PROPERTY_OF_CONTACT]:
        yield "alias", aliases


def _of_edge(edge: Edge, view: View, known: Mapping[str, Proof]) -> dict[str, Any]:
    how = f"{edge.kind.replace('_', ' ')}{f' ({edge.role})' if edge.role else ''}"
    told = {
        "subject": _id(view, edge.from_id),
        "object": _id(view, edge.to_id),
        "role": how,
        "summary": f"confidence {edge.confidence:g}; proved by {len(edge.posts)} posts",
        "recordId": edge.id,
        "startDate": iso(edge.first_seen),
        "endDate": iso(edge.last_seen),
        "description": f"Posts: {', '.join(edge.posts)}",
        "sourceUrl": [url for post in edge.posts if post in known and (url := known[post].url)],
    }
    return _entity(view, edge.id, "UnknownLink", told)


def _of_proof(proof: Proof, view: View) -> dict[str, Any]:
    told = {
        "fileName": proof.id,
        "title": f"{proof.kind} on {proof.source}",
        "publisher": proof.source,
        "date": iso(proof.published or proof.first_seen),
        "publishedAt": iso(proof.published),
        "retrievedAt": iso(proof.captured_at),
        "sourceUrl": proof.url,
        "notes": f"SHA-256 of the captured page: {proof.payload_sha256}" if proof.payload_sha256 else None,
        "bodyText": proof.text,
    }
    return _entity(view, proof.id, "PlainText" if proof.text else "Document", told)


def _entity(view: View, identity: str, schema: str, told: dict[str, Any]) -> dict[str, Any]:
    """An entity as FollowTheMoney writes it: every property a list of texts, nothing that is empty."""
    properties = {
        name: values
        for name, value in told.items()
        if (values := [str(one) for one in (value if isinstance(value, list) else [value]) if one not in (None, "")])
    }
    return {"id": _id(view, identity), "schema": schema, "properties": properties}


def _id(view: View, identity: str) -> str:
    return f"jejak-{sha256(f'{view.context.case}/{identity}'.encode()).hexdigest()[:40]}"
