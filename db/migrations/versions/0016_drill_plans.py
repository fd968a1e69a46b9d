"""Drills that come again by the calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; an empty scenario is drawn by the wheel of misfortune when the time has come."""
    op.create_table(
        "drill_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.Column("team", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("removed_by", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.PrimaryKeyConstraint("id", name="pk_drill_plan"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_drill_plan_next_at", "drill_plan", ["next_at"], sqlite_where=sa.text("removed_at IS NULL")
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("drill_plan")
