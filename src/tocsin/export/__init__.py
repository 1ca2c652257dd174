"""Coded documents -> files that other programs read. One file a format; a new one adds its line to FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tocsin.errors import ExportError
from tocsin.export import csv_tables, jsonl, parquet
from tocsin.export.record import document_record, report_record
from tocsin.vocabulary import Coded

__all__ = ["FORMATS", "document_record", "export_documents", "report_record"]

Writer = Callable[[Iterable[Coded], Path | None, Mapping[str, str]], int]
"""Takes coded documents, a target and the incident of each report by id; gives the number of events written."""

FORMATS: dict[str, Writer] = {
    "jsonl": jsonl.write,
    "csv": csv_tables.write,
    "parquet": parquet.write,
}


def export_documents(
    documents: Iterable[Coded],
    format: str,
    path: str | Path | None = None,
    incidents: Mapping[str, str] | None = None,
) -> int:
    """Write coded documents in a format.

    Args:
        documents: taken one after the other, so that a large store need not fit into memory.
        format: 'jsonl', 'csv' or 'parquet'.
        path: a file for jsonl (None or '-': standard output), a folder for csv and parquet, made if need be.
        incidents: the incident id of each report id, where linked.

    Returns:
        How many events were written.

    Raises:
        ExportError: the format is unknown, or the target cannot be written.
    """
    if format not in FORMATS:
        raise ExportError(f"There is no format {format!r}. There are: {', '.join(FORMATS)}.")
    target = None if path is None or str(path) == "-" else Path(path)
    try:
        return FORMATS[format](documents, target, incidents or {})
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be written: {error.strerror or error}. Check the folder, or name another with -o."
        ) from error
