"""A store in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import SQLAlchemyError

from tocsin.errors import StoreError
from tocsin.store.migrate import upgrade
from tocsin.store.sql import WRITES, SqlStore
from tocsin.store.tables import Base

# The first bytes of every SQLite file that holds anything.
MAGIC = b"SQLite format 3\0"

# How long to wait, in seconds, for another program that writes.
PATIENCE = 30.0


def open_store(path: str | Path, *, create: bool = False) -> SqlStore:
    """Open a store, bringing its tables up to date.

    Args:
        path: an SQLite file written by Tocsin; with ``create``, also a new or empty file.
        create: make the store if there is none. Without it a missing file is an error, so that a mistyped
            name does not leave an empty store behind.

    Raises:
        StoreError: the file is missing, not a Tocsin store, written by a newer Tocsin, or cannot be used.
    """
    path = Path(path)
    fresh = _look_at(path, create)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE}, json_serializer=_json)
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    try:
        if not fresh:
            _refuse_others(engine, path)
        upgrade(engine, str(path))
    except SQLAlchemyError as error:
        engine.dispose()
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise StoreError(f"{path}: cannot be opened as a store: {reason}. Check the file and its folder.") from error
    except StoreError:
        engine.dispose()
        raise
    return SqlStore(engine, str(path))


def _look_at(path: Path, create: bool) -> bool:
    """Whether the store is still to be made; StoreError where no SQLite file can be opened."""
    if path.is_dir():
        raise StoreError(f"{path}: is a folder. Name a file, for instance {path / 'tocsin.db'}.")
    if not path.exists():
        if not create:
            raise StoreError(f"{path}: there is no such store. Make it with: tocsin run ARTICLES --store {path}")
        if not path.parent.is_dir():
            raise StoreError(f"{path}: the folder {path.parent} does not exist. Make it first.")
        return True
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}. Check its permissions.") from None
    if head and head != MAGIC:
        raise StoreError(f"{path}: not a Tocsin store, nor any SQLite database. Give another name with --store.")
    if not head and not create:
        raise StoreError(f"{path}: an empty file, not a store. Fill it with: tocsin run ARTICLES --store {path}")
    return not head


def _refuse_others(engine: Engine, path: Path) -> None:
    """Another program's database is left as it is."""
    tables = set(inspect(engine).get_table_names())
    if tables and ("alembic_version" not in tables or not tables & set(Base.metadata.tables)):
        raise StoreError(
            f"{path}: an SQLite database of another program, not a Tocsin store. Name another with --store."
        )


def _connected(connection: sqlite3.Connection, record: Any) -> None:
    # Transactions are begun below, not by the driver: it would leave the making of tables outside of them.
    connection.isolation_level = None
    # SQLite checks foreign keys only where it is asked to.
    connection.execute("PRAGMA foreign_keys = ON")


def _begun(connection: Connection) -> None:
    # Who is going to write says so at once and waits for its turn; who changes from reading to writing in the
    # middle of a transaction is sent away without waiting.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _json(value: Any) -> str:
    # As written, not as escapes: people read the store with other tools.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
