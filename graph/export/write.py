"""The door of all exports of the network: choose formats, get files and their manifest."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from casefile.chain import storage_error
from casefile.records import Connections
from graph.build import to_graph
from graph.export.formats import ExportFormat
from graph.export.gexf import write_gexf
from graph.export.graphml import write_graphml
from graph.export.manifest import ExportContext, write_manifest
from graph.export.node_link import write_node_link
from graph.export.tables import write_tables


def write_exports(
    connections: Connections, folder: Path, formats: Collection[ExportFormat], context: ExportContext
) -> list[Path]:
    """Write connections that may leave (see `graph.export.shield`) into a folder; the manifest comes last.

    Each file takes its place only when it is whole. Raises CaseError or StorageFull.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, folder) from error
    graph = to_graph(connections)
    files: list[Path] = []
    if ExportFormat.GRAPHML in formats:
        files.append(folder / "network.graphml")
        write_graphml(graph, files[-1])
    if ExportFormat.GEXF in formats:
        files.append(folder / "network.gexf")
        write_gexf(graph, files[-1], context.made_at, context.program)
    if ExportFormat.JSON in formats:
        files.append(folder / "network.json")
        write_node_link(graph, files[-1])
    if ExportFormat.CSV in formats:
        files += write_tables(graph, connections, folder)
    return [*files, write_manifest(files, connections, folder, context)]
