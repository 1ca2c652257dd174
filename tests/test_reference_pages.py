from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import tocsin
from tocsin.export import document_record
from tocsin.export.tables import TABLES
from tocsin.store.tables import Base

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_every_public_name_is_in_the_reference() -> None:
    known = set(re.findall(r"`(\w+)`", page("python.md")))
    assert set(tocsin.__all__) - {"__version__"} <= known


def test_every_table_of_the_store_is_in_the_reference() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", page("store.md"), re.MULTILINE)) == set(Base.metadata.tables)


def test_every_key_of_a_record_is_in_the_reference() -> None:
    from factory import full_coded

    record = document_record(full_coded(), {full_coded().reports[0].id: "abc"})
    named = set(re.findall(r"`(\w+)`", page("exports.md")))
    assert set(record) | set(record["events"][0]) | set(record["events"][0]["place"]) <= named
    assert {table.name for table in TABLES} <= named


@pytest.mark.parametrize("name", ["python.md", "store.md", "exports.md"])
def test_every_python_example_is_python_that_names_what_is_there(name: str) -> None:
    examples = re.findall(r"```python\n(.*?)```", page(name), re.DOTALL)
    assert examples
    for example in examples:
        for node in ast.walk(ast.parse(example)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "tocsin":
                assert hasattr(tocsin, node.attr)
            if isinstance(node, ast.ImportFrom) and node.module == "tocsin":
                assert all(hasattr(tocsin, alias.name) for alias in node.names)
