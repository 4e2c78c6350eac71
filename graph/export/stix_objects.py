"""The objects of STIX 2.1, as plain values: thirteen times as quick as through the library, which the tests read them with.

TLP 2.0 markings are fixed objects of FIRST's and OASIS's extension. There is no telephone number in STIX 2.1: the two
conventions in use (OpenCTI's `value`, stix2extensions' `number` with an extension) are both written.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from casefile.records import Network
from casefile.settings import Handling
from graph.export.clean import iso
from graph.export.places import point_of
from graph.export.view import Context, Node, Proof

Stix = dict[str, Any]
_OURS = uuid.UUID("5f0c1f8e-7a53-5b0a-9d27-5a1f3c0a7e11")
_OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # STIX 2.1, 2.9: the namespace of observables' ids
_TLP = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP_IDS = {
    Handling.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Handling.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Handling.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Handling.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Handling.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_PHONE = "extension-definition--14a97ee2-e666-5ada-a6bd-b7177f79e211"  # github.com/muchdogesec/stix2extensions
# What an observable's id is made from (STIX 2.1, 6); of these the first hash for a file.
_ID_FROM = {
    "url": ("value",),
    "email-addr": ("value",),
    "phone-number": ("number",),
    "file": ("hashes",),
    "user-account": ("account_type", "user_id", "account_login"),
}


class Maker:
    """Makes the objects of one bundle: their ids, times, author and markings."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._now = self.time(context.made_at)
        self._author = self.id_of("identity", "author")
        self._statement = self.id_of("marking-definition", context.statement)
        self._marks = [_TLP_IDS[context.handling], *([self._statement] if context.statement else [])]

    def id_of(self, kind: str, name: str) -> str:
        """An id that is the same in every export of this case."""
        return f"{kind}--{uuid.uuid5(_OURS, f'{self._context.case}/{kind}/{name}')}"

    @staticmethod
    def time(moment: datetime) -> str:
        """A time as STIX wants it, to the millisecond."""
        return f"{iso(moment)}".replace("Z", ".000Z")

    @staticmethod
    def reference(post: str) -> Stix:
        """A post, cited by its id."""
        return {"source_name": "Jejak post", "external_id": post}

    def made(self, kind: str, identity: str, first: datetime | None, /, **values: Any) -> Stix:
        """A domain object or a relationship; it was created when it was first seen."""
        created = self.time(first) if first and first <= self._context.made_at else self._now
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": self.id_of(kind, identity),
            "created_by_ref": self._author,
            "created": created,
            "modified": self._now,
            **{key: value for key, value in values.items() if value not in ("", None)},
            "object_marking_refs": self._marks,
        }

    def observable(self, kind: str, /, **values: Any) -> Stix:
        """An observable; its id follows from what it is, as the standard says."""
        telling = {name: values[name] for name in _ID_FROM[kind] if name in values}
        canonical = json.dumps(telling, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        identity = f"{kind}--{uuid.uuid5(_OBSERVABLES, canonical)}"
        return {"type": kind, "spec_version": "2.1", "id": identity, **values, "object_marking_refs": self._marks}

    # Markings and author -------------------------------------------------------------------------------------------
    def markings(self) -> Iterator[Stix]:
        """How all of it may be handled, and why it was given."""
        level = self._context.handling.value
        yield {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": _TLP_IDS[self._context.handling],
            "created": "2022-10-01T00:00:00.000Z",
            "name": f"TLP:{level.upper()}",
            "extensions": {_TLP: {"extension_type": "property-extension", "tlp_2_0": level}},
        }
        if self._context.statement:
            yield {
                "type": "marking-definition",
                "spec_version": "2.1",
                "id": self._statement,
                "created": self._now,
                "definition_type": "statement",
                "definition": {"statement": self._context.statement},
            }

    def author(self) -> Stix:
        """The case that all of it comes from."""
        told = self.made("identity", "author", None, name=self._context.title, identity_class="organization")
        del told["created_by_ref"]
        return told

    def report(self, refs: Sequence[str]) -> Stix:
        """What holds all of it together."""
        return self.made(
            "report", "report", None, name=self._context.title, published=self._now, object_refs=list(refs)
        )

    # What nodes are --------------------------------------------------------------------------------------------------
    def identity(self, node: Node, sort: str, contact_information: str = "") -> Stix:
        """A recruiter, a company, a person, a source, or somebody who is shielded."""
        confidence = None if node.confidence is None else round(100 * node.confidence)
        return self.made(
            "identity",
            node.id,
            node.first_seen,
            name=node.label,
            identity_class=sort,
            labels=[node.kind.lower()],
            contact_information=contact_information,
            confidence=confidence,
        )

    def confirmed(self, node: Node, identity: str) -> Iterator[Stix]:
        """A recruiter whom a person confirmed: only then is he called a threat actor."""
        actor = self.made("threat-actor", node.id, node.first_seen, name=node.label, labels=["recruiter"])
        yield actor
        link = {"relationship_type": "attributed-to", "source_ref": actor["id"], "target_ref": identity}
        yield self.made("relationship", f"{node.id} attributed", node.first_seen, **link)

    def phone(self, number: str) -> Stix:
        """A telephone number in both conventions."""
        extension = {_PHONE: {"extension_type": "new-sco"}}
        return self.observable("phone-number", number=number, value=number, extensions=extension)

    def account(self, platform: str, login: str, shown: str) -> Stix:
        """An account of a messenger, a wallet, or an author on a site."""
        return self.observable("user-account", account_type=platform, account_login=login, display_name=shown)

    def location(self, node: Node) -> Stix | None:
        """A place; None when neither its country nor its point is known, since STIX takes no place by its name alone."""
        point = point_of(node)
        lies: dict[str, Any] = {"longitude": point[0], "latitude": point[1]} if point else {}
        if node.country:
            lies["country"] = node.country.upper()
        return self.made("location", node.id, node.first_seen, name=node.label, **lies) if lies else None

    def campaign(self, node: Node) -> Stix:
        """A text that was sent many times."""
        seen = {"first_seen": self.time(node.first_seen)} if node.first_seen else {}
        if node.first_seen and node.last_seen and node.last_seen >= node.first_seen:
            seen["last_seen"] = self.time(node.last_seen)
        return self.made("campaign", node.id, node.first_seen, name=node.label, **seen)

    def grouping(self, network: Network, members: Sequence[str]) -> Stix:
        """A network."""
        return self.made(
            "grouping",
            network.id,
            network.first_seen,
            name=network.name,
            context="suspicious-activity",
            object_refs=list(members),
        )

    # What posts are --------------------------------------------------------------------------------------------------
    def observed(self, proof: Proof, objects: Sequence[str]) -> Stix:
        """A post that was captured."""
        return self.made(
            "observed-data",
            proof.id,
            proof.first_seen,
            first_observed=self.time(proof.first_seen),
            last_observed=self.time(max(proof.first_seen, proof.last_seen)),
            number_observed=1,
            object_refs=list(objects),
            external_references=[self.reference(proof.id)],
        )

    def note(self, proof: Proof, observed: str) -> Stix:
        """The text of a post, in its own words."""
        return self.made("note", proof.id, proof.first_seen, content=proof.text, object_refs=[observed])
