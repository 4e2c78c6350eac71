"""The formats in which the network can leave."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """The formats of the network, by the names that `jejak export --format` takes."""

    CSV = "csv"
    XLSX = "xlsx"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CX2 = "cx2"
    JSON = "json"
    STIX = "stix"
    GEOJSON = "geojson"
    KML = "kml"
    CYPHER = "cypher"
    NEO4J = "neo4j"
    SQLITE = "sqlite"
    PARQUET = "parquet"
    FTM = "ftm"
    MISP = "misp"
    CASE = "case"
    I2 = "i2"
    HTCDS = "htcds"
    WACZ = "wacz"
