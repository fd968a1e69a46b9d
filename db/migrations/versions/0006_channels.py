"""Channels of people, tokens that acknowledge a page, and the channel of an outbox row."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; nobody has a channel yet."""
    _channel()
    _page_token()
    # No foreign key: SQLite could not take the column away again. A channel's row is never deleted.
    op.execute("ALTER TABLE outbox ADD COLUMN channel_id INTEGER")
    op.create_index("ix_outbox_held", "outbox", ["try_at"], sqlite_where=sa.text("state = 'held'"))


def downgrade() -> None:
    """Take all of it away; what was kept in the keyring stays there."""
    op.drop_index("ix_outbox_held", "outbox")
    op.execute("ALTER TABLE outbox DROP COLUMN channel_id")
    op.drop_table("page_token")
    op.drop_table("channel")


def _channel() -> None:
    op.create_table(
        "channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("secret_name", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("enabled", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("tested_at", sa.BigInteger(), nullable=True),
        sa.Column("test_state", sa.String(), server_default=sa.text("'untested'"), nullable=False),
        sa.Column("last_ok_at", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("last_error_at", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        _check("channel", "kind", "kind IN ('mail', 'chat', 'sms', 'webhook')"),
        _check("channel", "enabled", "enabled IN (0, 1)"),
        _check("channel", "test_state", "test_state IN ('untested', 'under way', 'sent', 'failed')"),
        _refers("channel", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_channel"),
        sa.UniqueConstraint("secret_name", name="uq_channel_secret_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_channel_person_id_position", "channel", ["person_id", "position"])


def _page_token() -> None:
    op.create_table(
        "page_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("alarm_id", sa.Integer(), nullable=True),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        _check("page_token", "purpose", "purpose IN ('link', 'mail')"),
        _refers("page_token", "outbox_id", "outbox.id"),
        _refers("page_token", "alarm_id", "alarm.id"),
        _refers("page_token", "escalation_id", "escalation.id"),
        _refers("page_token", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_page_token"),
        sa.UniqueConstraint("hash", name="uq_page_token_hash"),
    )
    for column in ("outbox_id", "alarm_id", "escalation_id"):
        op.create_index(f"ix_page_token_{column}", "page_token", [column])
    op.create_index(
        "ix_page_token_expires_at", "page_token", ["expires_at"], sqlite_where=sa.text("used_at IS NULL")
    )


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")
