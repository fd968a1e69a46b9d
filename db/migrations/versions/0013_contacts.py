"""Who is written to: contacts of customers and of the desk, and which messages went to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_CIRCLES = "('customer', 'account', 'executive', 'engineers')"
_STATES = "('waiting', 'sending', 'sent', 'failed', 'unsure', 'held_back')"
# To whom a message was sent is on record: only what became of it changes.
_GUARDS = (
    (
        "message_recipient_kept",
        "UPDATE OF sent_id, escalation_id, contact_id, circle, reach, name, address ON message_recipient",
        "1",
    ),
    ("message_recipient_named", "UPDATE OF message_id ON message_recipient", "OLD.message_id <> ''"),
    ("message_recipient_undeleted", "DELETE ON message_recipient", "1"),
)


def upgrade() -> None:
    """Make the tables, and guard to whom a message went."""
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        _word("circle"),
        _word("name"),
        _word("reach"),
        _word("address"),
        _word("secret_name", default="''"),
        _word("zone", default="''"),
        sa.Column("is_default", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.CheckConstraint(f"circle IN {_CIRCLES}", name="ck_contact_circle"),
        sa.CheckConstraint("reach IN ('mail', 'chat')", name="ck_contact_reach"),
        sa.CheckConstraint("is_default IN (0, 1)", name="ck_contact_is_default"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_contact_customer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_customer_id", "contact", ["customer_id"])
    _recipients()
    for name, event, condition in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            "BEGIN SELECT RAISE(ABORT, 'to whom a message went never changes'); END"
        )


def downgrade() -> None:
    """Take all of it away."""
    for name, *_ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("message_recipient")
    op.drop_table("contact")


def _recipients() -> None:
    op.create_table(
        "message_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sent_id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        _word("circle"),
        _word("reach"),
        _word("name"),
        _word("address"),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        _word("state", default="'waiting'"),
        sa.Column("state_at", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False, server_default=sa.text("''")),
        _word("message_id", default="''"),
        sa.CheckConstraint(f"circle IN {_CIRCLES}", name="ck_message_recipient_circle"),
        sa.CheckConstraint("reach IN ('mail', 'chat')", name="ck_message_recipient_reach"),
        sa.CheckConstraint(f"state IN {_STATES}", name="ck_message_recipient_state"),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalation.id"], name="fk_message_recipient_escalation_id"
        ),
        sa.ForeignKeyConstraint(["sent_id"], ["sent_message.id"], name="fk_message_recipient_sent_id"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_message_recipient_contact_id"),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_message_recipient_outbox_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message_recipient"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_recipient_sent_id", "message_recipient", ["sent_id"])
    op.create_index("ix_message_recipient_escalation_id", "message_recipient", ["escalation_id"])
    op.create_index("ix_message_recipient_outbox_id", "message_recipient", ["outbox_id"])


def _word(name: str, *, default: str | None = None) -> sa.Column[str]:
    return sa.Column(
        name, sa.String(), nullable=False, server_default=None if default is None else sa.text(default)
    )
