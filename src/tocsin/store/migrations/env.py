"""What Alembic runs first. Migrations only ever run on a connection that ``tocsin.store.migrate`` hands over."""

from alembic import context

from tocsin.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter a column in place: later migrations copy the table.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
