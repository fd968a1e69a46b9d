"""Sources and what they send, triage rules, fail-safes; review, family and proposals of escalations."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = (
    "source",
    "message",
    "rule",
    "rule_version",
    "maintenance",
    "signal",
    "alert",
    "rule_firing",
    "overrule",
    "storm",
    "allowed_host",
    "mark",
)

# No foreign key: SQLite could not take the column away again. The service sets it to what exists.
_NEW_COLUMNS = (
    ("parent_id", "INTEGER"),
    ("review_why", "TEXT DEFAULT '' NOT NULL"),
    ("review_at", "BIGINT"),
    ("review_snoozed_until", "BIGINT"),
    ("containment_proposed_at", "BIGINT"),
    ("containment_proposed_by", "VARCHAR DEFAULT '' NOT NULL"),
)

_GUARDS = (
    (
        "message_kept",
        "UPDATE OF id, source_id, sha256, media_type, sender, reference, received_at ON message",
        "1",
        "what came from outside never changes",
    ),
    ("message_undeleted", "DELETE ON message", "1", "what came from outside never changes"),
    (
        "message_unreplaced",
        "INSERT ON message",
        "EXISTS (SELECT 1 FROM message WHERE id = NEW.id)",
        "what came from outside never changes",
    ),
    (
        "signal_kept",
        "UPDATE OF id, message_id, place, source_id, received_at, occurred_at, action, dedup_key, title, "
        "severity_hint, fields ON signal",
        "1",
        "what came from outside never changes",
    ),
    ("signal_undeleted", "DELETE ON signal", "1", "what came from outside never changes"),
    (
        "signal_unreplaced",
        "INSERT ON signal",
        "EXISTS (SELECT 1 FROM signal WHERE id = NEW.id)",
        "what came from outside never changes",
    ),
    ("rule_version_kept", "UPDATE ON rule_version", "1", "a version of a rule never changes"),
    ("rule_version_undeleted", "DELETE ON rule_version", "1", "a version of a rule never changes"),
    (
        "rule_version_unreplaced",
        "INSERT ON rule_version",
        "EXISTS (SELECT 1 FROM rule_version WHERE rule_id = NEW.rule_id AND version = NEW.version)",
        "a version of a rule never changes",
    ),
)


def upgrade() -> None:
    """Make the tables, parents before children, and guard what must stay as it came."""
    for name, kind in _NEW_COLUMNS:
        op.execute(f"ALTER TABLE escalation ADD COLUMN {name} {kind}")
    # Until now an escalation needed review for one of two reasons, and nothing said since when.
    op.execute(
        "UPDATE escalation SET review_at = created_at, review_why ="
        " CASE WHEN priority IS NULL THEN 'unclassified' ELSE 'near_edge' END WHERE needs_review"
    )
    op.create_index(
        "ix_escalation_parent_id", "escalation", ["parent_id"], sqlite_where=sa.text("parent_id IS NOT NULL")
    )
    op.create_index(
        "ix_escalation_review_at", "escalation", ["review_at"], sqlite_where=sa.text("review_at IS NOT NULL")
    )
    _sources()
    _rules()
    _signals()
    _failsafes()
    for name, event, condition, sentence in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


def downgrade() -> None:
    """Take all of it away; what came from outside is lost with it."""
    for name, *_ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_index("ix_escalation_review_at", "escalation")
    op.drop_index("ix_escalation_parent_id", "escalation")
    for name, _ in reversed(_NEW_COLUMNS):
        op.execute(f"ALTER TABLE escalation DROP COLUMN {name}")


def _sources() -> None:
    op.create_table(
        "source",
        _id(),
        _word("key"),
        _word("name"),
        _word("kind"),
        _whole("enabled", default="1"),
        _whole("customer_id", null=True),
        _word("area", default="''"),
        _word("opens", default="'always'"),
        _text("mapping", default="''"),
        _text("options", default="'{}'"),
        _whole("rate_per_s", default="200"),
        _whole("window_s", default="86400"),
        _whole("storm_count", default="20"),
        _whole("storm_window_s", default="600"),
        _big("last_received_at", null=True),
        _text("last_error", default="''"),
        _big("last_error_at", null=True),
        _big("removed_at", null=True),
        _whole("revision", default="0"),
        _check("source", "opens", "opens IN ('always', 'by rule')"),
        _foreign("source", "customer_id", "customer.id"),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("key", name="uq_source_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "message",
        _id(),
        _whole("source_id"),
        _word("sha256"),
        _word("media_type", default="''"),
        _word("sender", default="''"),
        _word("reference", default="''"),
        _big("received_at"),
        _big("read_at", null=True),
        _foreign("message", "source_id", "source.id"),
        _foreign("message", "sha256", "content.sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_sha256", "message", ["sha256"])
    op.create_index("ix_message_waiting", "message", ["id"], sqlite_where=sa.text("read_at IS NULL"))
    op.create_index(
        "uq_message_reference",
        "message",
        ["source_id", "reference"],
        unique=True,
        sqlite_where=sa.text("reference <> ''"),
    )


def _rules() -> None:
    op.create_table(
        "rule",
        _id(),
        _word("name"),
        _whole("position"),
        _whole("version"),
        _big("tripped_at", null=True),
        _text("tripped_why", default="''"),
        _big("removed_at", null=True),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_rule"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rule_version",
        _whole("rule_id"),
        _whole("version"),
        _text("document"),
        _big("made_at"),
        _word("made_by"),
        _foreign("rule_version", "rule_id", "rule.id"),
        sa.PrimaryKeyConstraint("rule_id", "version", name="pk_rule_version"),
    )


def _signals() -> None:
    op.create_table(
        "maintenance",
        _id(),
        _word("name"),
        _text("reason", default="''"),
        _text("scope", default="''"),
        _big("starts_at"),
        _big("ends_at"),
        _whole("announce_s", default="1800"),
        _big("announced_at", null=True),
        _big("opened_at", null=True),
        _big("closed_at", null=True),
        _text("digest", default="''"),
        _big("made_at"),
        _word("made_by"),
        _big("cancelled_at", null=True),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_maintenance"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_maintenance_starts_at", "maintenance", ["starts_at"])
    op.create_table(
        "signal",
        _id(),
        _whole("message_id"),
        _whole("place"),
        _whole("source_id"),
        _big("received_at"),
        _big("occurred_at", null=True),
        _word("action"),
        _word("dedup_key"),
        _text("title"),
        _word("severity_hint", default="''"),
        _text("fields"),
        _word("fingerprint", default="''"),
        _word("disposition"),
        _word("cause", default="''"),
        _text("why", default="''"),
        _whole("window_id", null=True),
        _whole("rule_id", null=True),
        _whole("rule_version", null=True),
        _whole("escalation_id", null=True),
        _big("decided_at"),
        _word("decided_by"),
        _whole("revision"),
        _check("signal", "action", "action IN ('trigger', 'acknowledge', 'resolve', 'info')"),
        _check(
            "signal",
            "disposition",
            "disposition IN ('opened', 'joined', 'suppressed', 'held', 'rejected')",
        ),
        _foreign("signal", "message_id", "message.id"),
        _foreign("signal", "source_id", "source.id"),
        _foreign("signal", "window_id", "maintenance.id"),
        _foreign("signal", "rule_id", "rule.id"),
        _foreign("signal", "escalation_id", "escalation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_signal"),
        sa.UniqueConstraint("message_id", "place", name="uq_signal_message_id_place"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_signal_held", "signal", ["source_id", "id"], sqlite_where=sa.text("disposition = 'held'")
    )
    op.create_index(
        "ix_signal_opened",
        "signal",
        ["source_id", "decided_at"],
        sqlite_where=sa.text("disposition = 'opened'"),
    )
    op.create_index(
        "ix_signal_window_id", "signal", ["window_id"], sqlite_where=sa.text("window_id IS NOT NULL")
    )
    op.create_index("ix_signal_source_id_received_at", "signal", ["source_id", "received_at"])
    for column in ("received_at", "escalation_id", "fingerprint", "revision"):
        op.create_index(f"ix_signal_{column}", "signal", [column])
    op.create_table(
        "alert",
        _id(),
        _whole("source_id"),
        _word("dedup_key"),
        _whole("escalation_id"),
        _word("fingerprint", default="''"),
        _whole("count", default="1"),
        _big("first_at"),
        _big("last_at"),
        _big("told_at"),
        _big("resolved_at", null=True),
        _foreign("alert", "source_id", "source.id"),
        _foreign("alert", "escalation_id", "escalation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.UniqueConstraint("source_id", "dedup_key", name="uq_alert_source_id_dedup_key"),
    )
    for column in ("escalation_id", "fingerprint"):
        op.create_index(f"ix_alert_{column}", "alert", [column])
    op.create_table(
        "rule_firing",
        _id(),
        _whole("rule_id"),
        _whole("version"),
        _whole("signal_id", null=True),
        _whole("escalation_id", null=True),
        _word("state"),
        _text("did"),
        _big("fired_at"),
        _big("decided_at", null=True),
        _word("decided_by", default="''"),
        _text("reason", default="''"),
        _check("rule_firing", "state", "state IN ('done', 'proposed', 'accepted', 'declined')"),
        _foreign("rule_firing", "rule_id", "rule.id"),
        _foreign("rule_firing", "signal_id", "signal.id"),
        _foreign("rule_firing", "escalation_id", "escalation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_rule_firing"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_rule_firing_proposed",
        "rule_firing",
        ["escalation_id"],
        sqlite_where=sa.text("state = 'proposed'"),
    )
    for columns in (["escalation_id"], ["rule_id", "fired_at"]):
        op.create_index(f"ix_rule_firing_{'_'.join(columns)}", "rule_firing", columns)
    op.create_table(
        "overrule",
        _id(),
        _whole("escalation_id"),
        _word("field"),
        _whole("rule_id", null=True),
        _whole("rule_version", null=True),
        _text("rule_value", default="''"),
        _text("value", default="''"),
        _text("reason", default="''"),
        _big("at"),
        _word("by"),
        _foreign("overrule", "escalation_id", "escalation.id"),
        _foreign("overrule", "rule_id", "rule.id"),
        sa.PrimaryKeyConstraint("id", name="pk_overrule"),
        sa.UniqueConstraint("escalation_id", "field", name="uq_overrule_escalation_id_field"),
    )
    op.create_index("ix_overrule_rule_id", "overrule", ["rule_id"])


def _failsafes() -> None:
    op.create_table(
        "storm",
        _id(),
        _whole("source_id"),
        _big("began_at"),
        _big("ended_at", null=True),
        _word("ended_by", default="''"),
        _text("why"),
        _foreign("storm", "source_id", "source.id"),
        sa.PrimaryKeyConstraint("id", name="pk_storm"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_storm_raging", "storm", ["source_id"], unique=True, sqlite_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "allowed_host",
        _word("host"),
        _big("allowed_at"),
        _word("allowed_by"),
        sa.PrimaryKeyConstraint("host", name="pk_allowed_host"),
    )
    op.create_table(
        "mark",
        _id(),
        _whole("escalation_id"),
        _word("kind"),
        _word("text"),
        _big("added_at"),
        _word("added_by"),
        _big("removed_at", null=True),
        _check("mark", "kind", "kind IN ('tag', 'playbook')"),
        _foreign("mark", "escalation_id", "escalation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
        sa.UniqueConstraint("escalation_id", "kind", "text", name="uq_mark_escalation_id_kind_text"),
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


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")
