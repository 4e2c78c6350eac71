"""Roles with no more rights than their work needs: one for who reads a case in Kibana, one for who indexes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from casefile.search.elastic.generations import kinds

if TYPE_CHECKING:
    from casefile.search.elastic.connection import Elasticsearch

Role = dict[str, Any]


def reader(prefix: str) -> str:
    """The name of the role of who reads."""
    return f"{prefix}-reader"


def indexer(prefix: str) -> str:
    """The name of the role of who runs `jejak index`."""
    return f"{prefix}-indexer"


def roles(prefix: str, space: str) -> dict[str, Role]:
    """Both roles of a case by name, as Elasticsearch takes them (without the name).

    Indices are named one by one: `jejak-*` would open the case `jejak-harbour` to the readers of the case `jejak`.
    """
    aliases = [f"{prefix}-{kind}" for kind in kinds()]
    generations = [f"/{alias}-[0-9]{{6}}/" for alias in aliases]
    # What Kibana's own role page writes for “read” in one space.
    seen = {"application": "kibana-.kibana", "privileges": ["space_read"], "resources": [f"space:{space}"]}
    return {
        reader(prefix): {
            "indices": [{"names": aliases, "privileges": ["read", "view_index_metadata"]}],
            "applications": [seen],
            "metadata": {"managed_by": "jejak"},
        },
        indexer(prefix): {
            "cluster": ["monitor", "manage_index_templates"],
            "indices": [{"names": [*aliases, *generations], "privileges": ["read", "write", "manage"]}],
            "metadata": {"managed_by": "jejak"},
        },
    }


def put_roles(client: Elasticsearch, wanted: dict[str, Role]) -> Iterable[tuple[str, bool]]:
    """Make the roles, or make them anew; tells of each whether it is new. Nothing where security is off."""
    if not _asks_who_is_there(client):
        return
    for name, role in wanted.items():
        yield name, bool(client.security.put_role(name=name, **role)["role"]["created"])


def _asks_who_is_there(client: Elasticsearch) -> bool:
    """Whether security is on: where a node says nothing of it, it is."""
    nodes = client.nodes.info(metric="settings")["nodes"].values()
    return all(node["settings"].get("xpack", {}).get("security", {}).get("enabled", "true") == "true" for node in nodes)
