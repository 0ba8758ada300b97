"""Who graded what was received when; evidence, marks by hand, releases."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Widen attempts, of which older ones don't say these things, and make the other tables."""
    op.add_column("attempts", sa.Column("graded_by", sa.String, nullable=False, server_default=""))
    op.add_column("attempts", sa.Column("key", sa.String, nullable=False, server_default=""))
    op.add_column("attempts", sa.Column("number", sa.Integer, nullable=False, server_default="1"))
    op.add_column("attempts", sa.Column("is_late", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("attempts", sa.Column("received_at", sa.DateTime(timezone=True)))
    op.create_table(
        "evidence",
        sa.Column("attempt", sa.Integer, sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", sa.String, nullable=False, index=True),
        sa.Column("target", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("points", sa.Double, nullable=False),
        sa.Column("out_of", sa.Double, nullable=False),
        sa.Column("comment", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", sa.String, nullable=False, index=True),
        sa.Column("attempt", sa.Integer, sa.ForeignKey("attempts.id"), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.drop_table("schema_version", if_exists=True)  # which said 1 before Alembic said what is what
