"""Parquet: a folder with four typed tables and their dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tocsin.errors import ExportError
from tocsin.export.dictionary import write_dictionary
from tocsin.export.files import replacing
from tocsin.export.tables import TABLES, Table
from tocsin.vocabulary import Coded

# Rows a row group: enough to compress well, few enough to keep memory small beside long texts.
GROUP = 5000


def write(documents: Iterable[Coded], path: Path | None, incidents: Mapping[str, str], unmask: bool = False) -> int:
    """Write four Parquet files and their dictionary into a folder."""
    if path is None:
        raise ExportError("Parquet is four tables: name a folder for them with -o FOLDER, or use --format jsonl.")
    path.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        writers = {}
        for table in TABLES:
            part = files.enter_context(replacing(path / f"{table.name}.parquet"))
            writers[table.name] = files.enter_context(_Writer(table, part))
        for coded in documents:
            for table in TABLES:
                for row in table.rows(coded, incidents):
                    writers[table.name].add(row)
    counts = {name: writer.count for name, writer in writers.items()}
    write_dictionary(path, "Parquet", "parquet", counts, unmask)
    return counts["events"]


class _Writer:
    """One file; rows are written a group at a time."""

    def __init__(self, table: Table, path: Path) -> None:
        # Loaded here: most commands never write Parquet.
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {
            "string": pa.string(),
            "integer": pa.int64(),
            "number": pa.float64(),
            "boolean": pa.bool_(),
            "date": pa.date32(),
        }
        self._pa = pa
        self._schema = pa.schema(
            pa.field(column.name, types[column.type], metadata={"description": column.description})
            for column in table.columns
        )
        self._file = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self.count = 0

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._flush()
        self._file.close()

    def add(self, row: dict[str, Any]) -> None:
        """Take a row."""
        self._rows.append(row)
        self.count += 1
        if len(self._rows) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._file.write_table(self._pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows.clear()
