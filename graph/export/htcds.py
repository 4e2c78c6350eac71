"""HTCDS, the Human Trafficking Case Data Standards of the IOM: the fields that we can truthfully fill, in tables of its own.

Fields: https://github.com/UNMigration/HTCDS, HTCDS Field Reference (IOM, CC BY 4.0; all fields are drafts). The standard is
made for cases of victims. An advertisement names none, so no field of a victim (`vic_`) is ever filled; and what was
advertised need not have happened, so an event is a recruitment where it says from where people are taken, and else has no
type. The role in the process is told of those only whom a person confirmed as recruiters. Columns that begin with `jejak_` are ours: they lead to the proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casefile.records import LinkKind, Role
from graph.export.clean import iso
from graph.export.csv_tables import write_table
from graph.export.tables import Table
from graph.export.view import ACTOR, Edge, Node, View

_RECRUITERS = (
    "prs_MobilePhone", "prs_Email", "per_RoleInProcess", "per_RoleDetails", "per_Organisation",
    "jejak_id", "jejak_confirmed", "jejak_proof",
)  # fmt: skip
_ORGANISATIONS = ("org_Name", "jejak_id", "jejak_proof")
_EVENTS = (
    "hte_Type", "hte_Date", "hte_City", "hte_Country", "hte_Latitude", "hte_Longitude", "hte_Description",
    "jejak_id", "jejak_recruiter", "jejak_confidence", "jejak_proof",
)  # fmt: skip
_ROLE = "RecruiterOrIntermediary"
_TYPES = {Role.ORIGIN.value: "Recruitment"}
_SAYS = {
    Role.ORIGIN.value: "Job offers look for people here",
    Role.TRANSIT.value: "Job offers name this as a place on the way",
    Role.DESTINATION.value: "Job offers name this as the destination",
    Role.WORKSITE.value: "Job offers name this as the place of work",
}
_EMPLOYS = {LinkKind.WORKS_FOR.value, LinkKind.RECRUITS_FOR.value}


def write_htcds(view: View, folder: Path) -> list[Path]:
    """Write `htcds-recruiters.csv`, `htcds-organisations.csv` and `htcds-events.csv`."""
    companies = [edge for edge in view.edges if edge.kind in _EMPLOYS and view.by_id[edge.to_id].kind == "ORG"]
    tables = (
        Table("htcds-recruiters", _RECRUITERS, lambda: _recruiters(view, companies)),
        Table("htcds-organisations", _ORGANISATIONS, lambda: _organisations(view, companies)),
        Table("htcds-events", _EVENTS, lambda: _events(view)),
    )
    return [write_table(table, folder / f"{table.name}.csv") for table in tables]


def _recruiters(view: View, companies: list[Edge]) -> Iterator[list[str]]:
    posts, employers = _proofs_by(view.edges, "from"), _ends_by(companies, view)
    for node in view.nodes:
        if node.kind == ACTOR:
            contacts = [view.by_id[one] for one in node.contacts if one in view.by_id]
            yield [
                next((one.label for one in contacts if one.kind == "PHONE"), ""),
                next((one.label for one in contacts if one.kind == "EMAIL"), ""),
                _ROLE if node.confirmed else "",
                _details(node, contacts),
                ";".join(employers.get(node.id, ())),
                node.id,
                "yes" if node.confirmed else "no",
                ";".join(posts.get(node.id, ())),
            ]


def _details(node: Node, contacts: list[Node]) -> str:
    told = f"Offers work in {node.posts} public posts, {iso(node.first_seen) or '?'} to {iso(node.last_seen) or '?'}."
    named = ", ".join(f"{one.kind.lower()} {one.label}" for one in contacts)
    sure = f" That they are one recruiter's: {node.confidence:.0%}." if node.confidence and len(contacts) > 1 else ""
    judged = (
        "A person confirmed that he recruits."
        if node.confirmed
        else "Found by a program; nobody confirmed it, and it may be an honest employer."
    )
    return f"{told} Contacts: {named}.{sure} {judged}"


def _organisations(view: View, companies: list[Edge]) -> Iterator[list[str]]:
    posts = _proofs_by(companies, "to")
    for identity, proof in posts.items():
        yield [view.by_id[identity].label, identity, ";".join(proof)]


def _events(view: View) -> Iterator[list[str]]:
    for edge in view.edges:
        start, place = view.by_id[edge.from_id], view.by_id[edge.to_id]
        aside = edge.kind == LinkKind.MENTIONS.value and edge.role not in (Role.ORIGIN.value, Role.TRANSIT.value)
        if start.kind != ACTOR or place.kind != "LOC" or edge.role not in _SAYS or aside:
            continue
        seen = f"{iso(edge.first_seen) or '?'} to {iso(edge.last_seen) or '?'}"
        yield [
            _TYPES.get(edge.role, ""),
            f"{edge.first_seen:%Y-%m-%d}" if edge.first_seen else "",
            place.label if "/" in place.id else "",
            (place.country or "").upper(),
            "" if place.lat is None else str(place.lat),
            "" if place.lon is None else str(place.lon),
            f"{_SAYS[edge.role]}, {seen}. This was advertised; whether it happened is not known.",
            edge.id,
            start.id,
            str(edge.confidence),
            ";".join(edge.posts),
        ]


def _proofs_by(edges: tuple[Edge, ...] | list[Edge], end: str) -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for edge in edges:
        found.setdefault(edge.from_id if end == "from" else edge.to_id, {}).update(dict.fromkeys(edge.posts))
    return found


def _ends_by(edges: list[Edge], view: View) -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for edge in edges:
        found.setdefault(edge.from_id, {})[view.by_id[edge.to_id].label] = None
    return found
