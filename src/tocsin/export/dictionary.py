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
- {names}
- Places: GeoNames (https://www.geonames.org), CC BY 4.0.
"""


NAMES = {
    False: "Names of private persons are masked: 'private person 1', and in texts and quotes as many characters as the "
    "name has ('█1█ █1█'), so that offsets hold. The number is the person's within the document.",
    True: "Names of private persons are SHOWN (--unmask): keep these tables as you keep the articles.",
}
"""What a data dictionary says of private names, by whether they are shown."""


def write_dictionary(folder: Path, format: str, ending: str, counts: Mapping[str, int], unmask: bool = False) -> None:
    """Describe the tables that lie in a folder.

    Args:
        folder: where the tables lie.
        format: what people call it: 'CSV'.
        ending: the extension of their files, without the dot.
        counts: rows a table.
        unmask: whether the names of private persons are shown.
    """
    with replacing(folder / "README.md") as part:
        part.write_text("\n".join(_readme(format, ending, counts, unmask)), encoding="utf-8")
    package = {
        "profile": "tabular-data-package" if ending == "csv" else "data-package",
        "name": "tocsin-events",
        "title": "Events coded by Tocsin",
        "private_names": "shown" if unmask else "masked",
        "resources": [_resource(table, ending, counts[table.name]) for table in TABLES],
    }
    with replacing(folder / "datapackage.json") as part:
        part.write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")


def _readme(format: str, ending: str, counts: Mapping[str, int], unmask: bool) -> Iterator[str]:
    yield _INTRODUCTION.format(format=format, names=NAMES[unmask])
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
