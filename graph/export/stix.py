"""STIX 2.1 (OASIS), for threat-intelligence platforms: one bundle, every object marked with TLP 2.0.

| ours                        | STIX                                                                     |
|-----------------------------|--------------------------------------------------------------------------|
| recruiter                   | identity (unknown); a threat-actor too, where a person confirmed him     |
| phone, account, e-mail, URL | phone-number, user-account, email-addr, url (observables)                |
| company, person, source     | identity                                                                 |
| place                       | location                                                                 |
| text sent many times        | campaign                                                                 |
| network                     | grouping (suspicious-activity)                                           |
| link                        | relationship `related-to`; our word for it in `labels`, its posts in `external_references` |
| post                        | observed-data of the captured file and its address; its text as a note   |
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.export.stix_objects import Maker, Stix
from graph.export.view import ACTOR, Edge, Node, Proof, View


def write_stix(view: View, folder: Path) -> list[Path]:
    """Write `network.stix.json`. Ids are the same in every export of a case; no reference leads out of the bundle."""
    path = folder / "network.stix.json"
    maker = Maker(view.context)
    refs: list[str] = []
    seen: set[str] = set()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            f'{{"type": "bundle", "id": "{maker.id_of("bundle", view.context.made_at.isoformat())}", "objects": [\n'
        )
        for number, told in enumerate(_objects(view, maker, refs, seen)):
            file.write((",\n" if number else "") + json.dumps(told, ensure_ascii=False, allow_nan=False))
        file.write("\n]}\n")
    return [path]


def _objects(view: View, maker: Maker, refs: list[str], seen: set[str]) -> Iterator[Stix]:
    """All objects, each id once, the report on all of them last."""
    yield from maker.markings()
    for told in _told(view, maker):
        if told["id"] not in seen:
            seen.add(told["id"])
            refs.append(told["id"])
            yield told
    if refs:
        yield maker.report(refs)


def _told(view: View, maker: Maker) -> Iterator[Stix]:
    yield maker.author()
    refs: dict[str, str] = {}
    for node in view.nodes:
        told = list(_of_node(node, view, maker))
        refs[node.id] = told[0]["id"]
        yield from told
    for network in view.networks:
        if members := sorted({refs[member] for member in network.members if member in refs}):
            yield maker.grouping(network, members)
    for proof in view.proofs:
        yield from _of_proof(proof, maker)
    for edge in view.edges:
        yield _of_edge(edge, refs, maker)


def _of_node(node: Node, view: View, maker: Maker) -> Iterator[Stix]:
    """The object that stands for a node, and what belongs to it."""
    value = node.id.partition(":")[2]
    if node.kind == ACTOR:
        contacts = [view.by_id[contact].label for contact in node.contacts if contact in view.by_id]
        identity = maker.identity(node, "unknown", contact_information="; ".join(contacts))
        yield identity
        if node.confirmed:
            yield from maker.confirmed(node, identity["id"])
    elif node.kind == "PHONE":
        yield maker.phone(value)
    elif node.kind in ("HANDLE", "WALLET"):
        platform, _, name = node.id.removeprefix("wallet:").partition(":")
        yield maker.account(platform, name or platform, node.label)
    elif node.kind == "ACCOUNT":
        platform, _, name = value.partition("/")
        yield maker.account(platform, name or platform, node.label)
    elif node.kind == "EMAIL" and "@" in value:
        yield maker.observable("email-addr", value=value)
    elif node.kind == "URL":
        yield maker.observable("url", value=value)
    elif node.kind == "LOC" and (place := maker.location(node)):
        yield place
    elif node.kind == "TEXT":
        yield maker.campaign(node)
    else:
        yield maker.identity(
            node, {"ORG": "organization", "PERSON": "individual", "SOURCE": "system"}.get(node.kind, "unknown")
        )


def _of_proof(proof: Proof, maker: Maker) -> Iterator[Stix]:
    objects = []
    if proof.payload_sha256:
        objects.append(maker.observable("file", hashes={"SHA-256": proof.payload_sha256}))
    if proof.url:
        objects.append(maker.observable("url", value=proof.url))
    if objects:
        yield from objects
        seen = maker.observed(proof, [told["id"] for told in objects])
        yield seen
        if proof.text:
            yield maker.note(proof, seen["id"])


def _of_edge(edge: Edge, refs: dict[str, str], maker: Maker) -> Stix:
    dated: dict[str, Any] = {}
    if edge.first_seen:
        dated["start_time"] = maker.time(edge.first_seen)
        if edge.last_seen and edge.last_seen > edge.first_seen:  # STIX wants the end later than the beginning
            dated["stop_time"] = maker.time(edge.last_seen)
    return maker.made(
        "relationship",
        edge.id,
        edge.first_seen,
        relationship_type="related-to",
        source_ref=refs[edge.from_id],
        target_ref=refs[edge.to_id],
        labels=[edge.kind, *([edge.role] if edge.role else [])],
        description=f"{edge.kind.replace('_', ' ')}{f' ({edge.role})' if edge.role else ''}; proved by {len(edge.posts)} posts",
        confidence=round(100 * edge.confidence),
        external_references=[maker.reference(post) for post in edge.posts],
        **dated,
    )
