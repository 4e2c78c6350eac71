"""All writers by their format: each makes files in a folder from one view."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Collection
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from casefile.chain import storage_error
from casefile.errors import StorageFull
from graph.export.formats import ExportFormat
from graph.export.view import View


class Writer(Protocol):
    """One format: writes its files into a folder and returns them."""

    def __call__(self, view: View, folder: Path, /) -> list[Path]: ...


# Loaded when asked for: some bring a large library.
_WRITERS = {
    ExportFormat.CSV: "csv_tables.write_csv",
    ExportFormat.XLSX: "spreadsheet.write_spreadsheet",
    ExportFormat.GRAPHML: "graphml.write_graphml",
    ExportFormat.GEXF: "gexf.write_gexf",
    ExportFormat.CX2: "cx2.write_cx2",
    ExportFormat.JSON: "node_link.write_node_link",
    ExportFormat.STIX: "stix.write_stix",
    ExportFormat.GEOJSON: "geojson.write_geojson",
    ExportFormat.KML: "kml.write_kml",
    ExportFormat.CYPHER: "cypher.write_cypher",
    ExportFormat.NEO4J: "cypher.write_neo4j_import",
    ExportFormat.SQLITE: "sqlite_file.write_sqlite",
    ExportFormat.PARQUET: "parquet_files.write_parquet",
    ExportFormat.FTM: "followthemoney.write_followthemoney",
    ExportFormat.MISP: "misp.write_misp",
    ExportFormat.CASE: "case_uco.write_case_uco",
    ExportFormat.I2: "i2.write_i2",
    ExportFormat.HTCDS: "htcds.write_htcds",
    ExportFormat.WACZ: "wacz.write_wacz",
}
_LITTLE = 1_000_000  # bytes left on a disk that may be called full


def writer_of(wanted: ExportFormat) -> Writer:
    """What writes a format."""
    module, _, function = _WRITERS[wanted].partition(".")
    return cast(Writer, getattr(import_module(f"graph.export.{module}"), function))


def write_formats(view: View, folder: Path, formats: Collection[ExportFormat]) -> list[Path]:
    """Write the view into a folder that is there, in the order of the formats. Raises EvidenceError or StorageFull."""
    files: list[Path] = []
    for wanted in ExportFormat:
        if wanted in formats:
            try:
                files += writer_of(wanted)(view, folder)
            except OSError as error:
                raise storage_error(error, folder) from error
            except Exception as error:
                if not _for_want_of_space(error, folder):
                    raise
                raise StorageFull(
                    f"{folder}: the disk is full; nothing was given away", "Free some space and run the command again."
                ) from error
    return files


def _for_want_of_space(error: Exception, folder: Path) -> bool:
    """Libraries tell of a full disk each in its own way."""
    full = isinstance(error, sqlite3.OperationalError) and "full" in str(error)
    return full or shutil.disk_usage(folder).free < _LITTLE
