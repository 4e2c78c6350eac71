"""Saved objects of Kibana: their ids, their references, and the lines in which they travel."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Json = dict[str, Any]

# What Kibana 8.19 and all of 9.x read: an importer refuses versions newer than its own, and migrates older ones.
# Model version n of a type is written "10.n.0" (elastic/kibana, packages/core/saved-objects).
_CORE = "8.8.0"
_TYPES = {"index-pattern": "8.0.0", "search": "8.0.0", "dashboard": "10.2.0"}


@dataclass(frozen=True, slots=True)
class Reference:
    """That one object needs another one; `name` is how the object itself speaks of it."""

    name: str
    type: str
    id: str

    def inside(self, panel: str) -> Reference:
        """The same reference as a dashboard repeats it for one of its panels."""
        return Reference(f"{panel}:{self.name}", self.type, self.id)


@dataclass(frozen=True, slots=True)
class SavedObject:
    """A data view, a saved search or a dashboard."""

    type: str
    id: str
    attributes: Mapping[str, Any]
    references: tuple[Reference, ...] = ()

    def as_json(self) -> Json:
        """The object as Kibana exports and imports it."""
        return {
            "id": self.id,
            "type": self.type,
            "attributes": dict(self.attributes),
            "references": [{"name": r.name, "type": r.type, "id": r.id} for r in self.references],
            "coreMigrationVersion": _CORE,
            "typeMigrationVersion": _TYPES[self.type],
            "managed": False,
        }


def stable_id(*parts: str) -> str:
    """The same id for the same parts, always (UUIDv5): who imports again replaces, and never doubles."""
    return str(uuid5(NAMESPACE_URL, "urn:jejak:" + ":".join(parts)))


def packed(value: Any) -> str:
    """A value inside an attribute: Kibana keeps many of them as JSON in a string."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_ndjson(objects: Iterable[SavedObject]) -> str:
    """One object a line, as Kibana's import reads them."""
    return "".join(packed(one.as_json()) + "\n" for one in objects)
