"""The formats in which the network can leave."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """The formats of the network."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    JSON = "json"
    CSV = "csv"
