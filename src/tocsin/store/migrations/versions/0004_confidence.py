"""How often what looks like this is right, for reports, rows and claims; NULL in runs of older coders."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """To this revision."""
    op.add_column("reports", sa.Column("confidence", sa.Double()))
    op.add_column("reports", sa.Column("row_confidence", sa.Double()))
    op.add_column("claims", sa.Column("confidence", sa.Double()))
