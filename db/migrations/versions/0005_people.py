"""Teams, working hours and time off of people; schedules in numbered versions, overrides and swaps."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = (
    "team",
    "time_off",
    "schedule",
    "schedule_version",
    "swap",
    "shift_override",
    "roster_gap",
    "calendar_link",
)

_NEW_COLUMNS = (
    ("working_hours", "TEXT DEFAULT '' NOT NULL"),
    ("phone", "VARCHAR DEFAULT '' NOT NULL"),
)

_OVERRIDE = "an override is cancelled, never changed"
_VERSION = "a version of a schedule never changes"
_GUARDS = (
    ("schedule_version_kept", "UPDATE ON schedule_version", "1", _VERSION),
    ("schedule_version_undeleted", "DELETE ON schedule_version", "1", _VERSION),
    (
        "schedule_version_unreplaced",
        "INSERT ON schedule_version",
        "EXISTS (SELECT 1 FROM schedule_version WHERE schedule_id = NEW.schedule_id"
        " AND version = NEW.version)",
        _VERSION,
    ),
    (
        "shift_override_kept",
        "UPDATE OF id, schedule_id, from_at, to_at, add_id, remove_id, why, kind, swap_id, made_at, made_by "
        "ON shift_override",
        "1",
        _OVERRIDE,
    ),
    ("shift_override_undeleted", "DELETE ON shift_override", "1", _OVERRIDE),
    (
        "shift_override_unreplaced",
        "INSERT ON shift_override",
        "EXISTS (SELECT 1 FROM shift_override WHERE id = NEW.id)",
        _OVERRIDE,
    ),
)


def upgrade() -> None:
    """Make the tables, parents before children; a team is made of every team somebody is in."""
    for name, kind in _NEW_COLUMNS:
        op.execute(f"ALTER TABLE person ADD COLUMN {name} {kind}")
    _people()
    _schedules()
    _changes()
    # The zone of a team is that of most of its people.
    op.execute(
        "INSERT INTO team (name, zone) SELECT p.team, (SELECT q.zone FROM person q WHERE q.team = p.team"
        " GROUP BY q.zone ORDER BY count(*) DESC, q.zone LIMIT 1)"
        " FROM person p WHERE p.team <> '' GROUP BY p.team ORDER BY p.team"
    )
    for name, event, condition, sentence in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


def downgrade() -> None:
    """Take all of it away; people keep the names of their teams."""
    for name, *_ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
    for table in reversed(_TABLES):
        op.drop_table(table)
    for name, _ in reversed(_NEW_COLUMNS):
        op.execute(f"ALTER TABLE person DROP COLUMN {name}")


def _people() -> None:
    op.create_table(
        "team",
        _id(),
        _word("name"),
        _word("zone", default="'UTC'"),
        _whole("lead_id", null=True),
        _text("working_hours", default="''"),
        _whole("revision", default="0"),
        _foreign("team", "lead_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("name", name="uq_team_name"),
    )
    op.create_table(
        "time_off",
        _id(),
        _whole("person_id"),
        _big("from_at"),
        _big("to_at"),
        _text("reason", default="''"),
        _word("uid"),
        _word("source", default="'typed'"),
        _big("made_at"),
        _word("made_by"),
        _whole("revision", default="0"),
        _check("time_off", "interval", "to_at > from_at"),
        _check("time_off", "source", "source IN ('typed', 'ical')"),
        _foreign("time_off", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_time_off"),
        sa.UniqueConstraint("person_id", "uid", name="uq_time_off_person_id_uid"),
    )
    op.create_index("ix_time_off_to_at", "time_off", ["to_at"])


def _schedules() -> None:
    op.create_table(
        "schedule",
        _id(),
        _word("name"),
        _word("team", default="''"),
        _word("zone"),
        _whole("version"),
        _whole("is_active", default="1"),
        _whole("revision", default="0"),
        _check("schedule", "is_active", "is_active IN (0, 1)"),
        sa.PrimaryKeyConstraint("id", name="pk_schedule"),
        sa.UniqueConstraint("name", name="uq_schedule_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "schedule_version",
        _whole("schedule_id"),
        _whole("version"),
        _text("document"),
        _text("note", default="''"),
        _word("by_name"),
        _whole("by_id", null=True),
        _big("at"),
        _foreign("schedule_version", "schedule_id", "schedule.id"),
        _foreign("schedule_version", "by_id", "person.id"),
        sa.PrimaryKeyConstraint("schedule_id", "version", name="pk_schedule_version"),
    )


def _changes() -> None:
    op.create_table(
        "swap",
        _id(),
        _whole("schedule_id"),
        _whole("asker_id"),
        _whole("other_id"),
        _big("from_at"),
        _big("to_at"),
        _big("back_from_at", null=True),
        _big("back_to_at", null=True),
        _word("state", default="'asked'"),
        _text("note", default="''"),
        _text("ended_why", default="''"),
        _big("asked_at"),
        _big("answered_at", null=True),
        _whole("revision", default="0"),
        _check("swap", "state", "state IN ('asked', 'accepted', 'declined', 'withdrawn', 'stale')"),
        _check("swap", "interval", "to_at > from_at"),
        _check("swap", "back_pair", "(back_from_at IS NULL) = (back_to_at IS NULL)"),
        _check("swap", "back_interval", "back_from_at IS NULL OR back_to_at > back_from_at"),
        _check("swap", "two_people", "asker_id <> other_id"),
        _foreign("swap", "schedule_id", "schedule.id"),
        _foreign("swap", "asker_id", "person.id"),
        _foreign("swap", "other_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_swap"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_swap_asked", "swap", ["schedule_id"], sqlite_where=sa.text("state = 'asked'"))
    op.create_table(
        "shift_override",
        _id(),
        _whole("schedule_id"),
        _big("from_at"),
        _big("to_at"),
        _whole("add_id", null=True),
        _whole("remove_id", null=True),
        _text("why", default="''"),
        _word("kind", default="'override'"),
        _whole("swap_id", null=True),
        _big("made_at"),
        _word("made_by"),
        _big("cancelled_at", null=True),
        _word("cancelled_by", default="''"),
        _whole("revision", default="0"),
        _check("shift_override", "kind", "kind IN ('override', 'one_off', 'take', 'swap')"),
        _check("shift_override", "interval", "to_at > from_at"),
        _check("shift_override", "somebody", "add_id IS NOT NULL OR remove_id IS NOT NULL"),
        _check("shift_override", "two_people", "add_id IS NULL OR remove_id IS NULL OR add_id <> remove_id"),
        _foreign("shift_override", "schedule_id", "schedule.id"),
        _foreign("shift_override", "add_id", "person.id"),
        _foreign("shift_override", "remove_id", "person.id"),
        _foreign("shift_override", "swap_id", "swap.id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_override"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_shift_override_standing",
        "shift_override",
        ["schedule_id", "to_at"],
        sqlite_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_table(
        "roster_gap",
        _id(),
        _whole("schedule_id"),
        _big("from_at"),
        _big("to_at"),
        _big("told_at"),
        _foreign("roster_gap", "schedule_id", "schedule.id"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_gap"),
        sa.UniqueConstraint("schedule_id", "to_at", name="uq_roster_gap_schedule_id_to_at"),
    )
    op.create_table(
        "calendar_link",
        _id(),
        _word("token_hash"),
        _whole("person_id", null=True),
        _word("team", default="''"),
        _big("made_at"),
        _word("made_by"),
        _big("ended_at", null=True),
        _check("calendar_link", "one_subject", "(person_id IS NULL) <> (team = '')"),
        _foreign("calendar_link", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_link"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_link_token_hash"),
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
