"""Brings a database to the newest schema, by the migrations shipped beside this file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from tocsin.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, name: str) -> None:
    """Create the tables, or change those of an older version; nothing happens to a store that is up to date.

    Raises:
        StoreError: the store was written by a newer Tocsin.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(config)
    if current == scripts.get_current_head():
        return
    if current is not None:
        _refuse_newer(scripts, current, name)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_newer(scripts: ScriptDirectory, revision: str, name: str) -> None:
    try:
        scripts.get_revision(revision)
    except CommandError:
        raise StoreError(
            f"{name}: written by a newer Tocsin (schema {revision}). Upgrade with: pip install --upgrade tocsin"
        ) from None
