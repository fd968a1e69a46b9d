"""Playbooks: drafts, published versions that never change, tags and the full-text index."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLES = ("playbook", "playbook_version", "playbook_draft", "playbook_review", "playbook_tag")

_GUARDS = (
    ("playbook_version_kept", "UPDATE ON playbook_version", "1"),
    ("playbook_version_undeleted", "DELETE ON playbook_version", "1"),
    (
        "playbook_version_unreplaced",
        "INSERT ON playbook_version",
        "EXISTS (SELECT 1 FROM playbook_version WHERE playbook_id = NEW.playbook_id AND number = NEW.number)",
    ),
)


def upgrade() -> None:
    """Make the tables, parents before children, guard the versions, and make the index."""
    _playbooks()
    _drafts()
    for name, event, condition in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            "BEGIN SELECT RAISE(ABORT, 'a published playbook never changes'); END"
        )
    op.execute(
        "CREATE VIRTUAL TABLE playbook_search USING fts5("
        "title, purpose, steps, templates, tags, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
    )


def downgrade() -> None:
    """Take all of it away."""
    op.execute("DROP TABLE playbook_search")
    for name, *_ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _playbooks() -> None:
    op.create_table(
        "playbook",
        _whole("id"),
        _word("slug"),
        _text("title"),
        _word("owner", default="''"),
        _whole("published", default="0"),
        _big("approved_at", null=True),
        _big("review_due_at", null=True),
        _big("reminded_at", null=True),
        _whole("used_count", default="0"),
        _big("last_used_at", null=True),
        _big("created_at"),
        _word("created_by"),
        _big("retired_at", null=True),
        _word("retired_by", default="''"),
        _text("retired_why", default="''"),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_playbook"),
        sa.UniqueConstraint("slug", name="uq_playbook_slug"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_playbook_review_due_at",
        "playbook",
        ["review_due_at"],
        sqlite_where=sa.text("review_due_at IS NOT NULL AND retired_at IS NULL"),
    )
    op.create_table(
        "playbook_version",
        _whole("playbook_id"),
        _whole("number"),
        _text("content"),
        _word("hash"),
        _text("change_note"),
        _word("author"),
        _word("approved_by"),
        _big("approved_at"),
        _big("published_at"),
        _word("published_by"),
        _word("derived_from", default="''"),
        _foreign("playbook_version", "playbook_id", "playbook.id"),
        sa.PrimaryKeyConstraint("playbook_id", "number", name="pk_playbook_version"),
    )
    op.create_table(
        "playbook_tag",
        _whole("playbook_id"),
        _word("axis"),
        _word("key"),
        _check("playbook_tag", "axis", "axis IN ('area', 'type', 'tier', 'level')"),
        _foreign("playbook_tag", "playbook_id", "playbook.id"),
        sa.PrimaryKeyConstraint("axis", "key", "playbook_id", name="pk_playbook_tag"),
    )
    op.create_index("ix_playbook_tag_playbook_id", "playbook_tag", ["playbook_id"])


def _drafts() -> None:
    op.create_table(
        "playbook_draft",
        _whole("playbook_id"),
        _whole("base", default="0"),
        _whole("edition", default="1"),
        _word("state", default="'draft'"),
        _text("content"),
        _word("author"),
        _whole("author_id", null=True),
        _word("saved_by"),
        _big("updated_at"),
        _text("note", default="''"),
        _word("derived_from", default="''"),
        _big("asked_at", null=True),
        _word("asked_by", default="''"),
        _check("playbook_draft", "state", "state IN ('draft', 'in_review')"),
        _check("playbook_draft", "asked", "(state = 'in_review') = (asked_at IS NOT NULL)"),
        _foreign("playbook_draft", "playbook_id", "playbook.id"),
        _foreign("playbook_draft", "author_id", "person.id"),
        sa.PrimaryKeyConstraint("playbook_id", name="pk_playbook_draft"),
    )
    op.create_index("ix_playbook_draft_author_id", "playbook_draft", ["author_id"])
    op.create_table(
        "playbook_review",
        _whole("id"),
        _whole("playbook_id"),
        _whole("number"),
        _word("hash"),
        _word("reviewer"),
        _whole("reviewer_id", null=True),
        _whole("approves"),
        _text("remark", default="''"),
        _big("at"),
        _foreign("playbook_review", "playbook_id", "playbook.id"),
        _foreign("playbook_review", "reviewer_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_playbook_review"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_playbook_review_playbook_id", "playbook_review", ["playbook_id", "number"])


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
