"""CSV as RFC 4180 has it: a folder with four tables and their dictionary."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tocsin.errors import ExportError
from tocsin.export.dictionary import write_dictionary
from tocsin.export.files import replacing
from tocsin.export.tables import TABLES
from tocsin.vocabulary import Coded


def write(documents: Iterable[Coded], path: Path | None, incidents: Mapping[str, str], unmask: bool = False) -> int:
    """Write four CSV files and their dictionary into a folder."""
    if path is None:
        raise ExportError("CSV is four tables: name a folder for them with -o FOLDER, or use --format jsonl.")
    path.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys((table.name for table in TABLES), 0)
    with ExitStack() as files:
        writers = {}
        for table in TABLES:
            part = files.enter_context(replacing(path / f"{table.name}.csv"))
            out = files.enter_context(part.open("w", encoding="utf-8", newline=""))
            writers[table.name] = csv.writer(out)
            writers[table.name].writerow([column.name for column in table.columns])
        for coded in documents:
            for table in TABLES:
                for row in table.rows(coded, incidents):
                    writers[table.name].writerow([_cell(row[column.name]) for column in table.columns])
                    counts[table.name] += 1
    write_dictionary(path, "CSV", "csv", counts, unmask)
    return counts["events"]


def _cell(value: Any) -> Any:
    # Frictionless wants lower case; Python writes True.
    return str(value).lower() if isinstance(value, bool) else value
