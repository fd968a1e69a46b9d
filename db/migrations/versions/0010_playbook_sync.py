"""The Git repository a desk keeps its playbooks in, and what of it was left alone."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "playbook_remote",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("address", sa.String(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''"))
            for name in ("branch", "folder", "user")
        ),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("commit_id", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.Column("pushed_at", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.CheckConstraint("id = 1", name="ck_playbook_remote_one"),
        sa.PrimaryKeyConstraint("id", name="pk_playbook_remote"),
    )
    op.create_table(
        "playbook_left",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=False),
        sa.Column("left_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slug", "number", "hash", name="pk_playbook_left"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("playbook_left")
    op.drop_table("playbook_remote")
