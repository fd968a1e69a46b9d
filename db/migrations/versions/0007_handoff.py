"""Handoffs with their items, questions and notes; stand-ups with the turns of owners."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = ("handoff", "handoff_item", "handoff_question", "handoff_note", "standup", "standup_turn")
_PARTS = ("summary", "impact", "actions", "owners", "next_steps", "risk")

# What was handed over is on record: later words are questions and answers, not other words.
_GUARDS = (
    (
        "handoff_offered",
        "UPDATE OF from_id, drafted_at, facts, parts_filled, parts_wanted ON handoff",
        "OLD.offered_at IS NOT NULL",
    ),
    (
        "handoff_item_offered",
        f"UPDATE OF handoff_id, escalation_id, {', '.join(_PARTS)} ON handoff_item",
        "(SELECT offered_at FROM handoff WHERE id = OLD.handoff_id) IS NOT NULL",
    ),
    (
        "handoff_item_undeleted",
        "DELETE ON handoff_item",
        "(SELECT offered_at FROM handoff WHERE id = OLD.handoff_id) IS NOT NULL",
    ),
    ("handoff_question_kept", "UPDATE OF item_id, question, asked_at, asked_by ON handoff_question", "1"),
    ("handoff_question_answered", "UPDATE OF answer ON handoff_question", "OLD.answered_at IS NOT NULL"),
    ("handoff_question_undeleted", "DELETE ON handoff_question", "1"),
)


def upgrade() -> None:
    """Make the tables, parents before children, and guard what was handed over."""
    _handoffs()
    _items()
    _standups()
    for name, event, condition in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            "BEGIN SELECT RAISE(ABORT, 'what was handed over never changes'); END"
        )


def downgrade() -> None:
    """Take all of it away."""
    for name, *_ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _handoffs() -> None:
    op.create_table(
        "handoff",
        _whole("id"),
        _whole("from_id"),
        _whole("to_id", null=True),
        _word("team", default="''"),
        _big("shift_end_at", null=True),
        _big("drafted_at"),
        _big("filled_at"),
        _big("offered_at", null=True),
        _big("withdrawn_at", null=True),
        _big("alarm_at", null=True),
        _big("alarmed_at", null=True),
        _word("state", default="'draft'"),
        _text("facts", default="''"),
        _whole("parts_filled", default="0"),
        _whole("parts_wanted", default="0"),
        _whole("revision", default="0"),
        _check("handoff", "state", "state IN ('draft', 'offered', 'withdrawn')"),
        _check("handoff", "offered", "(state = 'offered') <= (offered_at IS NOT NULL AND to_id IS NOT NULL)"),
        _foreign("handoff", "from_id", "person.id"),
        _foreign("handoff", "to_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_handoff"),
        sqlite_autoincrement=True,
    )
    for column in ("from_id", "to_id"):
        op.create_index(f"ix_handoff_{column}", "handoff", [column])
    op.create_index(
        "uq_handoff_draft", "handoff", ["from_id"], unique=True, sqlite_where=sa.text("state = 'draft'")
    )
    op.create_index(
        "ix_handoff_alarm_at",
        "handoff",
        ["alarm_at"],
        sqlite_where=sa.text("alarm_at IS NOT NULL AND alarmed_at IS NULL"),
    )


def _items() -> None:
    op.create_table(
        "handoff_item",
        _whole("id"),
        _whole("handoff_id"),
        _whole("escalation_id"),
        _whole("position"),
        *(_text(part, default="''") for part in _PARTS),
        _word("typed", default="'[]'"),
        _big("added_at"),
        _word("state", default="'open'"),
        _text("why", default="''"),
        _big("answered_at", null=True),
        _word("answered_by", default="''"),
        _check("handoff_item", "state", "state IN ('open', 'accepted', 'declined', 'dropped')"),
        _foreign("handoff_item", "handoff_id", "handoff.id"),
        _foreign("handoff_item", "escalation_id", "escalation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_item"),
        sa.UniqueConstraint("handoff_id", "escalation_id", name="uq_handoff_item_handoff_id_escalation_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handoff_item_escalation_id", "handoff_item", ["escalation_id"])
    op.create_table(
        "handoff_question",
        _whole("id"),
        _whole("item_id"),
        _text("question"),
        _big("asked_at"),
        _word("asked_by"),
        _text("answer", default="''"),
        _big("answered_at", null=True),
        _word("answered_by", default="''"),
        _foreign("handoff_question", "item_id", "handoff_item.id"),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_question"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handoff_question_item_id", "handoff_question", ["item_id"])
    op.create_table(
        "handoff_note",
        _whole("id"),
        _whole("handoff_id"),
        _word("kind"),
        _text("text"),
        _big("added_at"),
        _word("added_by"),
        _check("handoff_note", "kind", "kind IN ('do_not', 'risky', 'decision', 'knows')"),
        _foreign("handoff_note", "handoff_id", "handoff.id"),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_note"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handoff_note_handoff_id", "handoff_note", ["handoff_id"])


def _standups() -> None:
    op.create_table(
        "standup",
        _whole("id"),
        _big("started_at"),
        _word("started_by"),
        _big("since_at"),
        _big("next_at"),
        _big("ended_at", null=True),
        _whole("turn_s"),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_standup"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_standup_started_at", "standup", ["started_at"])
    op.create_table(
        "standup_turn",
        _whole("id"),
        _whole("standup_id"),
        _whole("owner_id", null=True),
        _big("started_at"),
        _big("ended_at", null=True),
        _foreign("standup_turn", "standup_id", "standup.id"),
        _foreign("standup_turn", "owner_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_standup_turn"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_standup_turn_standup_id", "standup_turn", ["standup_id"])


def _whole(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null, server_default=_sql(default))


def _big(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, server_default=_sql(default))


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
