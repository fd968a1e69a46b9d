"""Drills: scenarios in versions, runs with their frozen text and log, and what people said about them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

_EMPTY = sql("''")
_NONE = sql("0")


class ScenarioRecord(Base):
    """One scenario under a short name; `published` is the number of its version in use, 0 for none yet."""

    __tablename__ = "scenario"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    published: Mapped[int] = mapped_column(server_default=_NONE)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    retired_why: Mapped[str] = mapped_column(Text, server_default=_EMPTY)


class ScenarioVersionRecord(Base):
    """A version of a scenario; a published one never changes, and of drafts there is one at a time.

    `sha256` is that of `text`; `facts` is JSON of what the library lists. `edition` counts its savings.
    """

    __tablename__ = "scenario_version"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published')", name="state"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        partial_index("ix_scenario_version_draft", "scenario_id", where="state = 'draft'", unique=True),
    )

    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(server_default=sql("'draft'"))
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    title: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text, server_default=sql("'{}'"))
    edition: Mapped[int] = mapped_column(server_default=sql("1"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str]
    saved_by: Mapped[str]
    change_note: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by: Mapped[str] = mapped_column(server_default=_EMPTY)


class DrillRunRecord(Base):
    """One run with the text it was begun with; `sim_ms` is how far it is known to have come.

    `overall`, `band` and `coverage` are those of its latest result. `thrown_at` tells when its sandbox was
    thrown away: it is listed no more then.
    """

    __tablename__ = "drill_run"
    __table_args__ = (
        CheckConstraint("mode IN ('solo', 'table', 'scribe')", name="mode"),
        CheckConstraint(
            "state IN ('planned', 'briefing', 'running', 'paused', 'ended', 'scored', 'closed')", name="state"
        ),
        CheckConstraint("(forked_from IS NULL) = (forked_seq = 0)", name="fork"),
        Index("ix_drill_run_team_ended_at", "team", "ended_at"),
        partial_index(
            "ix_drill_run_unfinished",
            "state",
            where="state IN ('briefing', 'running', 'paused') AND thrown_at IS NULL",
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), index=True)
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    title: Mapped[str] = mapped_column(Text)
    mode: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=sql("'planned'"))
    practice: Mapped[int]
    team: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    seed: Mapped[int] = mapped_column(BigInteger)
    sim_ms: Mapped[int] = mapped_column(BigInteger, server_default=_NONE)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    folder: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    forked_from: Mapped[int | None] = mapped_column(ForeignKey("drill_run.id"), index=True)
    forked_seq: Mapped[int] = mapped_column(server_default=_NONE)
    overall: Mapped[int | None]
    band: Mapped[str] = mapped_column(server_default=_EMPTY)
    coverage: Mapped[int | None]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    thrown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    thrown_by: Mapped[str] = mapped_column(server_default=_EMPTY)


class DrillSeatRecord(Base):
    """A seat of a run, in the order of the table; `checked_at` is when its seat check was answered."""

    __tablename__ = "drill_seat"

    run_id: Mapped[int] = mapped_column(ForeignKey("drill_run.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[str]
    title: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    is_staff: Mapped[int] = mapped_column(server_default=_NONE)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DrillEventRecord(Base):
    """An entry of a run's log: `seq` counts from 1 without a hole, `body` is JSON; append-only."""

    __tablename__ = "drill_event"

    run_id: Mapped[int] = mapped_column(ForeignKey("drill_run.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sim_ms: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str]
    body: Mapped[str] = mapped_column(Text, server_default=sql("'{}'"))
    by_name: Mapped[str] = mapped_column(Text, server_default=_EMPTY)


class DrillResultRecord(Base):
    """What a run came to when it was scored; every scoring adds one, `content` is its JSON."""

    __tablename__ = "drill_result"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("drill_run.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_name: Mapped[str]
    engine: Mapped[int]
    overall: Mapped[int | None]
    band: Mapped[str] = mapped_column(server_default=_EMPTY)
    coverage: Mapped[int]
    content: Mapped[str] = mapped_column(Text)


class DrillSnapshotRecord(Base):
    """Where a copy of the sandbox lies, as it was after an entry of the log."""

    __tablename__ = "drill_snapshot"

    run_id: Mapped[int] = mapped_column(ForeignKey("drill_run.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sim_ms: Mapped[int] = mapped_column(BigInteger)
    path: Mapped[str] = mapped_column(Text)


class ObserverNoteRecord(Base):
    """An observer's note; `links` is JSON of ids."""

    __tablename__ = "observer_note"
    __table_args__ = (
        CheckConstraint("kind IN ('strength', 'improvement', 'fact', 'quote')", name="kind"),
        CheckConstraint("rating IN ('', 'P', 'S', 'M', 'U')", name="rating"),
        Index("ix_observer_note_run_id", "run_id", "sim_ms"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("drill_run.id"))
    sim_ms: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    author: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(server_default=sql("'fact'"))
    rating: Mapped[str] = mapped_column(server_default=_EMPTY)
    links: Mapped[str] = mapped_column(Text, server_default=sql("'[]'"))
    is_private: Mapped[int] = mapped_column(server_default=_NONE)


class SurveyAnswerRecord(Base):
    """One answer of the survey: no seat, no time finer than the day, and an id drawn at random."""

    __tablename__ = "survey_answer"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 5", name="score"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    run_id: Mapped[int] = mapped_column(ForeignKey("drill_run.id"), index=True)
    question: Mapped[str] = mapped_column(Text)
    score: Mapped[int] = mapped_column(server_default=_NONE)
    text: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    day: Mapped[str]
