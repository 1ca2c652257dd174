"""What linking one more document needs (blocks, by which rules), and what people judge."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "link_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_row", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_row"], ["reports.row"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "report_row"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_link_keys_report_row"), "link_keys", ["report_row"], unique=False)
    op.create_table(
        "linkings",
        sa.Column("run_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
        sa.PrimaryKeyConstraint("run_id"),
    )
    op.create_table(
        "judgements",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("left_id", sa.String(length=16), nullable=False),
        sa.Column("right_id", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("left_document", sa.String(length=24), nullable=False),
        sa.Column("left_start", sa.Integer(), nullable=False),
        sa.Column("left_end", sa.Integer(), nullable=False),
        sa.Column("right_document", sa.String(length=24), nullable=False),
        sa.Column("right_start", sa.Integer(), nullable=False),
        sa.Column("right_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["left_document"], ["documents.id"]),
        sa.ForeignKeyConstraint(["right_document"], ["documents.id"]),
        sa.PrimaryKeyConstraint("row"),
    )
    op.create_index(op.f("ix_judgements_left_id_right_id"), "judgements", ["left_id", "right_id"], unique=False)
