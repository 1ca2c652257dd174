from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.errors import DataError
from tocsin.resources.gate import load_gate

GOOD = {"bias": -1.0, "document": 0.0, "glance": 0.3, "sure": 0.9, "look": 0.5, "weights": {"strike": 2.0}}


def write(folder: Path, record: object) -> Path:
    path = folder / "gate.json"
    path.write_text(record if isinstance(record, str) else json.dumps(record), encoding="utf-8")
    return path


def test_a_gate_is_read_with_a_version_that_follows_its_content(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = load_gate(write(tmp_path / "a", GOOD))
    second = load_gate(write(tmp_path / "b", {**GOOD, "glance": 0.4}))
    assert first.weights == {"strike": 2.0}
    assert first.version != second.version


@pytest.mark.parametrize(
    "record",
    ["{", [], {**GOOD, "bias": "high"}, {**GOOD, "weights": None}, {key: GOOD[key] for key in ("bias", "weights")}],
)
def test_a_faulty_gate_is_named(tmp_path: Path, record: object) -> None:
    with pytest.raises(DataError, match=r"data/models/gate/gate\.json .*train_gate"):
        load_gate(write(tmp_path, record))


def test_a_missing_gate_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="missing"):
        load_gate(tmp_path / "gate.json")
