"""The persons that a document names, which masking needs; NULL in outcomes of older coders."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """To this revision."""
    op.add_column("outcomes", sa.Column("people", sa.JSON(none_as_null=True)))
