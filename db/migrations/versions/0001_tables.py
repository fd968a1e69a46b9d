"""The tables of the first version; instants are whole microseconds since the epoch."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, parents before children, and the head of an empty chain."""
    _people()
    _policies()
    _escalations()
    _commitments()
    _timeline()
    _alarms()
    _evidence()
    _keeping()
    op.execute(f"INSERT INTO chain_head (id, seq, hash, revision) VALUES (1, 0, '{64 * '0'}', 0)")


def downgrade() -> None:
    """Drop them, children first."""
    for table in reversed(_TABLES):
        op.drop_table(table)


_TABLES = (
    "person",
    "person_role",
    "customer",
    "policy",
    "escalation",
    "number_alias",
    "watcher",
    "commitment",
    "pause",
    "timeline",
    "chain_head",
    "alarm",
    "snooze",
    "outbox",
    "outbox_history",
    "content",
    "evidence",
    "draft",
    "saved_view",
    "setting",
    "import_mapping",
)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


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


def _refers(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete=ondelete)


def _index(name: str, table: str, *columns: str, where: str | None = None, unique: bool = False) -> None:
    condition = _sql(where)
    op.create_index(
        name, table, list(columns), unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def _people() -> None:
    op.create_table(
        "person",
        _id(),
        _word("name"),
        _word("initials"),
        _word("email", default="''"),
        _word("team", default="''"),
        _word("zone", default="'UTC'"),
        _word("quiet_from", null=True),
        _word("quiet_to", null=True),
        _whole("active", default="1"),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        _check("person", "active", "active IN (0, 1)"),
        _check("person", "quiet_pair", "(quiet_from IS NULL) = (quiet_to IS NULL)"),
        sa.UniqueConstraint("name", name="uq_person_name"),
    )
    op.create_table(
        "person_role",
        _id(),
        _whole("person_id"),
        _word("role"),
        sa.PrimaryKeyConstraint("id", name="pk_person_role"),
        _refers("person_role", "person_id", "person.id", ondelete="CASCADE"),
        sa.UniqueConstraint("person_id", "role", name="uq_person_role_person_id_role"),
    )
    op.create_table(
        "customer",
        _id(),
        _word("name"),
        _word("name_key"),
        _word("tier", null=True),
        _big("revenue", null=True),
        _word("currency", default="'EUR'"),
        _word("region", default="''"),
        _whole("account_owner_id", null=True),
        _whole("sample", default="0"),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_customer"),
        _check("customer", "revenue", "revenue IS NULL OR revenue >= 0"),
        _refers("customer", "account_owner_id", "person.id"),
        sa.UniqueConstraint("name_key", name="uq_customer_name_key"),
    )


def _policies() -> None:
    op.create_table(
        "policy",
        _whole("version"),
        _word("name"),
        _text("body"),
        _big("active_at"),
        _big("created_at"),
        _word("created_by"),
        sa.PrimaryKeyConstraint("version", name="pk_policy"),
    )


def _escalations() -> None:
    op.create_table(
        "escalation",
        _id(),
        _word("number"),
        _whole("year"),
        _whole("sequence"),
        _text("title"),
        _text("description", default="''"),
        _word("state"),
        _whole("severity"),
        _whole("severity_computed", null=True),
        _word("area", default="''"),
        _word("issue_type", default="''"),
        _whole("customer_id"),
        _word("team", default="''"),
        _whole("owner_id", null=True),
        _word("reporter", default="''"),
        _word("source", default="''"),
        _word("external_source", null=True),
        _word("external_ref", null=True),
        _whole("business_impact", null=True),
        _whole("reputational_risk", null=True),
        _whole("score", null=True),
        _whole("score_computed", null=True),
        _word("priority", null=True),
        _word("priority_computed", null=True),
        _whole("provisional", default="0"),
        _word("override_reason", null=True),
        _word("override_by", null=True),
        _whole("policy_version"),
        _big("opened_at"),
        _big("created_at"),
        _word("created_by"),
        _big("acknowledged_at", null=True),
        _word("acknowledged_by", null=True),
        _big("contained_at", null=True),
        _big("resolved_at", null=True),
        _big("closed_at", null=True),
        _whole("merged_into_id", null=True),
        _whole("acknowledge_wanted", default="0"),
        _whole("needs_review", default="0"),
        _word("waiting_on", default="''"),
        _big("snoozed_until", null=True),
        _big("forget_after_s", null=True),
        _big("forget_at", null=True),
        _big("last_event_at"),
        _word("next_step", default="''"),
        _word("next_told", default="''"),
        _big("next_told_at", null=True),
        _word("clock_kind", null=True),
        _whole("clock_paused", default="0"),
        _whole("clock_step", null=True),
        _big("clock_warming_at", null=True),
        _big("clock_at_risk_at", null=True),
        _big("clock_soon_at", null=True),
        _big("clock_due_at", null=True),
        _big("clock_until", null=True),
        _whole("made_sla", null=True),
        _whole("sample", default="0"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name="pk_escalation"),
        _check("escalation", "business_impact", "business_impact IS NULL OR business_impact BETWEEN 0 AND 5"),
        _check("escalation", "priority", "priority IS NULL OR priority IN ('P1', 'P2', 'P3', 'P4')"),
        _check(
            "escalation",
            "reputational_risk",
            "reputational_risk IS NULL OR reputational_risk BETWEEN 0 AND 5",
        ),
        _check("escalation", "score", "score IS NULL OR score BETWEEN 0 AND 100"),
        _check("escalation", "severity", "severity BETWEEN 1 AND 4"),
        _check(
            "escalation",
            "state",
            "state IN ('new', 'triaged', 'acknowledged', 'working', 'contained', "
            "'resolved', 'closed', 'standard', 'merged')",
        ),
        _refers("escalation", "customer_id", "customer.id"),
        _refers("escalation", "merged_into_id", "escalation.id"),
        _refers("escalation", "owner_id", "person.id"),
        sa.UniqueConstraint("number", name="uq_escalation_number"),
        sa.UniqueConstraint("year", "sequence", name="uq_escalation_year_sequence"),
        sqlite_autoincrement=True,
    )
    _index("ix_escalation_clock_until", "escalation", "clock_until", where="clock_until IS NOT NULL")
    _index("ix_escalation_customer_id", "escalation", "customer_id")
    _index("ix_escalation_forget_at", "escalation", "forget_at", where="forget_at IS NOT NULL")
    _index("ix_escalation_merged_into_id", "escalation", "merged_into_id", where="merged_into_id IS NOT NULL")
    _index(
        "ix_escalation_open_due",
        "escalation",
        "clock_due_at",
        "score",
        "state",
        "clock_kind",
        "clock_paused",
        "clock_step",
        "clock_warming_at",
        "clock_at_risk_at",
        "clock_soon_at",
        where="state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')",
    )
    _index("ix_escalation_owner_id", "escalation", "owner_id")
    _index("ix_escalation_resolved_at", "escalation", "resolved_at", where="resolved_at IS NOT NULL")
    _index("ix_escalation_revision", "escalation", "revision")
    _index(
        "uq_escalation_external",
        "escalation",
        "external_source",
        "external_ref",
        where="external_ref IS NOT NULL AND external_ref <> ''",
        unique=True,
    )
    op.create_table(
        "number_alias",
        _id(),
        _word("number"),
        _whole("escalation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_number_alias"),
        _refers("number_alias", "escalation_id", "escalation.id"),
        sa.UniqueConstraint("number", "escalation_id", name="uq_number_alias_number_escalation_id"),
    )
    op.create_table(
        "watcher",
        _id(),
        _whole("escalation_id"),
        _whole("person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_watcher"),
        _refers("watcher", "escalation_id", "escalation.id"),
        _refers("watcher", "person_id", "person.id"),
        sa.UniqueConstraint("escalation_id", "person_id", name="uq_watcher_escalation_id_person_id"),
    )


def _commitments() -> None:
    op.create_table(
        "commitment",
        _id(),
        _whole("escalation_id"),
        _word("kind"),
        _whole("ordinal", default="1"),
        _big("started_at"),
        _big("target_s"),
        _word("calendar", default="''"),
        _whole("policy_version"),
        _big("warming_at"),
        _big("at_risk_at"),
        _big("soon_at"),
        _big("due_at"),
        _big("paused_at", null=True),
        _big("breached_at", null=True),
        _big("stopped_at", null=True),
        _word("outcome", null=True),
        _word("next_threshold", null=True),
        _big("next_threshold_at", null=True),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_commitment"),
        _check("commitment", "ended", "(stopped_at IS NULL) = (outcome IS NULL)"),
        _check("commitment", "kind", "kind IN ('assign', 'acknowledge', 'contain', 'resolve', 'update')"),
        _check("commitment", "outcome", "outcome IS NULL OR outcome IN ('met', 'breached', 'cancelled')"),
        _check("commitment", "target", "target_s >= 0"),
        _refers("commitment", "escalation_id", "escalation.id"),
        sa.UniqueConstraint(
            "escalation_id", "kind", "ordinal", name="uq_commitment_escalation_id_kind_ordinal"
        ),
    )
    _index(
        "ix_commitment_next_threshold_at",
        "commitment",
        "next_threshold_at",
        where="next_threshold_at IS NOT NULL",
    )
    _index(
        "uq_commitment_running",
        "commitment",
        "escalation_id",
        "kind",
        where="stopped_at IS NULL",
        unique=True,
    )
    op.create_table(
        "pause",
        _id(),
        _whole("commitment_id"),
        _big("started_at"),
        _big("ended_at", null=True),
        _big("limit_at", null=True),
        _word("reason"),
        _word("waiting_on", default="''"),
        _word("by_name"),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
        _check("pause", "order", "ended_at IS NULL OR ended_at >= started_at"),
        _refers("pause", "commitment_id", "commitment.id"),
    )
    _index("ix_pause_commitment_id", "pause", "commitment_id")
    _index("ix_pause_limit_at", "pause", "limit_at", where="ended_at IS NULL")


def _timeline() -> None:
    op.create_table(
        "timeline",
        _whole("seq"),
        _whole("escalation_id", null=True),
        _word("kind"),
        _big("at"),
        _word("actor"),
        _text("body"),
        _word("hash"),
        sa.PrimaryKeyConstraint("seq", name="pk_timeline"),
        _check("timeline", "hash", "length(hash) = 64"),
    )
    _index("ix_timeline_escalation_id_seq", "timeline", "escalation_id", "seq")
    op.create_table(
        "chain_head",
        _whole("id"),
        _whole("seq"),
        _word("hash"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name="pk_chain_head"),
        _check("chain_head", "hash", "length(hash) = 64"),
        _check("chain_head", "single", "id = 1"),
    )


def _alarms() -> None:
    op.create_table(
        "alarm",
        _id(),
        _whole("escalation_id"),
        _whole("commitment_id", null=True),
        _word("subject"),
        _word("threshold"),
        _whole("step", default="0"),
        _big("due_at"),
        _big("raised_at"),
        _big("late_s", default="0"),
        _whole("announced", default="0"),
        _word("state", default="'raised'"),
        _big("ended_at", null=True),
        _word("ended_by", null=True),
        _whole("repeats", default="0"),
        _big("climb_at", null=True),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_alarm"),
        _check("alarm", "state", "state IN ('raised', 'acknowledged', 'withdrawn')"),
        _refers("alarm", "commitment_id", "commitment.id"),
        _refers("alarm", "escalation_id", "escalation.id"),
        sa.UniqueConstraint("subject", "threshold", "step", name="uq_alarm_subject_threshold_step"),
    )
    _index("ix_alarm_climb_at", "alarm", "climb_at", where="state = 'raised'")
    _index("ix_alarm_commitment_id", "alarm", "commitment_id")
    _index("ix_alarm_escalation_id", "alarm", "escalation_id")
    _index("ix_alarm_raised_at", "alarm", "raised_at")
    op.create_table(
        "snooze",
        _id(),
        _whole("escalation_id"),
        _big("started_at"),
        _big("until_at"),
        _word("reason"),
        _word("past_breach_reason", default="''"),
        _word("by_name"),
        _whole("by_id", null=True),
        _big("ended_at", null=True),
        _word("end_reason", null=True),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
        _refers("snooze", "by_id", "person.id"),
        _refers("snooze", "escalation_id", "escalation.id"),
    )
    _index("ix_snooze_escalation_id", "snooze", "escalation_id")
    _index("ix_snooze_until_at", "snooze", "until_at", where="ended_at IS NULL")
    op.create_table(
        "outbox",
        _id(),
        _word("key"),
        _whole("escalation_id", null=True),
        _whole("alarm_id", null=True),
        _word("reason"),
        _whole("step", default="0"),
        _whole("person_id", null=True),
        _word("channel"),
        _word("urgency"),
        _text("title"),
        _text("body"),
        _whole("sound", default="0"),
        _word("state", default="'pending'"),
        _whole("attempts", default="0"),
        _big("created_at"),
        _big("try_at", null=True),
        _big("deadline_at", null=True),
        _word("claimed_by", null=True),
        _big("done_at", null=True),
        _word("error", default="''"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        _check(
            "outbox",
            "state",
            "state IN ('pending', 'sending', 'sent', 'confirmed', 'failed', 'expired', 'held')",
        ),
        _refers("outbox", "alarm_id", "alarm.id"),
        _refers("outbox", "escalation_id", "escalation.id"),
        _refers("outbox", "person_id", "person.id"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sqlite_autoincrement=True,
    )
    _index("ix_outbox_alarm_id", "outbox", "alarm_id")
    _index("ix_outbox_escalation_id", "outbox", "escalation_id")
    _index("ix_outbox_person_id_created_at", "outbox", "person_id", "created_at")
    _index("ix_outbox_try_at", "outbox", "try_at", where="state IN ('pending', 'sending')")
    op.create_table(
        "outbox_history",
        _id(),
        _whole("outbox_id"),
        _big("at"),
        _word("state"),
        _word("detail", default="''"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_history"),
    )
    _index("ix_outbox_history_outbox_id", "outbox_history", "outbox_id")


def _evidence() -> None:
    op.create_table(
        "content",
        _word("sha256"),
        _big("size"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_content"),
        _check("content", "sha256", "length(sha256) = 64"),
    )
    op.create_table(
        "evidence",
        _id(),
        _whole("escalation_id"),
        _word("sha256"),
        _word("name"),
        _word("media_type", default="'application/octet-stream'"),
        _big("size"),
        _big("added_at"),
        _word("added_by"),
        _whole("moved_from_id", null=True),
        _big("removed_at", null=True),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        _refers("evidence", "escalation_id", "escalation.id"),
        _refers("evidence", "moved_from_id", "escalation.id"),
        _refers("evidence", "sha256", "content.sha256"),
    )
    _index("ix_evidence_escalation_id", "evidence", "escalation_id")
    _index("ix_evidence_sha256", "evidence", "sha256")


def _keeping() -> None:
    op.create_table(
        "draft",
        _id(),
        _word("kind"),
        _word("key"),
        _text("body"),
        _whole("person_id", null=True),
        _big("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        _refers("draft", "person_id", "person.id"),
        sa.UniqueConstraint("kind", "key", name="uq_draft_kind_key"),
    )
    op.create_table(
        "saved_view",
        _id(),
        _word("name"),
        _text("body"),
        _whole("position", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sa.UniqueConstraint("name", name="uq_saved_view_name"),
    )
    op.create_table(
        "setting",
        _word("key"),
        _text("value"),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "import_mapping",
        _word("name"),
        _text("body"),
        _big("updated_at"),
        sa.PrimaryKeyConstraint("name", name="pk_import_mapping"),
    )
