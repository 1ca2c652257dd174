"""Coded documents -> files that other programs read. One file a format; a new one adds its line to FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tocsin.errors import ExportError
from tocsin.export import csv_tables, jsonl, parquet
from tocsin.export.incidents import incident_record, write_incidents
from tocsin.export.masking import mask_names, person_words
from tocsin.export.record import document_record, report_record
from tocsin.export.tellings import mask_telling
from tocsin.vocabulary import Coded

__all__ = [
    "FORMATS",
    "document_record",
    "export_documents",
    "incident_record",
    "mask_names",
    "mask_telling",
    "person_words",
    "report_record",
    "write_incidents",
]

Writer = Callable[[Iterable[Coded], Path | None, Mapping[str, str], bool], int]
"""Takes coded documents, a target, the incident of each report by id, and whether private names are shown."""

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
    *,
    unmask: bool = False,
) -> int:
    """Write coded documents in a format, with the names of private persons masked.

    Args:
        documents: taken one after the other, so that a large store need not fit into memory.
        format: 'jsonl', 'csv' or 'parquet'.
        path: a file for jsonl (None or '-': standard output), a folder for csv and parquet, made if need be.
        incidents: the incident id of each report id, where linked.
        unmask: show the names of private persons; what is written says so.

    Returns:
        How many events were written.

    Raises:
        ExportError: the format is unknown, the target cannot be written, or names cannot be masked.
    """
    if format not in FORMATS:
        raise ExportError(f"There is no format {format!r}. There are: {', '.join(FORMATS)}.")
    target = None if path is None or str(path) == "-" else Path(path)
    try:
        shown = (mask_names(coded, unmask=unmask) for coded in documents)
        return FORMATS[format](shown, target, incidents or {}, unmask)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be written: {error.strerror or error}. Check the folder, or name another with -o."
        ) from error
