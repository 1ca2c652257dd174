"""Documents, runs, outcomes, reports with claims, attributions and evidence, and incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("publisher", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("language", sa.String(length=35)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "incidents",
        sa.Column("run_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
        sa.PrimaryKeyConstraint("run_id", "id"),
    )
    op.create_table(
        "outcomes",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(length=24)),
        sa.Column("status", sa.String(length=7), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
        sa.PrimaryKeyConstraint("row"),
    )
    op.create_index(op.f("ix_outcomes_run_id_document_id"), "outcomes", ["run_id", "document_id"], unique=False)
    op.create_index(op.f("ix_outcomes_run_id_name"), "outcomes", ["run_id", "name"], unique=False)
    op.create_table(
        "reports",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.String(length=16), nullable=False),
        sa.Column("document_id", sa.String(length=24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("factuality", sa.String(length=16), nullable=False),
        sa.Column("part_of", sa.String(length=16)),
        sa.Column("date_start", sa.Date()),
        sa.Column("date_end", sa.Date()),
        sa.Column("date_precision", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("settlement", sa.Text()),
        sa.Column("admin1", sa.Text()),
        sa.Column("country", sa.String(length=2)),
        sa.Column("latitude", sa.Double()),
        sa.Column("longitude", sa.Double()),
        sa.Column("place_search", sa.Text(), nullable=False),
        sa.Column("score", sa.Double()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
        sa.PrimaryKeyConstraint("row"),
    )
    op.create_index(op.f("ix_reports_run_id_country"), "reports", ["run_id", "country"], unique=False)
    op.create_index(op.f("ix_reports_run_id_date_start"), "reports", ["run_id", "date_start"], unique=False)
    op.create_index(
        op.f("ix_reports_run_id_document_id_position"), "reports", ["run_id", "document_id", "position"], unique=True
    )
    op.create_index(op.f("ix_reports_run_id_id"), "reports", ["run_id", "id"], unique=False)
    op.create_index(op.f("ix_reports_run_id_type"), "reports", ["run_id", "type"], unique=False)
    op.create_table(
        "attributions",
        sa.Column("report_row", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_row"], ["reports.row"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_row", "position"),
    )
    op.create_table(
        "claims",
        sa.Column("report_row", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_row"], ["reports.row"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_row", "position"),
    )
    op.create_table(
        "incident_links",
        sa.Column("run_id", sa.String(length=16), nullable=False),
        sa.Column("incident_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("left_id", sa.String(length=16), nullable=False),
        sa.Column("right_id", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id", "incident_id"], ["incidents.run_id", "incidents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "incident_id", "position"),
    )
    op.create_table(
        "incident_members",
        sa.Column("run_id", sa.String(length=16), nullable=False),
        sa.Column("incident_id", sa.String(length=16), nullable=False),
        sa.Column("report_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["run_id", "incident_id"], ["incidents.run_id", "incidents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "incident_id", "report_id"),
    )
    op.create_index(
        op.f("ix_incident_members_run_id_report_id"), "incident_members", ["run_id", "report_id"], unique=False
    )
    op.create_table(
        "evidence",
        sa.Column("report_row", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("claim", sa.Integer()),
        sa.Column("attribution", sa.Integer()),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_row", "attribution"], ["attributions.report_row", "attributions.position"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["report_row", "claim"], ["claims.report_row", "claims.position"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_row"], ["reports.row"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_row", "position"),
    )
