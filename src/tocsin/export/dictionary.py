"""The data dictionary written beside the tables: README.md for people, datapackage.json for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tocsin.export.files import replacing
from tocsin.export.tables import TABLES, Table

_INTRODUCTION = """# Events coded by Tocsin

Four tables in {format} (UTF-8). `datapackage.json` says the same for programs (Frictionless Data Package).

- An event here is one document's report of an occurrence. Counting occurrences, count `incident`, not `event`.
- Every value rests on words: `start` and `end` are Unicode code points of the document's `text`, from 0, the end exclusive.
- Empty means unknown, never zero. A number is an interval; an empty end beside a full one is open.
- Claims that contradict an event are kept beside it: `differs` in `claims`.
- Places: GeoNames (https://www.geonames.org), CC BY 4.0.
"""


def write_dictionary(folder: Path, format: str, ending: str, counts: Mapping[str, int]) -> None:
    """Describe the tables that lie in a folder.

    Args:
        folder: where the tables lie.
        format: what people call it: 'CSV'.
        ending: the extension of their files, without the dot.
        counts: rows a table.
    """
    with replacing(folder / "README.md") as part:
        part.write_text("\n".join(_readme(format, ending, counts)), encoding="utf-8")
    package = {
        "profile": "tabular-data-package" if ending == "csv" else "data-package",
        "name": "tocsin-events",
        "title": "Events coded by Tocsin",
        "resources": [_resource(table, ending, counts[table.name]) for table in TABLES],
    }
    with replacing(folder / "datapackage.json") as part:
        part.write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")


def _readme(format: str, ending: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield _INTRODUCTION.format(format=format)
    for table in TABLES:
        yield f"## {table.name}.{ending} ({counts[table.name]:,} rows)\n"
        yield f"{table.description} Key: {', '.join(f'`{column}`' for column in table.key)}.\n"
        yield "| column | type | what stands in it |"
        yield "| --- | --- | --- |"
        for column in table.columns:
            yield f"| `{column.name}` | {column.type} | {column.description} |"
        yield ""


def _resource(table: Table, ending: str, rows: int) -> dict[str, Any]:
    schema = {
        "fields": [
            {"name": column.name, "type": column.type, "description": column.description} for column in table.columns
        ],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {"fields": column, "reference": {"resource": other, "fields": column}}
            for column, other in table.references.items()
        ],
        "missingValues": [""],
    }
    return {
        "name": table.name,
        "path": f"{table.name}.{ending}",
        "format": ending,
        "encoding": "utf-8",
        "description": table.description,
        "rows": rows,
        "schema": schema,
    }
