"""Playbooks in use: runs on escalations, their steps, searches that found nothing, proposed changes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLES = ("playbook_run", "playbook_run_step", "playbook_gap", "playbook_proposal")


def upgrade() -> None:
    """Make the tables, parents before children."""
    _runs()
    _gaps()


def downgrade() -> None:
    """Take them away."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _runs() -> None:
    op.create_table(
        "playbook_run",
        _whole("id"),
        _whole("escalation_id"),
        _whole("playbook_id"),
        _whole("version"),
        _big("opened_at"),
        _word("opened_by"),
        _big("ended_at", null=True),
        _word("ended_by", default="''"),
        _whole("stayed", default="0"),
        _foreign("playbook_run", "escalation_id", "escalation.id"),
        _foreign("playbook_run", "playbook_id", "playbook.id"),
        sa.PrimaryKeyConstraint("id", name="pk_playbook_run"),
        sqlite_autoincrement=True,
    )
    for column in ("escalation_id", "playbook_id"):
        op.create_index(f"ix_playbook_run_{column}", "playbook_run", [column])
    op.create_index(
        "uq_playbook_run_open",
        "playbook_run",
        ["escalation_id", "playbook_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "playbook_run_step",
        _whole("id"),
        _whole("run_id"),
        _word("step_id"),
        _whole("version"),
        _word("state", default="'open'"),
        _big("at", null=True),
        _word("by", default="''"),
        *(_text(name, default="''") for name in ("reason", "evidence", "answer")),
        _big("due_at", null=True),
        _whole("hints", default="0"),
        _whole("gone", default="0"),
        _check("playbook_run_step", "state", "state IN ('open', 'done', 'skipped')"),
        _check("playbook_run_step", "at", "(state = 'open') = (at IS NULL)"),
        _foreign("playbook_run_step", "run_id", "playbook_run.id"),
        sa.PrimaryKeyConstraint("id", name="pk_playbook_run_step"),
        sa.UniqueConstraint("run_id", "step_id", name="uq_playbook_run_step_run_id_step_id"),
        sqlite_autoincrement=True,
    )


def _gaps() -> None:
    op.create_table(
        "playbook_gap",
        _whole("id"),
        _word("kind"),
        _text("text"),
        _whole("playbook_id", null=True),
        _word("step_id", default="''"),
        _whole("escalation_id", null=True),
        _big("at"),
        _word("by"),
        _big("answered_at", null=True),
        _whole("answered_version", default="0"),
        _check("playbook_gap", "kind", "kind IN ('not_found', 'unclear')"),
        _foreign("playbook_gap", "playbook_id", "playbook.id"),
        _foreign("playbook_gap", "escalation_id", "escalation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_playbook_gap"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_playbook_gap_escalation_id", "playbook_gap", ["escalation_id"])
    op.create_index(
        "ix_playbook_gap_open", "playbook_gap", ["kind"], sqlite_where=sa.text("answered_at IS NULL")
    )
    op.create_table(
        "playbook_proposal",
        _whole("id"),
        _word("kind"),
        _whole("playbook_id", null=True),
        _word("step_id", default="''"),
        _text("title"),
        _text("evidence"),
        _big("raised_at"),
        _word("state", default="'open'"),
        _big("closed_at", null=True),
        _word("closed_by", default="''"),
        _whole("answered_version", default="0"),
        _check("playbook_proposal", "kind", "kind IN ('skips', 'gaps', 'missing')"),
        _check("playbook_proposal", "state", "state IN ('open', 'answered', 'declined')"),
        _foreign("playbook_proposal", "playbook_id", "playbook.id"),
        sa.PrimaryKeyConstraint("id", name="pk_playbook_proposal"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_playbook_proposal_open", "playbook_proposal", ["kind"], sqlite_where=sa.text("state = 'open'")
    )
    for table in ("playbook_gap", "playbook_proposal"):
        op.create_index(f"ix_{table}_playbook_id", table, ["playbook_id", "step_id"])


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
