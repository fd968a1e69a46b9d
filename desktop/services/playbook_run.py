"""Playbooks open on escalations: pinned to a version, ticked off, skipped with reasons."""

from dataclasses import replace
from typing import Any

from db.queries import playbook as playbooks
from db.queries import playbook_content as contents
from db.queries import playbook_run as rows
from db.queries.playbook_gap import NewGap
from db.queries.playbook_run import RunRow
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError, NotFound
from desktop.domain.escalation import Done
from desktop.domain.events import PlaybookRunsChanged, PlaybooksChanged
from desktop.domain.person import Actor
from desktop.domain.playbook import Content, StepKind
from desktop.domain.playbook_heat import GapKind
from desktop.domain.playbook_run import Run, RunStep, StepState
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, required
from desktop.services import playbook_proposing as proposing
from desktop.services.bus import Bus
from desktop.services.case import Case, Cases, Work
from desktop.services.changes import Value
from desktop.services.playbook_run_deeds import adopt, due_us, must_be_open, right_of, run_of, told

_OPEN: dict[str, Value] = {"state": "open", "at": None, "by": "", "reason": "", "evidence": "", "answer": ""}
#: A person may take up the steps of an escalation who may write to its timeline.
_RIGHT = Action.NOTE


class PlaybookRuns:
    """Opens playbooks on escalations and keeps how far their steps have come."""

    def __init__(self, cases: Cases, bus: Bus) -> None:
        self._cases = cases
        self._bus = bus
        self._read: dict[tuple[int, int], Content] = {}  # versions never change

    # -- reading
    def of(self, escalation_id: int) -> tuple[Run, ...]:
        """The runs of an escalation: open ones first, the latest first among them."""
        with self._cases.store.read() as session:
            found = rows.of_escalation(session, escalation_id)
            return self._joined(session, found)

    def get(self, run_id: int) -> Run:
        """One run.

        Raises: NotFound.
        """
        with self._cases.store.read() as session:
            return self._joined(session, [rows.get(session, run_id)])[0]

    # -- doing
    def open(self, escalation_id: int, playbook_id: int, by: Actor, version: int | None = None) -> Run:
        """Open a playbook on an escalation and keep to its version, the published one unless one is named.

        Raises: Conflict when it is open there already; NotFound; NotAllowed.
        """
        with self._cases.work(by) as work:
            case = work.case(escalation_id, _RIGHT)
            number = version or contents.published(work.session, playbook_id)
            content = self._content(work.session, playbook_id, number)
            if rows.open_run(work.session, case.id, playbook_id) is not None:
                raise Conflict(f"“{content.title}” is open on it already.", hint="Go on with that one.")
            run_id = rows.add(work.session, case.id, playbook_id, number, work.at_us, by.name)
            playbooks.note_use(work.session, playbook_id, work.at_us)
            for step in content.steps:
                rows.add_step(work.session, run_id, step.id, number, due_us(step, work.at_us))
            case.changes.added(
                "playbook_run",
                run_id,
                undone={"ended_at": work.at_us, "ended_by": by.name},
                made={"ended_at": None, "ended_by": ""},
            )
            facts: dict[str, Any] = {"run": run_id, "playbook": playbook_id, "version": number}
            facts["title"] = content.title
            done = case.tell(EventKind.PLAYBOOK_OPENED, "Opening of a playbook", **facts)
        self._tell(escalation_id)
        self._bus.publish(PlaybooksChanged((playbook_id,), self._cases.store.revision()))
        return self._after(run_id, done)

    def tick(self, run_id: int, step_id: str, by: Actor, evidence: str = "", answer: str = "") -> Run:
        """A step is done; one that decides says what was decided.

        Raises: DeskError when it is not open, or no decision is given; NotAllowed.
        """
        with self._cases.work(by) as work:
            run, case, one = self._step(work, run_id, step_id)
            must_be_open(one)
            answer = clean(answer)
            if one.step.kind is StepKind.DECIDE and not answer:
                answer, evidence = clean(evidence), ""
                if not answer:
                    raise DeskError(
                        "This step is a decision.", field="answer", hint="Say what was decided, and why."
                    )
            facts = {"evidence": clean(evidence), "answer": answer}
            self._set(case, one, StepState.DONE, **facts)
            late = one.kept.due_at is not None and work.at > one.kept.due_at
            right = right_of(run.decision(one.step))
            done = told(case, EventKind.PLAYBOOK_STEP_DONE, run, one, late=int(late), right=right, **facts)
        self._tell(run.escalation_id)
        return self._after(run_id, done)

    def skip(self, run_id: int, step_id: str, by: Actor, reason: str) -> Run:
        """A step is left out, for a reason; three of that propose a change of the playbook.

        Raises: DeskError without a reason, or when it is not open; NotAllowed.
        """
        with self._cases.work(by) as work:
            run, case, one = self._step(work, run_id, step_id)
            must_be_open(one)
            reason = required(
                reason, "reason", "Skipping a step needs a reason.", "Say why it does not fit here."
            )
            self._set(case, one, StepState.SKIPPED, reason=reason)
            is_raised = proposing.after_skip(work.session, run.playbook_id, one.step, work.at_us)
            done = told(case, EventKind.PLAYBOOK_STEP_SKIPPED, run, one, reason=reason)
        self._tell(run.escalation_id)
        if is_raised:
            self._bus.publish(PlaybooksChanged((run.playbook_id,), self._cases.store.revision()))
        return self._after(run_id, done)

    def reopen(self, run_id: int, step_id: str, by: Actor) -> Run:
        """A step that was done or skipped is to be done again.

        Raises: DeskError when it is open; NotAllowed.
        """
        with self._cases.work(by) as work:
            run, case, one = self._step(work, run_id, step_id)
            if one.is_open:
                raise Conflict("That step is open already.")
            case.changes.set("playbook_run_step", one.kept.id, **_OPEN, version=run.version)
            done = told(case, EventKind.PLAYBOOK_STEP_REOPENED, run, one)
        self._tell(run.escalation_id)
        return self._after(run_id, done)

    def unclear(self, run_id: int, step_id: str, by: Actor, what: str) -> Run:
        """Say that a step is unclear; twice proposes a change of the playbook.

        Raises: DeskError without a word of what; NotAllowed.
        """
        with self._cases.work(by) as work:
            run, case, one = self._step(work, run_id, step_id)
            text = required(what, "what", "Say what is unclear about it.", "A few words are enough.")
            rows.count_hint(work.session, one.kept.id)
            gap = NewGap(
                GapKind.UNCLEAR, text, run.playbook_id, one.step.id, run.escalation_id, work.at_us, by.name
            )
            proposing.after_hint(work.session, gap, one.step)
            done = told(case, EventKind.PLAYBOOK_MISSED, run, one, query=one.step.text, note=text)
        self._tell(run.escalation_id)
        self._bus.publish(PlaybooksChanged((run.playbook_id,), self._cases.store.revision()))
        return self._after(run_id, done)

    def adopt(self, run_id: int, by: Actor) -> Run:
        """Go on by the published version: steps keep their state by their ids.

        Raises: DeskError when there is no newer one; NotAllowed.
        """
        with self._cases.work(by) as work:
            run, case = self._open_run(work, run_id)
            if run.newest <= run.version:
                raise Conflict("It keeps to the newest version already.")
            content = self._content(work.session, run.playbook_id, run.newest)
            kept = rows.steps(work.session, [run_id])[run_id]
            adopt(case, run, content, kept)
            facts: dict[str, Any] = {
                "run": run_id,
                "version": [run.version, run.newest],
                "title": content.title,
            }
            done = case.tell(EventKind.PLAYBOOK_ADOPTED, "Newer version of a playbook", **facts)
        self._tell(run.escalation_id)
        return self._after(run_id, done)

    def stay(self, run_id: int, by: Actor) -> Run:
        """Keep to the version it has; a still newer one is told of again.

        Raises: DeskError when there is no newer one; NotAllowed.
        """
        with self._cases.work(by) as work:
            run, case = self._open_run(work, run_id)
            if not run.newer:
                raise Conflict("No newer version waits for an answer.")
            case.changes.set("playbook_run", run_id, stayed=run.newest)
            facts: dict[str, Any] = {
                "run": run_id,
                "version": run.version,
                "newer": run.newest,
                "title": run.title,
            }
            done = case.tell(EventKind.PLAYBOOK_STAYED, "Staying with a version", **facts)
        self._tell(run.escalation_id)
        return self._after(run_id, done)

    def end(self, run_id: int, by: Actor) -> Run:
        """Close the playbook on this escalation; what was done stays on record.

        Raises: Conflict when it is closed already; NotAllowed.
        """
        with self._cases.work(by) as work:
            run, case = self._open_run(work, run_id)
            case.changes.set("playbook_run", run_id, ended_at=work.at_us, ended_by=by.name)
            facts: dict[str, Any] = {"run": run_id, "version": run.version, "title": run.title}
            facts["steps"] = [run.settled, len(run.steps)]
            done = case.tell(EventKind.PLAYBOOK_ENDED, "Closing of a playbook", **facts)
        self._tell(run.escalation_id)
        return self._after(run_id, done)

    # -- within
    def _open_run(self, work: Work, run_id: int) -> tuple[Run, Case]:
        run = self._joined(work.session, [rows.get(work.session, run_id)])[0]
        case = work.case(run.escalation_id, _RIGHT)
        if not run.is_open:
            raise Conflict(f"“{run.title}” was closed on it by {run.ended_by}.", hint="Open it again.")
        return run, case

    def _step(self, work: Work, run_id: int, step_id: str) -> tuple[Run, Case, RunStep]:
        run, case = self._open_run(work, run_id)
        one = run.step(step_id)
        if one is None:
            raise NotFound("The playbook has no such step in this version.")
        return run, case, one

    def _set(self, case: Case, one: RunStep, state: StepState, **words: str) -> None:
        columns: dict[str, Value] = {**_OPEN, **words, "state": state.value, "at": case.at_us}
        case.changes.set("playbook_run_step", one.kept.id, **{**columns, "by": case.work.by.name})

    def _content(self, session: Session, playbook_id: int, number: int) -> Content:
        key = playbook_id, number
        if key not in self._read:
            self._read[key] = contents.get(session, playbook_id, number)
        return self._read[key]

    def _joined(self, session: Session, found: list[RunRow]) -> tuple[Run, ...]:
        kept = rows.steps(session, [row.id for row in found])
        return tuple(
            run_of(row, self._content(session, row.playbook_id, row.version), kept[row.id]) for row in found
        )

    def _after(self, run_id: int, done: Done) -> Run:
        return replace(self.get(run_id), done=done)

    def _tell(self, escalation_id: int) -> None:
        self._bus.publish(PlaybookRunsChanged((escalation_id,), self._cases.store.revision()))
