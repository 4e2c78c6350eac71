"""MISP (https://www.misp-project.org): one event, an object a node, a reference a link; the objects' templates are MISP's own.

| ours                            | MISP object                                                          |
|---------------------------------|----------------------------------------------------------------------|
| recruiter, person               | person (`alias`, `full-name`)                                        |
| phone, wallet, link             | phone, coin-address, url                                             |
| Telegram, Facebook              | telegram-account, facebook-account                                   |
| other accounts, e-mail, authors | user-account, the service in `account-type`                          |
| company, place                  | organization, geolocation                                            |
| post                            | microblog where its address or text leaves, else annotation          |
| site, repeated text, pseudonym  | annotation                                                           |

MISP's references know no confidence and no proof: both stand in the comment of each. Nothing is marked for detection
(`to_ids`), nothing is distributed further (`distribution` 0).
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.export.clean import iso
from graph.export.places import point_of
from graph.export.view import ACTOR, Edge, Node, Proof, View

Misp = dict[str, Any]
_OURS = uuid.UUID("0f8a1c52-6d0b-5e0c-8f57-1b8f0f5c2d43")
_PROOFS_SHOWN = 20
# Template -> uuid, version, category (github.com/MISP/misp-objects, in the release of pymisp 2.5.34).
_TEMPLATES = {
    "person": ("a15b0477-e9d1-4b9c-9546-abe78a4f4248", 21, "misc"),
    "telegram-account": ("06f02ecf-5afb-42c5-9cb0-b362e222f52c", 2, "misc"),
    "facebook-account": ("b9862b95-7d78-4938-a2b5-13e45c60f25a", 1, "misc"),
    "user-account": ("49606b06-22f0-4ac8-8eee-2f12ad46f3d3", 6, "misc"),
    "phone": ("d7e4fbdd-b551-4862-bddb-a0b470a38509", 6, "misc"),
    "geolocation": ("cd6f2238-ba55-4888-82c4-104e6e1acf21", 8, "misc"),
    "microblog": ("8ec8c911-ddbe-4f5b-895b-fbff70c42a60", 20, "misc"),
    "organization": ("f750e12b-127a-432c-b022-b3f9153c4e2a", 9, "misc"),
    "coin-address": ("d0e6997e-78da-4815-a6a1-cfc1c1cb8a46", 7, "financial"),
    "annotation": ("5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", 3, "misc"),
    "url": ("60efb77b-40b5-4c46-871b-ed1ed999fce5", 10, "network"),
}
_TYPES = {"url": "url", "full-name": "full-name", "latitude": "float", "longitude": "float"}
_TIMES = ("first-seen", "last-seen", "creation-date", "removal-date")
_CATEGORIES = {"url": "Network activity", "full-name": "Person"}


def write_misp(view: View, folder: Path) -> list[Path]:
    """Write `network.misp.json`; uuids are the same in every export of a case."""
    path = folder / "network.misp.json"
    out: dict[str, list[Edge]] = defaultdict(list)
    for edge in view.edges:
        out[edge.from_id].append(edge)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"Event": ' + json.dumps(_event(view), ensure_ascii=False)[:-1] + ', "Object": [\n')
        for number, told in enumerate(_objects(view, out)):
            file.write((",\n" if number else "") + json.dumps(told, ensure_ascii=False, allow_nan=False))
        file.write("\n]}}\n")
    return [path]


def _event(view: View) -> Misp:
    context = view.context
    return {
        "uuid": _uuid(view, "event"),
        "info": f"{context.title}. {context.statement}".strip(),
        "date": f"{context.made_at:%Y-%m-%d}",
        "timestamp": str(int(context.made_at.timestamp())),
        "published": False,
        "analysis": "1",
        "threat_level_id": "4",
        "distribution": "0",
        "Tag": [{"name": f"tlp:{context.handling.value}"}],
    }


def _objects(view: View, out: dict[str, list[Edge]]) -> Iterator[Misp]:
    for node in view.nodes:
        template, told = _of_node(node)
        references = [_reference(edge, view) for edge in out.get(node.id, ())]
        comment = f"{node.kind.lower()}, named by {node.posts} posts"
        yield _object(view, node.id, template, told, comment, references)
    for proof in view.proofs:
        template, told = _of_proof(proof)
        yield _object(view, proof.id, template, told, f"post {proof.id}", [])


def _of_node(node: Node) -> tuple[str, Misp]:
    """The template of a node and what it tells, by its relations."""
    value = node.id.partition(":")[2]
    seen = {"first-seen": iso(node.first_seen), "last-seen": iso(node.last_seen)}
    if node.kind == ACTOR:
        sure = "confirmed by an investigator" if node.confirmed else "as far as is known"
        return "person", {"alias": node.label, "text": f"recruiter, {sure}; estimated confidence {node.confidence}"}
    if node.kind == "PERSON":
        return "person", {"full-name": node.label}
    if node.kind == "PHONE":
        return "phone", {"msisdn": value, **seen}
    if node.kind == "URL":
        return "url", {"url": value, **seen}
    if node.kind == "WALLET":
        chain, _, address = value.rpartition(":")
        return "coin-address", {"address-crypto": address, "symbol": chain, **seen}
    if node.kind == "ORG":
        return "organization", {"name": node.label}
    if node.kind == "LOC" and (point_of(node) or node.country):
        return "geolocation", _lies(node)
    if node.kind in ("HANDLE", "ACCOUNT", "EMAIL"):
        return _account(node, value)
    return "annotation", {"text": node.label, "type": node.kind.lower()}


def _account(node: Node, value: str) -> tuple[str, Misp]:
    if node.kind == "EMAIL":
        return "user-account", {"username": value, "account-type": "e-mail"}
    service, _, name = node.id.partition(":") if node.kind == "HANDLE" else value.partition("/")
    if service == "telegram":
        return "telegram-account", {"username": name}
    if service == "facebook":
        return "facebook-account", {"account-name": name}
    return "user-account", {"username": name or service, "account-type": service, "display-name": node.label}


def _lies(node: Node) -> Misp:
    point = point_of(node)
    told = {"text": node.label, "countrycode": node.country}
    return told | ({"longitude": point[0], "latitude": point[1]} if point else {})


def _of_proof(proof: Proof) -> tuple[str, Misp]:
    if not (proof.url or proof.text):
        return "annotation", {"text": f"{proof.kind} on {proof.source}", "creation-date": iso(proof.published)}
    told = {"post": proof.text, "url": proof.url, "title": f"{proof.kind} on {proof.source}", "language": proof.lang}
    return "microblog", {**told, "creation-date": iso(proof.published), "removal-date": iso(proof.gone_at)}


def _object(view: View, identity: str, template: str, told: Misp, comment: str, references: list[Misp]) -> Misp:
    template_uuid, version, category = _TEMPLATES[template]
    return {
        "uuid": _uuid(view, identity),
        "name": template,
        "meta-category": category,
        "template_uuid": template_uuid,
        "template_version": str(version),
        "distribution": "0",
        "comment": comment,
        "Attribute": [
            _attribute(view, identity, name, value) for name, value in told.items() if value not in (None, "")
        ],
        "ObjectReference": references,
    }


def _attribute(view: View, identity: str, relation: str, value: Any) -> Misp:
    kind = "datetime" if relation in _TIMES else _TYPES.get(relation, "text")
    return {
        "uuid": _uuid(view, f"{identity} {relation}"),
        "object_relation": relation,
        "type": kind,
        "category": _CATEGORIES.get(kind, "Other"),
        "value": str(value),
        "to_ids": False,
    }


def _reference(edge: Edge, view: View) -> Misp:
    shown = ", ".join(edge.posts[:_PROOFS_SHOWN]) + (" …" if len(edge.posts) > _PROOFS_SHOWN else "")
    return {
        "uuid": _uuid(view, edge.id),
        "referenced_uuid": _uuid(view, edge.to_id),
        "relationship_type": edge.kind.replace("_", "-"),
        "comment": f"confidence {edge.confidence:g}; {len(edge.posts)} posts: {shown}",
    }


def _uuid(view: View, name: str) -> str:
    return str(uuid.uuid5(_OURS, f"{view.context.case}/{name}"))
