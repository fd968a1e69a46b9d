"""The register of gaps, and actions with one owner each."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_GAP_STATES = "'proposed', 'open', 'accepted', 'declined', 'action_linked', 'verified', 'closed'"
_ACTION_STATES = "'proposed', 'accepted', 'in_progress', 'done', 'verified', 'declined', 'superseded'"
_KINDS = "'mitigate', 'prevent', 'detect', 'process', 'train', 'communicate'"
_SEEN = "id, category, code, run_id, escalation_id, expectation, evidence, found_at, proposed_by"

_GUARDS = (
    ("gap_kept", f"UPDATE OF {_SEEN} ON gap", "1", "what a gap was seen by never changes"),
    ("gap_undeleted", "DELETE ON gap", "1", "a gap stays in the register"),
    (
        "gap_proved",
        "UPDATE OF state ON gap",
        "NEW.state IN ('verified', 'closed') AND NEW.verified_by_run IS NULL AND NEW.waiver = ''",
        "a gap is closed by a later drill or a written waiver",
    ),
    ("action_undeleted", "DELETE ON action", "1", "an action stays on record"),
)


def upgrade() -> None:
    """Make the tables: a gap may lead to an action, an action may stand for several gaps."""
    _actions()
    _gaps()
    for name, event, condition, sentence in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


def downgrade() -> None:
    """Take all of it away."""
    for name, *_ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("gap")
    op.drop_table("action")


def _actions() -> None:
    op.create_table(
        "action",
        _whole("id"),
        _text("text"),
        _word("kind"),
        _word("state", default="'proposed'"),
        _whole("owner_id"),
        _word("due"),
        _big("made_at"),
        _word("made_by"),
        _whole("run_id", null=True),
        _whole("escalation_id", null=True),
        _whole("gap_id", null=True),
        _text("evidence", default="''"),
        _word("verified_by", default="''"),
        _text("why", default="''"),
        _big("settled_at", null=True),
        _check("action", "kind", f"kind IN ({_KINDS})"),
        _check("action", "state", f"state IN ({_ACTION_STATES})"),
        _foreign("action", "owner_id", "person.id"),
        _foreign("action", "run_id", "drill_run.id"),
        _foreign("action", "escalation_id", "escalation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_action_owner_id_due", "action", ["owner_id", "due"])
    op.create_index("ix_action_run_id", "action", ["run_id"])
    op.create_index("ix_action_escalation_id", "action", ["escalation_id"])
    op.create_index("ix_action_gap_id", "action", ["gap_id"])


def _gaps() -> None:
    op.create_table(
        "gap",
        _whole("id"),
        _word("category"),
        _word("code"),
        _text("title"),
        _text("detail", default="''"),
        _whole("severity"),
        _word("state", default="'proposed'"),
        _big("found_at"),
        _word("proposed_by"),
        _text("team", default="''"),
        _whole("run_id", null=True),
        _whole("escalation_id", null=True),
        _word("expectation", default="''"),
        _text("evidence", default="'[]'"),
        _text("places", default="'[]'"),
        _whole("owner_id", null=True),
        _word("due", default="''"),
        _whole("action_id", null=True),
        _word("playbook_slug", default="''"),
        _word("playbook_step", default="''"),
        _whole("recurrence_of", null=True),
        _whole("times", default="1"),
        _word("confirmed_by", default="''"),
        _text("declined_why", default="''"),
        _text("waiver", default="''"),
        _word("waived_by", default="''"),
        _whole("verified_by_run", null=True),
        _big("closed_at", null=True),
        _word("closed_by", default="''"),
        _check("gap", "severity", "severity BETWEEN 1 AND 3"),
        _check("gap", "state", f"state IN ({_GAP_STATES})"),
        _check("gap", "source", "run_id IS NULL OR escalation_id IS NULL"),
        _foreign("gap", "run_id", "drill_run.id"),
        _foreign("gap", "escalation_id", "escalation.id"),
        _foreign("gap", "owner_id", "person.id"),
        _foreign("gap", "action_id", "action.id"),
        _foreign("gap", "recurrence_of", "gap.id"),
        _foreign("gap", "verified_by_run", "drill_run.id"),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_gap_code_found_at", "gap", ["code", "found_at"])
    op.create_index(
        "ix_gap_proposal",
        "gap",
        ["run_id", "expectation", "code"],
        unique=True,
        sqlite_where=sa.text("run_id IS NOT NULL AND expectation <> ''"),
    )
    for column in ("run_id", "escalation_id", "owner_id", "action_id", "recurrence_of", "verified_by_run"):
        op.create_index(f"ix_gap_{column}", "gap", [column])


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
