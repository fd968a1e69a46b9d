"""Triggers that keep history as it was written, and the full-text index over escalations."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Name of the trigger, when it fires, on which table, under which condition, and the sentence it refuses with.
# Inserts are guarded too: INSERT OR REPLACE deletes without firing the triggers on DELETE, unless the
# program that does it has asked for that.
_GUARDS = (
    ("timeline_kept", "UPDATE ON timeline", "1", "the timeline is append-only"),
    ("timeline_undeleted", "DELETE ON timeline", "1", "the timeline is append-only"),
    (
        "timeline_in_order",
        "INSERT ON timeline",
        "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM timeline)",
        "the timeline runs without gaps",
    ),
    (
        "chain_head_forward",
        "UPDATE ON chain_head",
        "NEW.seq < OLD.seq OR NEW.revision < OLD.revision",
        "the chain and the revision never run back",
    ),
    ("chain_head_undeleted", "DELETE ON chain_head", "1", "the head of the chain stays"),
    (
        "chain_head_single",
        "INSERT ON chain_head",
        "EXISTS (SELECT 1 FROM chain_head)",
        "the chain has one head",
    ),
    ("policy_kept", "UPDATE ON policy", "1", "a policy version never changes"),
    ("policy_undeleted", "DELETE ON policy", "1", "a policy version never changes"),
    (
        "policy_unreplaced",
        "INSERT ON policy",
        "EXISTS (SELECT 1 FROM policy WHERE version = NEW.version)",
        "a policy version never changes",
    ),
    ("content_kept", "UPDATE ON content", "1", "evidence never changes"),
    (
        "content_unreplaced",
        "INSERT ON content",
        "EXISTS (SELECT 1 FROM content WHERE sha256 = NEW.sha256 AND data <> NEW.data)",
        "evidence never changes",
    ),
    (
        "evidence_kept",
        "UPDATE OF sha256, size, added_at, added_by ON evidence",
        "1",
        "evidence never changes",
    ),
    ("outbox_history_kept", "UPDATE ON outbox_history", "1", "the outbox history is append-only"),
    ("outbox_history_undeleted", "DELETE ON outbox_history", "1", "the outbox history is append-only"),
    (
        "outbox_history_unreplaced",
        "INSERT ON outbox_history",
        "EXISTS (SELECT 1 FROM outbox_history WHERE id = NEW.id)",
        "the outbox history is append-only",
    ),
)


def upgrade() -> None:
    """Set the guards and make the index; escalations already there are written into it."""
    for name, event, condition, sentence in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
    op.execute(
        "CREATE VIRTUAL TABLE escalation_search USING fts5("
        "title, description, customer, number, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
    )
    op.execute(
        "INSERT INTO escalation_search (rowid, title, description, customer, number) "
        "SELECT escalation.id, escalation.title, escalation.description, customer.name, escalation.number "
        "FROM escalation JOIN customer ON customer.id = escalation.customer_id"
    )


def downgrade() -> None:
    """Take index and guards away."""
    op.execute("DROP TABLE escalation_search")
    for name, *_ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
