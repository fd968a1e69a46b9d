"""Messages to people: drafts, what was sent word for word, and what was promised."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLES = (
    "message_draft",
    "message_spare",
    "message_presence",
    "sent_message",
    "promise",
    "tone_version",
)
_SENT = (
    "send_key, batch, escalation_id, audience, stage, medium, way, recipients, contact_ids, subject, body,"
    " field_values, template, template_version, next_update_at, sent_at, by_name, by_id, released_by,"
    " overrides, hash, effect"
)

# What somebody was told is on record as it was told; what was promised was promised.
_GUARDS = (
    ("sent_message_kept", f"UPDATE OF {_SENT} ON sent_message"),
    ("sent_message_undeleted", "DELETE ON sent_message"),
    (
        "promise_kept",
        "UPDATE OF escalation_id, kind, text, made_at, made_by, due_at, sent_id ON promise",
    ),
    ("promise_undeleted", "DELETE ON promise"),
    ("tone_version_kept", "UPDATE ON tone_version"),
    ("tone_version_undeleted", "DELETE ON tone_version"),
)


def upgrade() -> None:
    """Make the tables, parents before children, and guard what was sent and promised."""
    _drafts()
    _sent()
    _promises()
    for name, event in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} "
            "BEGIN SELECT RAISE(ABORT, 'what was told to somebody never changes'); END"
        )


def downgrade() -> None:
    """Take all of it away."""
    for name, _ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _drafts() -> None:
    op.create_table(
        "message_draft",
        _whole("id"),
        _whole("escalation_id"),
        _word("audience"),
        _word("stage"),
        _big("next_update_at", null=True),
        _whole("edition", default="1"),
        _word("author"),
        _whole("author_id", null=True),
        _big("created_at"),
        _big("updated_at"),
        _word("updated_by"),
        _text("texts", default="'{}'"),
        _text("bases", default="'{}'"),
        _text("overrides", default="'{}'"),
        _word("writers", default="'[]'"),
        _text("frozen", default="'{}'"),
        _word("asked_by", default="''"),
        _whole("asked_by_id", null=True),
        _big("asked_at", null=True),
        _word("released_by", default="''"),
        _whole("released_by_id", null=True),
        _big("released_at", null=True),
        _whole("revision", default="0"),
        _foreign("message_draft", "escalation_id", "escalation.id"),
        _foreign("message_draft", "author_id", "person.id"),
        _foreign("message_draft", "asked_by_id", "person.id"),
        _foreign("message_draft", "released_by_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_message_draft"),
        sa.UniqueConstraint("escalation_id", "audience", name="uq_message_draft_escalation_id_audience"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "message_spare",
        _whole("id"),
        _whole("draft_id"),
        _word("medium"),
        _text("subject"),
        _text("body"),
        _word("by_name"),
        _big("at"),
        _big("settled_at", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_message_spare"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_spare_draft_id", "message_spare", ["draft_id"])
    op.create_table(
        "message_presence",
        _whole("id"),
        _whole("escalation_id"),
        _whole("person_id"),
        _big("since_at"),
        _big("seen_at"),
        _foreign("message_presence", "escalation_id", "escalation.id"),
        _foreign("message_presence", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_message_presence"),
        sa.UniqueConstraint("escalation_id", "person_id", name="uq_message_presence_escalation_id_person_id"),
    )


def _sent() -> None:
    op.create_table(
        "sent_message",
        _whole("id"),
        _word("send_key"),
        _word("batch"),
        _whole("escalation_id"),
        _word("audience"),
        _word("stage"),
        _word("medium"),
        _word("way"),
        _text("recipients", default="''"),
        _word("contact_ids", default="'[]'"),
        _text("subject", default="''"),
        _text("body"),
        _text("field_values", default="'{}'"),
        _word("template", default="''"),
        _whole("template_version", default="0"),
        _big("next_update_at", null=True),
        _big("sent_at"),
        _word("by_name"),
        _whole("by_id", null=True),
        _word("released_by", default="''"),
        _text("overrides", default="'{}'"),
        _word("hash"),
        _text("effect", default="'[]'"),
        _word("state"),
        _big("state_at"),
        _text("error", default="''"),
        _whole("revision", default="0"),
        _check(
            "sent_message",
            "state",
            "state IN ('queued', 'sent', 'failed', 'unsure', 'recorded', 'taken_back')",
        ),
        _foreign("sent_message", "escalation_id", "escalation.id"),
        _foreign("sent_message", "by_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_sent_message"),
        sa.UniqueConstraint("send_key", name="uq_sent_message_send_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sent_message_batch", "sent_message", ["batch"])
    op.create_index("ix_sent_message_escalation_id_sent_at", "sent_message", ["escalation_id", "sent_at"])
    op.create_index("ix_sent_message_sent_at", "sent_message", ["sent_at"])


def _promises() -> None:
    op.create_table(
        "promise",
        _whole("id"),
        _whole("escalation_id"),
        _word("kind"),
        _text("text", default="''"),
        _big("made_at"),
        _word("made_by"),
        _whole("owner_id", null=True),
        _big("due_at"),
        _whole("sent_id", null=True),
        _word("state", default="'open'"),
        _big("broken_at", null=True),
        _big("settled_at", null=True),
        _word("settled_by", default="''"),
        _text("reason", default="''"),
        _check("promise", "kind", "kind IN ('next_update', 'fix_by', 'review_by', 'call_back')"),
        _check("promise", "state", "state IN ('open', 'kept', 'broken', 'withdrawn')"),
        _foreign("promise", "escalation_id", "escalation.id"),
        _foreign("promise", "owner_id", "person.id"),
        _foreign("promise", "sent_id", "sent_message.id"),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_promise_due_at", "promise", ["due_at"], sqlite_where=sa.text("state = 'open'"))
    op.create_index("ix_promise_escalation_id_due_at", "promise", ["escalation_id", "due_at"])
    op.create_index("ix_promise_owner_id", "promise", ["owner_id"])
    op.create_table(
        "tone_version",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        _text("document"),
        _word("hash"),
        _text("note", default="''"),
        _word("by_name"),
        _big("at"),
        sa.PrimaryKeyConstraint("number", name="pk_tone_version"),
    )


def _whole(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null, server_default=_sql(default))


def _big(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _word(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=null, server_default=_sql(default))


def _text(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null, server_default=_sql(default))


def _sql(default: str | None) -> sa.TextClause | None:
    return None if default is None else sa.text(default)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=f"ck_{table}_{name}")


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")
