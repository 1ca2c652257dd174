from __future__ import annotations

from pathlib import Path

from tocsin.resources.fingerprint import _digest, _files, code_version, data_versions


def test_versions_are_short_hashes_that_stay_the_same() -> None:
    code_version.cache_clear()
    first = code_version()
    code_version.cache_clear()
    assert code_version() == first
    assert len(first) == 12
    assert {"gazetteer", "lexicons", "accounts.yaml"} <= set(data_versions())


def test_data_that_does_not_code_makes_no_new_version() -> None:
    assert not {"map", "models", "linking.yaml"} & set(data_versions())


def test_a_changed_renamed_or_added_file_changes_the_hash(tmp_path: Path) -> None:
    def version() -> str:
        return _digest(_files([tmp_path]), ".yaml")

    versions = []
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "a.yaml").write_text("one")
    versions.append(version())
    (tmp_path / "a.yaml").write_text("two")
    versions.append(version())
    (tmp_path / "a.yaml").rename(tmp_path / "b.yaml")
    versions.append(version())
    (tmp_path / "c.yaml").write_text("")
    versions.append(version())
    assert len(set(versions)) == 4
    (tmp_path / "notes.txt").write_text("not data")
    (tmp_path / "__pycache__" / "d.yaml").write_text("built")
    assert version() == versions[-1]
