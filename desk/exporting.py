"""Writing the network for other programs: selected, shielded, with a manifest, and noted in the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from casefile.case import Case, software
from casefile.records import Connections
from desk import names, terminal
from graph.export.formats import ExportFormat


def write(case: Case, formats: Sequence[ExportFormat], network: str | None, to: Path | None) -> list[Path]:
    """Write the connections of the case, or of one network, in these formats; returns the files, the manifest last."""
    from graph.export.manifest import ExportContext
    from graph.export.shield import shield
    from graph.export.write import write_exports

    connections = case.store.connections()
    chosen = names.find_network(connections, network) if network else None
    with terminal.progress("Shielding", "posts"):
        given = shield(connections, case.store.read_posts())
    if chosen:
        given = only_network(given, chosen)
    now = datetime.now(UTC)
    folder = to or case.folder / "exports" / f"network-{now:%Y%m%d-%H%M%S}"
    context = ExportContext(
        made_at=now,
        program=software(),
        case_title=case.settings.title,
        case_head=case.manifest.head().sha256,
        selection=f"network {chosen}" if chosen else "whole case",
        handling=f"TLP:{case.settings.handling.upper()}",
    )
    with terminal.progress("Writing", "files"):
        files = write_exports(given, folder, formats, context)
    case.audit(
        "export",
        folder=folder.name,
        formats=", ".join(formats),
        selection=context.selection,
        links=len(given.links),
        manifest_sha256=hashlib.sha256(files[-1].read_bytes()).hexdigest(),
    )
    return files


def only_network(connections: Connections, network_id: str) -> Connections:
    """One network: its members, the places it names, and the links between them."""
    network = next(n for n in connections.networks if n.id == network_id)
    kept = {*network.members, *network.destinations, *network.origins}
    proving = set(network.posts)
    links = (
        replace(link, posts=posts)
        for link in connections.links
        if link.from_id in kept and link.to_id in kept and (posts := tuple(p for p in link.posts if p in proving))
    )
    return Connections(
        entities=tuple(e for e in connections.entities if e.id in kept),
        actors=tuple(a for a in connections.actors if a.id in kept),
        links=tuple(links),
        networks=(network,),
    )


def show(files: Sequence[Path], as_json: bool) -> None:
    """Tell what was written."""
    if as_json:
        terminal.say_json({"files": [str(path) for path in files]})
        return
    terminal.table(("file", "kB"), [(path, f"{path.stat().st_size / 1000:.1f}") for path in files], numbers=["kB"])
    terminal.say("manifest.json names every file with its SHA-256.", "dim")
