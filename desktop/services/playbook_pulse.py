"""How a playbook fares: heat map of its steps, mean times, where it was used, gaps, and proposed changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import playbook_content as contents
from db.queries import playbook_drill as drills
from db.queries import playbook_gap as gaps
from db.queries import playbook_run as run_rows
from db.queries import playbook_use as uses
from db.queries.playbook_drill import DrilledRow
from db.queries.playbook_use import UseRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.escalation import OPEN_STATES
from desktop.domain.events import PlaybooksChanged
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor, Role
from desktop.domain.playbook import Step
from desktop.domain.playbook_heat import GAPS, SKIPS, Gap, Proposal, ProposalKind, Row, Seen, heat
from desktop.domain.playbook_run import Kept, StepState, is_late, times_taken
from desktop.services.bus import Bus

#: So many of the latest runs are looked at.
_RUNS = 500
_MAY_DECLINE = frozenset({Role.COORDINATOR, Role.LEAD})


@dataclass(frozen=True, slots=True)
class Use:
    """One escalation on which a version was opened."""

    run_id: int
    version: int
    escalation_id: int
    number: str
    title: str
    is_open: bool
    opened_at: datetime
    opened_by: str
    took: timedelta | None
    settled: int
    steps: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """How one playbook fares; `mean` is from opening to closing it."""

    playbook_id: int
    versions: tuple[int, ...]
    rows: tuple[Row, ...]
    uses: tuple[Use, ...]
    mean: timedelta | None
    gaps: tuple[Gap, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Answerable:
    """Something a new version may answer: a proposal or a gap, for the question asked on publishing.

    `id` is that of a gap; that of a proposal is told as a negative number.
    """

    id: int
    text: str
    at: datetime


class PlaybookPulse:
    """Reads what became of playbooks in use, and closes what a new version answers."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus

    def of(self, playbook_id: int) -> Pulse:
        """How one playbook fares, over its last 500 runs; its heat counts drills too."""
        now = self._clock.now()
        with self._store.read() as session:
            used = uses.runs(session, playbook_id, _RUNS)
            kept = run_rows.steps(session, [row.run_id for row in used])
            versions = contents.numbers(session, playbook_id)
            texts = {number: contents.get(session, playbook_id, number) for number in versions}
            drilled = drills.steps(session, sorted({each.title for each in texts.values()})) if texts else []
            found_gaps = gaps.open_gaps(session, playbook_id)
            proposals = _standing(session, playbook_id)
        steps = {number: each.steps for number, each in texts.items()}
        seen = [each for row in used for each in _seen(row, kept[row.run_id], now)]
        seen += [_drilled(row) for row in drilled if row.version in versions]
        current = [step.id for step in steps[versions[-1]]] if versions else []
        took = [from_us(row.ended_us) - from_us(row.opened_us) for row in used if row.ended_us is not None]
        return Pulse(
            playbook_id,
            versions,
            heat(seen, _texts(steps), current),
            tuple(_use(row, kept[row.run_id]) for row in used),
            sum(took, timedelta()) / len(took) if took else None,
            found_gaps,
            proposals,
        )

    def missing(self) -> tuple[tuple[Gap, ...], tuple[Proposal, ...]]:
        """The searches that found nothing, and the playbooks that they propose to write."""
        with self._store.read() as session:
            return gaps.open_gaps(session, None), _standing(session, None)

    def answerable(self, playbook_id: int | None) -> tuple[Answerable, ...]:
        """What a version about to be published may answer: its own, then what was not found."""
        with self._store.read() as session:
            own = (playbook_id, None) if playbook_id is not None else (None,)
            found = [
                Answerable(-each.id, each.sentence, each.raised_at)
                for about in own
                for each in _standing(session, about)
            ]
            for about in own:
                found += [Answerable(each.id, each.text, each.at) for each in gaps.open_gaps(session, about)]
        return tuple(found)

    def answer(
        self, session: Session, playbook_id: int, number: int, gap_ids: Sequence[int], by: Actor, at: datetime
    ) -> None:
        """A version answers these; the gaps behind a proposal are answered with it."""
        proposal_ids = [-each for each in gap_ids if each < 0]
        answered = [each for each in gap_ids if each > 0]
        for about in (playbook_id, None):
            for row in gaps.proposals(session, about):
                if row.id in proposal_ids and row.kind is not ProposalKind.SKIPS:
                    answered += row.evidence
        if proposal_ids:
            gaps.close(session, proposal_ids, "answered", by.name, to_us(at), number)
        if answered:
            gaps.answer(session, answered, playbook_id, number, to_us(at))

    def decline(self, proposal_id: int, by: Actor) -> None:
        """Nothing is to change; new evidence may propose it again.

        Raises: NotAllowed; Conflict when it was answered meanwhile.
        """
        if not by.automatic and not by.roles & _MAY_DECLINE:
            raise NotAllowed("Only a coordinator or a lead may decline a proposed change.")
        with self._store.begin() as session:
            if not gaps.close(session, [proposal_id], "declined", by.name, to_us(self._clock.now())):
                raise Conflict("That proposal was answered already.", hint="Look again.")
            revision = session.revision()
        self._bus.publish(PlaybooksChanged((), revision))

    def improve(self, proposal_id: int, playbook_id: int, by: Actor) -> str:
        """Begin the draft that answers a proposal; gives the note with the evidence that it starts with.

        Raises: DeskError when the proposal is gone; whatever beginning a draft raises.
        """
        from desktop.services.playbook import PlaybookService  # who only looks writes none

        with self._store.read() as session:
            found = [each for each in _standing(session, playbook_id) if each.id == proposal_id]
        if not found:
            raise DeskError("That proposal is gone.", hint="Look again.")
        service = PlaybookService(store=self._store, clock=self._clock, bus=self._bus)
        if service.draft(playbook_id) is None:
            service.begin(playbook_id, by)
        return note_of(found[0])


def note_of(proposal: Proposal) -> str:
    """A change note that says what use has shown, with the escalations that show it."""
    lines = [f"{each.number or 'no escalation'}: {each.text}" for each in proposal.evidence]
    return "\n".join([proposal.sentence, *lines])


def _standing(session: Session, playbook_id: int | None) -> tuple[Proposal, ...]:
    """The open proposals that enough still speaks for: a skip may have been taken back."""
    found = [gaps.with_evidence(session, row) for row in gaps.proposals(session, playbook_id)]
    return tuple(
        each for each in found if len(each.evidence) >= (SKIPS if each.kind is ProposalKind.SKIPS else GAPS)
    )


def _seen(row: UseRow, kept: Sequence[Kept], now: datetime) -> list[Seen]:
    taken = times_taken(from_us(row.opened_us), kept)
    ended_at = now if row.ended_us is None else from_us(row.ended_us)
    return [
        Seen(
            one.step_id,
            one.version,
            row.run_id,
            one.state,
            one.reason,
            is_late(one, ended_at),
            one.hints,
            taken.get(one.step_id),
        )
        for one in kept
    ]


def _drilled(row: DrilledRow) -> Seen:
    """What became of a step in a drill; its run has no number among those of real work."""
    state = StepState.DONE if row.kind == "playbook.step_done" else StepState.SKIPPED
    return Seen(row.step_id, row.version, -row.drill, state, row.reason, bool(row.late))


def _use(row: UseRow, kept: Sequence[Kept]) -> Use:
    there = [one for one in kept if not one.gone]
    return Use(
        row.run_id,
        row.version,
        row.escalation_id,
        row.number,
        row.title,
        row.state in OPEN_STATES,
        from_us(row.opened_us),
        row.opened_by,
        None if row.ended_us is None else from_us(row.ended_us) - from_us(row.opened_us),
        sum(one.at is not None for one in there),
        len(there),
    )


def _texts(steps: Mapping[int, Sequence[Step]]) -> dict[str, str]:
    """What each step says in the newest version that has it."""
    return {step.id: step.text for number in sorted(steps) for step in steps[number]}
