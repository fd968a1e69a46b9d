"""What a desk keeps of its drills: scenarios in versions, runs, seats, notes, answers, gaps and actions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.drill_gap import GapState


class ScenarioState(StrEnum):
    """How far a version of a scenario has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class RunMode(StrEnum):
    """Who plays staff: the program, a trainer at the console, or a scribe who ticks what is said."""

    SOLO = "solo"
    TABLE = "table"
    SCRIBE = "scribe"


class RunState(StrEnum):
    """How far a run has come; after `ended` come its score and the end of its hot-wash."""

    PLANNED = "planned"
    BRIEFING = "briefing"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    SCORED = "scored"
    CLOSED = "closed"


#: A run in one of these can go on.
UNFINISHED = frozenset({RunState.BRIEFING, RunState.RUNNING, RunState.PAUSED})


class NoteKind(StrEnum):
    """What an observer's note tells."""

    STRENGTH = "strength"
    IMPROVEMENT = "improvement"
    FACT = "fact"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario in the library, as of its newest version; `published` is 0 while none is.

    `difficulty` 0 is not stated; `last_overall` and `last_band` are of runs that were no practice;
    `playbook` is the short name of the one it exercises.
    """

    slug: str
    title: str
    summary: str
    version: int
    published: int
    state: ScenarioState
    duration_s: int
    difficulty: int = 0
    seats: int = 0
    areas: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    gap_codes: tuple[str, ...] = ()
    origin: str = "original"
    has_draft: bool = False
    runs: int = 0
    last_run_at: datetime | None = None
    last_overall: int | None = None
    last_band: str = ""
    playbook: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioVersion:
    """One version as it is kept; a draft's `edition` counts its savings, and its text may have faults."""

    slug: str
    version: int
    state: ScenarioState
    text: str
    sha256: str
    title: str
    created_at: datetime
    created_by: str
    edition: int = 0
    change_note: str = ""
    published_at: datetime | None = None
    published_by: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where; `checked_at` is when they answered the seat check."""

    role: str
    title: str
    name: str
    person_id: int | None = None
    is_staff: bool = False
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a frozen scenario.

    `sim_ms` is how far it is known to have come. Practice runs count in no trend. `folder` is where its
    sandbox lies, empty once it was thrown away. `forked_from` is the run it went on from, at `forked_seq`.
    """

    id: int
    slug: str
    version: int
    title: str
    mode: RunMode
    state: RunState
    practice: bool
    team: str
    seed: int
    sim_ms: int
    made_at: datetime
    made_by: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    folder: str = ""
    forked_from: int | None = None
    forked_seq: int = 0
    overall: int | None = None
    band: str = ""
    coverage: int | None = None
    seats: tuple[Seat, ...] = ()
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class ObserverNote:
    """What an observer wrote, at a time of the drill and of the wall; `links` are ids."""

    id: int
    run_id: int
    sim_ms: int
    at: datetime
    author: str
    text: str
    kind: NoteKind = NoteKind.FACT
    rating: str = ""
    links: tuple[str, ...] = ()
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """One answer of the survey; it names nobody. `score` is 1 to 5, 0 where only words were asked for."""

    question: str
    score: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap that a drill or an escalation showed; `times` counts it with its recurrences in 12 months.

    `run_id` or `escalation_id` says where it was seen, `expectation` by what, `evidence` are entries of the
    run's log. `places` are product areas and roles, by which recurrences are found.
    """

    id: int
    category: str
    code: str
    title: str
    detail: str
    severity: int
    state: GapState
    found_at: datetime
    proposed_by: str
    run_id: int | None = None
    escalation_id: int | None = None
    expectation: str = ""
    evidence: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    owner_id: int | None = None
    owner: str = ""
    due: date | None = None
    action_id: int | None = None
    playbook_slug: str = ""
    playbook_step: str = ""
    recurrence_of: int | None = None
    times: int = 1
    confirmed_by: str = ""
    declined_why: str = ""
    waiver: str = ""
    verified_by_run: int | None = None
    closed_at: datetime | None = None
    team: str = ""


class ActionKind(StrEnum):
    """What an action changes."""

    MITIGATE = "mitigate"
    PREVENT = "prevent"
    DETECT = "detect"
    PROCESS = "process"
    TRAIN = "train"
    COMMUNICATE = "communicate"


class ActionState(StrEnum):
    """How far an action has come; done is not verified."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    VERIFIED = "verified"
    DECLINED = "declined"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """Something one person is to do by a day, out of a drill or a debrief."""

    id: int
    text: str
    kind: ActionKind
    state: ActionState
    owner_id: int
    owner: str
    due: date
    made_at: datetime
    made_by: str
    run_id: int | None = None
    escalation_id: int | None = None
    gap_id: int | None = None
    evidence: str = ""
    verified_by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One run of a team in its trend; scores in permille by competence."""

    run_id: int
    slug: str
    title: str
    team: str
    at: datetime
    overall: int
    band: str
    coverage: int
    competences: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to when it was scored; scoring it again adds one. `json` is the whole score."""

    id: int
    at: datetime
    by: str
    engine: int
    overall: int | None
    band: str
    coverage: int
    json: str
