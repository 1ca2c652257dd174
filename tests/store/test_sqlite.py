from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from contract import VERSIONS, StoreContract
from factory import full_coded
from sqlalchemy import create_engine

from tocsin.errors import StoreError
from tocsin.store import Store, open_store
from tocsin.store.tables import Base


class TestSqlite(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with open_store(tmp_path / "tocsin.db", create=True) as store:
            yield store


def filled(path: Path) -> Path:
    with open_store(path, create=True) as store:
        store.save(store.open_run(VERSIONS, {}), [full_coded()])
    return path


def test_a_store_keeps_what_it_holds_when_it_is_opened_again(tmp_path: Path) -> None:
    path = filled(tmp_path / "100%.db")
    with open_store(path) as store:
        run = store.latest_run()
        assert run is not None
        assert list(store.load(run)) == [full_coded()]


def test_the_migrations_make_the_tables_that_the_code_describes(tmp_path: Path) -> None:
    with create_engine(f"sqlite:///{filled(tmp_path / 'a.db')}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_store_of_a_newer_tocsin_asks_for_an_upgrade_and_is_left_alone(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"a\.db: written by a newer Tocsin .*pip install --upgrade tocsin"):
        open_store(path)


def test_a_missing_store_is_not_made_by_looking_into_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no such store.*tocsin run"):
        open_store(tmp_path / "a.db")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"Nurses walked out.", b"PK\x03\x04", b"\0" * 100])
def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a Tocsin store"):
        open_store(path, create=True)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="of another program"):
        open_store(path, create=True)
    assert path.read_bytes() == before


def test_a_damaged_store_is_a_store_error(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError, match=r"a\.db"), open_store(path) as store:
        list(store.load(store.runs()[0]))


@pytest.mark.parametrize(("name", "message"), [(".", "is a folder"), ("no/such/a.db", "folder .* does not exist")])
def test_a_store_needs_a_file_name_in_a_folder(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        open_store(tmp_path / name, create=True)


def test_an_empty_file_becomes_a_store_only_where_one_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with pytest.raises(StoreError, match="an empty file"):
        open_store(path)
    with open_store(path, create=True) as store:
        assert store.runs() == ()


def test_what_a_killed_program_had_saved_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    script = (
        "import os, signal, sys; sys.path[:0] = [sys.argv[2], sys.argv[2] + '/store']\n"
        "from factory import full_coded, make_document; from tocsin.store import open_store\n"
        "from tocsin.vocabulary import Coded\n"
        "store = open_store(sys.argv[1], create=True); run = store.open_run({}, {}); store.save(run, [full_coded()])\n"
        "writing = store._writing(); session = writing.__enter__()\n"
        "store._save_one(session, run, Coded(make_document('Half a batch.'))); session.flush()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(path), str(Path(__file__).parents[1])], check=False)
    with open_store(path) as store:
        assert list(store.load(store.runs()[0])) == [full_coded()]
