"""How a drill stands: what its log has come to so far."""

from collections import defaultdict
from dataclasses import dataclass, field

from desktop.domain.drill_log import Entry
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_words import Evidence


@dataclass(slots=True)
class InjectState:
    """How an inject stands; `word` is pending, held, fired, skipped or recalled."""

    word: str = "pending"
    fired_ms: int | None = None
    fired_seq: int = 0
    moved_ms: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What meets an expectation, or violates it: an event of the product or what staff saw."""

    seq: int
    sim_ms: int
    is_early: bool = False


@dataclass(slots=True)
class Observation:
    """What staff noted of an expectation; None where they said nothing about it."""

    seq: int
    sim_ms: int
    ok: tuple[str, ...] | None = None
    unseen: tuple[str, ...] = ()
    rating: str = ""
    violated: bool | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A rating or time that a person put in place of what was found, and why."""

    seq: int
    by: str
    reason: str
    rating: str = ""
    t_s: int | None = None


@dataclass(slots=True)
class ExpectationState:
    """How an expectation stands. `credit_ms` is what jumps have given; `closed` is why it ended early."""

    credit_ms: int = 0
    event: Seen | None = None
    observed: Observation | None = None
    hints: list[int] = field(default_factory=list)
    closed: str = ""
    override: Override | None = None


@dataclass(slots=True)
class DecisionState:
    """How a decision stands; `is_settled` when nothing changes it any more."""

    option: str = ""
    sim_ms: int | None = None
    seq: int = 0
    by: str = ""
    is_defaulted: bool = False
    is_settled: bool = False
    credit_ms: int = 0


@dataclass(slots=True)
class PendingEffect:
    """An effect that waits for its time; `inject` is whose it is, an inject or a complication."""

    inject: str
    number: int
    due_ms: int


@dataclass(slots=True)
class Stretch:
    """A time of the drill at one speed."""

    from_ms: int
    to_ms: int
    speed: int


class RunState:
    """What a log has come to so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sim_ms = 0
        self.seq = 0
        self.is_started = False
        self.is_running = False
        self.is_ended = False
        self.seed = 0
        self.speed = 1
        self.chosen_speed = 1
        self.forked_ms: int | None = None
        self.injects = {each: InjectState() for each in plan.injects}
        self.expectations = {each: ExpectationState() for each in plan.expectations}
        self.decisions = {each: DecisionState() for each in plan.decisions}
        self.events: dict[str, list[Entry]] = defaultdict(list)
        self.by_seq: dict[int, Entry] = {}
        self.effects: list[PendingEffect] = []
        self.improvised: list[Entry] = []
        self.complications: list[str] = []
        self.stretches: list[Stretch] = []
        self.since_ms = 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RunState):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in vars(self) if name != "plan")

    __hash__ = None  # type: ignore[assignment] # it changes

    def fired_ms(self, inject_id: str) -> int | None:
        """When an inject was fired; None unless it stands fired."""
        state = self.injects[inject_id]
        return state.fired_ms if state.word == "fired" else None

    def seen(self, expectation_id: str) -> Seen | None:
        """What met an expectation (or violated a negative one) first; None while nothing has."""
        _, one = self.plan.expectations[expectation_id]
        state = self.expectations[expectation_id]
        if one.negative:
            return self._violated(state)
        noted = self._noted(one.id, state)
        if one.evidence is Evidence.MANUAL:
            return noted
        if one.evidence is Evidence.EITHER and state.event and noted:
            return min(state.event, noted, key=lambda seen: (not seen.is_early, seen.sim_ms))
        return state.event or noted

    def _violated(self, state: ExpectationState) -> Seen | None:
        if state.observed is not None and state.observed.violated is not None:
            return Seen(state.observed.seq, state.observed.sim_ms) if state.observed.violated else None
        return state.event

    def _noted(self, expectation_id: str, state: ExpectationState) -> Seen | None:
        if state.observed is None:
            return None
        return Seen(state.observed.seq, state.observed.sim_ms, self._is_early(expectation_id, state))

    def _is_early(self, expectation_id: str, state: ExpectationState) -> bool:
        fired_ms = self.fired_ms(self.plan.expectations[expectation_id][0].id)
        return fired_ms is not None and state.observed is not None and state.observed.sim_ms < fired_ms

    def is_open(self, expectation_id: str, sim_ms: int) -> bool:
        """Whether an expectation still waits within its deadline and grace."""
        inject, one = self.plan.expectations[expectation_id]
        if one.negative or self.expectations[expectation_id].closed or self.fired_ms(inject.id) is None:
            return False
        return self.seen(expectation_id) is None and sim_ms < self.end_ms(expectation_id, with_grace=True)

    def end_ms(self, expectation_id: str, *, with_grace: bool = False) -> int:
        """The first instant past an expectation's deadline; its inject stands fired."""
        inject, one = self.plan.expectations[expectation_id]
        span_s = one.deadline_s + (one.grace_s if with_grace else 0) + 1
        fired_ms = self.injects[inject.id].fired_ms or 0
        return fired_ms + self.expectations[expectation_id].credit_ms + span_s * 1000

    def end_stretch(self, sim_ms: int) -> None:
        """Note how fast the drill ran until now."""
        if self.is_running and sim_ms > self.since_ms:
            self.stretches.append(Stretch(self.since_ms, sim_ms, self.speed))
        self.since_ms = sim_ms
