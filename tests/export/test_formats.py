from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from factory import full_coded, make_document, make_report

from tocsin.errors import ExportError
from tocsin.export import FORMATS, document_record, export_documents
from tocsin.export.tables import PYTHON_TYPES, TABLES
from tocsin.vocabulary import Coded

EMPTY = Coded(make_document('Quiet; "calm",\nno news.', None, name="quiet.txt"), (), ("no published date",), ())


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_jsonl_is_a_document_a_line(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    assert export_documents([full_coded(), EMPTY], "jsonl", path) == 2
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [document_record(full_coded()), document_record(EMPTY)]


@pytest.mark.parametrize("target", [None, "-"])
def test_jsonl_goes_to_standard_output(target: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    export_documents([full_coded()], "jsonl", target)
    assert json.loads(capsys.readouterr().out) == document_record(full_coded())


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_tables_come_with_their_dictionary(tmp_path: Path, format: str) -> None:
    folder = tmp_path / "new" / "events"
    assert export_documents([full_coded(), EMPTY], format, folder) == 2
    names = {f"{table.name}.{format}" for table in TABLES}
    assert {path.name for path in folder.iterdir()} == names | {"README.md", "datapackage.json"}
    readme = (folder / "README.md").read_text(encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for table, resource in zip(TABLES, package["resources"], strict=True):
        assert resource["path"] == f"{table.name}.{format}"
        assert [field["name"] for field in resource["schema"]["fields"]] == [column.name for column in table.columns]
        assert all(f"| `{column.name}` |" in readme for column in table.columns)
    assert "documents.csv (2 rows)" in readme or "documents.parquet (2 rows)" in readme


def test_csv_and_parquet_say_the_same(tmp_path: Path) -> None:
    for format in ("csv", "parquet"):
        export_documents([full_coded(), EMPTY], format, tmp_path, {full_coded().reports[0].id: "abc"})
    for table in TABLES:
        rows = pq.read_table(tmp_path / f"{table.name}.parquet").to_pylist()
        assert rows
        assert read_csv(tmp_path / f"{table.name}.csv") == [
            {
                key: ""
                if value is None
                else str(value).lower()
                if value in (True, False) and isinstance(value, bool)
                else str(value)
                for key, value in row.items()
            }
            for row in rows
        ]


def test_every_cell_has_the_type_its_column_promises() -> None:
    for table in TABLES:
        for row in table.rows(full_coded(), {}):
            assert list(row) == [column.name for column in table.columns] or set(row) == {c.name for c in table.columns}
            for column in table.columns:
                value = row[column.name]
                assert value is None or type(value) is PYTHON_TYPES[column.type], (table.name, column.name, value)


def test_an_event_row_tells_the_event(tmp_path: Path) -> None:
    export_documents([full_coded()], "parquet", tmp_path)
    strike, arrest = pq.read_table(tmp_path / "events.parquet").to_pylist()
    assert strike["date_start"] == dt.date(2021, 3, 4)
    assert (strike["participants_low"], strike["participants_high"], strike["killed_low"]) == (360, 440, None)
    assert (strike["initiator"], strike["initiator_kind"]) == ("nurses", "workers")
    assert strike["sources"] == "(author); the union Sestre; The clinic"
    assert strike["differing_claims"] == 1
    assert (arrest["part_of"], arrest["group"]) == (strike["event"], "repression")


def test_claims_say_who_says_so(tmp_path: Path) -> None:
    export_documents([full_coded()], "csv", tmp_path)
    (differing,) = [row for row in read_csv(tmp_path / "claims.csv") if row["differs"] == "true"]
    assert (differing["value"], differing["said_by"]) == ("denied", "The clinic")
    text = full_coded().document.text
    for row in read_csv(tmp_path / "evidence.csv"):
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_keys_are_unique_and_references_hold(tmp_path: Path) -> None:
    many = [full_coded(), EMPTY, *(coded_of(f"Strike {number}.") for number in range(3))]
    export_documents(many, "csv", tmp_path)
    tables = {table.name: read_csv(tmp_path / f"{table.name}.csv") for table in TABLES}
    for table in TABLES:
        keys = [tuple(row[column] for column in table.key) for row in tables[table.name]]
        assert len(set(keys)) == len(keys) > 0
        for column, other in table.references.items():
            assert {row[column] for row in tables[table.name]} <= {row[column] for row in tables[other]}


def coded_of(text: str) -> Coded:
    document = make_document(text)
    return Coded(document, (make_report(document),), people=())


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_tables_need_a_folder(format: str) -> None:
    with pytest.raises(ExportError, match="-o FOLDER"):
        export_documents([], format)


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path, format: str) -> None:
    target = tmp_path / "events"
    export_documents([full_coded()], format, target)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def breaks() -> Iterator[Coded]:
        yield EMPTY
        raise ValueError("the store broke")

    with pytest.raises(ValueError, match="the store broke"):
        export_documents(breaks(), format, target)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_store_exports_empty_tables(tmp_path: Path, format: str) -> None:
    assert export_documents([], format, tmp_path / "events") == 0


def test_unknown_formats_and_targets_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"no format 'xls'.*jsonl, csv, parquet"):
        export_documents([], "xls", tmp_path)
    file: Any = tmp_path / "file"
    file.touch()
    with pytest.raises(ExportError, match="file"):
        export_documents([], "csv", file)
    with pytest.raises(ExportError, match="cannot be written"):
        export_documents([], "jsonl", tmp_path / "no" / "such" / "events.jsonl")
