"""JSON Lines: a document with its events a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from tocsin.export.files import replacing
from tocsin.export.record import document_record
from tocsin.vocabulary import Coded


def write(documents: Iterable[Coded], path: Path | None, incidents: Mapping[str, str], unmask: bool = False) -> int:
    """Write to a file, or to standard output if there is none; the file appears when it is complete."""
    if path is None:
        return sum(write_line(coded, sys.stdout, incidents) for coded in documents)
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as out:
        return sum(write_line(coded, out, incidents) for coded in documents)


def write_line(coded: Coded, out: TextIO, incidents: Mapping[str, str] | None = None) -> int:
    """Write one document and let it go at once, for whoever reads the pipe; gives the number of its events."""
    out.write(json.dumps(document_record(coded, incidents, unmask=not coded.masked), ensure_ascii=False) + "\n")
    out.flush()
    return len(coded.reports)
