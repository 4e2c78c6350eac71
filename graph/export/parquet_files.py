"""Parquet, for analysts: one file a table, compressed, the same bytes for the same view."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pyarrow as arrow
from pyarrow import parquet

from graph.export.tables import Cell, Table, Type, tables_of
from graph.export.view import View

_AT_ONCE = 50_000  # rows
_TYPES = {
    Type.TEXT: arrow.string(),
    Type.WHOLE: arrow.int64(),
    Type.NUMBER: arrow.float64(),
    Type.TIME: arrow.timestamp("s", tz="UTC"),
}


def write_parquet(view: View, folder: Path) -> list[Path]:
    """Write links.parquet, nodes.parquet and the other tables."""
    return [_write(table, folder / f"{table.name}.parquet") for table in tables_of(view)]


def _write(table: Table, path: Path) -> Path:
    types = [_TYPES[kind] for kind in table.types()]
    schema = arrow.schema(list(zip(table.columns, types, strict=True)))
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        rows = table.rows()
        while part := list(islice(rows, _AT_ONCE)):
            file.write_batch(_batch(part, types, schema))
    return path


def _batch(rows: Sequence[Sequence[Cell]], types: Sequence[arrow.DataType], schema: arrow.Schema) -> arrow.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [arrow.array(cells, kind) for cells, kind in zip(columns, types, strict=True)]
    return arrow.RecordBatch.from_arrays(arrays, schema=schema)
