"""Scenarios of drills in versions, their runs, and what was written and answered about these."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TABLES = (
    "scenario",
    "scenario_version",
    "drill_run",
    "drill_seat",
    "drill_event",
    "drill_result",
    "observer_note",
    "survey_answer",
    "drill_snapshot",
)
_FROZEN = (
    "id, scenario_id, version, text, sha256, mode, practice, seed, made_at, made_by, forked_from, forked_seq"
)
_PUBLISHED = "a published scenario never changes"
_LOG = "the log of a drill is append-only"
_RESULT = "the result of a drill never changes"

# A run is judged by what was published, frozen, and logged: none of it is written twice.
_GUARDS = (
    ("scenario_version_kept", "UPDATE ON scenario_version", "OLD.state = 'published'", _PUBLISHED),
    ("scenario_version_undeleted", "DELETE ON scenario_version", "OLD.state = 'published'", _PUBLISHED),
    (
        "scenario_version_unreplaced",
        "INSERT ON scenario_version",
        "EXISTS (SELECT 1 FROM scenario_version WHERE scenario_id = NEW.scenario_id AND number = NEW.number)",
        _PUBLISHED,
    ),
    ("drill_run_frozen", f"UPDATE OF {_FROZEN} ON drill_run", "1", "a drill keeps what it was begun with"),
    ("drill_run_undeleted", "DELETE ON drill_run", "1", "a drill keeps what it was begun with"),
    ("drill_event_kept", "UPDATE ON drill_event", "1", _LOG),
    ("drill_event_undeleted", "DELETE ON drill_event", "1", _LOG),
    (
        "drill_event_whole",
        "INSERT ON drill_event",
        "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM drill_event WHERE run_id = NEW.run_id)",
        "the log of a drill has no holes",
    ),
    ("drill_result_kept", "UPDATE ON drill_result", "1", _RESULT),
    ("drill_result_undeleted", "DELETE ON drill_result", "1", _RESULT),
    (
        "drill_result_unreplaced",
        "INSERT ON drill_result",
        "EXISTS (SELECT 1 FROM drill_result WHERE id = NEW.id)",
        _RESULT,
    ),
)


def upgrade() -> None:
    """Make the tables, parents before children, and guard what is published, frozen and logged."""
    _scenarios()
    _runs()
    _log_of_a_run()
    _words_of_people()
    for name, event, condition, sentence in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


def downgrade() -> None:
    """Take all of it away."""
    for name, *_ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _scenarios() -> None:
    op.create_table(
        "scenario",
        _whole("id"),
        _word("slug"),
        _whole("published", default="0"),
        _big("created_at"),
        _word("created_by"),
        _big("retired_at", null=True),
        _word("retired_by", default="''"),
        _text("retired_why", default="''"),
        sa.PrimaryKeyConstraint("id", name="pk_scenario"),
        sa.UniqueConstraint("slug", name="uq_scenario_slug"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "scenario_version",
        _whole("scenario_id"),
        _whole("number"),
        _word("state", default="'draft'"),
        _text("text"),
        _word("sha256"),
        _text("title"),
        _text("facts", default="'{}'"),
        _whole("edition", default="1"),
        _big("created_at"),
        _word("created_by"),
        _word("saved_by"),
        _text("change_note", default="''"),
        _big("published_at", null=True),
        _word("published_by", default="''"),
        _check("scenario_version", "state", "state IN ('draft', 'published')"),
        _check("scenario_version", "published", "(state = 'published') = (published_at IS NOT NULL)"),
        _foreign("scenario_version", "scenario_id", "scenario.id"),
        sa.PrimaryKeyConstraint("scenario_id", "number", name="pk_scenario_version"),
    )
    op.create_index(
        "ix_scenario_version_draft",
        "scenario_version",
        ["scenario_id"],
        unique=True,
        sqlite_where=sa.text("state = 'draft'"),
    )


def _runs() -> None:
    op.create_table(
        "drill_run",
        _whole("id"),
        _whole("scenario_id"),
        _whole("version"),
        _text("text"),
        _word("sha256"),
        _text("title"),
        _word("mode"),
        _word("state", default="'planned'"),
        _whole("practice"),
        _text("team", default="''"),
        _big("seed"),
        _big("sim_ms", default="0"),
        _big("made_at"),
        _word("made_by"),
        _big("started_at", null=True),
        _big("ended_at", null=True),
        _text("end_reason", default="''"),
        _text("folder", default="''"),
        _whole("forked_from", null=True),
        _whole("forked_seq", default="0"),
        _whole("overall", null=True),
        _word("band", default="''"),
        _whole("coverage", null=True),
        _big("closed_at", null=True),
        _word("closed_by", default="''"),
        _big("thrown_at", null=True),
        _word("thrown_by", default="''"),
        _check("drill_run", "mode", "mode IN ('solo', 'table', 'scribe')"),
        _check(
            "drill_run",
            "state",
            "state IN ('planned', 'briefing', 'running', 'paused', 'ended', 'scored', 'closed')",
        ),
        _check("drill_run", "fork", "(forked_from IS NULL) = (forked_seq = 0)"),
        _foreign("drill_run", "scenario_id", "scenario.id"),
        _foreign("drill_run", "forked_from", "drill_run.id"),
        sa.PrimaryKeyConstraint("id", name="pk_drill_run"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drill_run_scenario_id", "drill_run", ["scenario_id"])
    op.create_index("ix_drill_run_forked_from", "drill_run", ["forked_from"])
    op.create_index("ix_drill_run_team_ended_at", "drill_run", ["team", "ended_at"])
    op.create_index(
        "ix_drill_run_unfinished",
        "drill_run",
        ["state"],
        sqlite_where=sa.text("state IN ('briefing', 'running', 'paused') AND thrown_at IS NULL"),
    )
    op.create_table(
        "drill_seat",
        _whole("run_id"),
        _whole("number"),
        _word("role"),
        _text("title"),
        _text("name"),
        _whole("person_id", null=True),
        _whole("is_staff", default="0"),
        _big("checked_at", null=True),
        _foreign("drill_seat", "run_id", "drill_run.id"),
        _foreign("drill_seat", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_drill_seat"),
    )
    op.create_index("ix_drill_seat_person_id", "drill_seat", ["person_id"])


def _log_of_a_run() -> None:
    op.create_table(
        "drill_event",
        _whole("run_id"),
        _whole("seq"),
        _big("sim_ms"),
        _big("at"),
        _word("kind"),
        _text("body", default="'{}'"),
        _text("by_name", default="''"),
        _foreign("drill_event", "run_id", "drill_run.id"),
        sa.PrimaryKeyConstraint("run_id", "seq", name="pk_drill_event"),
    )
    op.create_table(
        "drill_result",
        _whole("id"),
        _whole("run_id"),
        _big("at"),
        _word("by_name"),
        _whole("engine"),
        _whole("overall", null=True),
        _word("band", default="''"),
        _whole("coverage"),
        _text("content"),
        _foreign("drill_result", "run_id", "drill_run.id"),
        sa.PrimaryKeyConstraint("id", name="pk_drill_result"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drill_result_run_id", "drill_result", ["run_id"])
    op.create_table(
        "drill_snapshot",
        _whole("run_id"),
        _whole("seq"),
        _big("sim_ms"),
        _text("path"),
        _foreign("drill_snapshot", "run_id", "drill_run.id"),
        sa.PrimaryKeyConstraint("run_id", "seq", name="pk_drill_snapshot"),
    )


def _words_of_people() -> None:
    op.create_table(
        "observer_note",
        _whole("id"),
        _whole("run_id"),
        _big("sim_ms"),
        _big("at"),
        _word("author"),
        _text("text"),
        _word("kind", default="'fact'"),
        _word("rating", default="''"),
        _text("links", default="'[]'"),
        _whole("is_private", default="0"),
        _check("observer_note", "kind", "kind IN ('strength', 'improvement', 'fact', 'quote')"),
        _check("observer_note", "rating", "rating IN ('', 'P', 'S', 'M', 'U')"),
        _foreign("observer_note", "run_id", "drill_run.id"),
        sa.PrimaryKeyConstraint("id", name="pk_observer_note"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_observer_note_run_id", "observer_note", ["run_id", "sim_ms"])
    # No seat, no time finer than the day, and ids drawn at random: the table lies in no order of arrival.
    op.create_table(
        "survey_answer",
        _whole("id"),
        _whole("run_id"),
        _text("question"),
        _whole("score", default="0"),
        _text("text", default="''"),
        _word("day"),
        _check("survey_answer", "score", "score BETWEEN 0 AND 5"),
        _foreign("survey_answer", "run_id", "drill_run.id"),
        sa.PrimaryKeyConstraint("id", name="pk_survey_answer"),
    )
    op.create_index("ix_survey_answer_run_id", "survey_answer", ["run_id"])


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
