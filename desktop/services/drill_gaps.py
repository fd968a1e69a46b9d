"""The register of gaps: proposed by drills, confirmed by people, closed by a later drill that passes."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from db.queries import action as actions
from db.queries import gap as queries
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.drill_gap import GapState, codes_passed, must_follow, proposals
from desktop.domain.drill_record import Gap, RunState
from desktop.domain.drill_rights import may_train, may_waive, name_of
from desktop.domain.drill_score import DrillScore, score_log
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.events import DrillsChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.wording import clean, required
from desktop.services import gap_rows
from desktop.services.bus import Bus
from desktop.services.drill_record import DrillRecord
from desktop.services.gap_reading import GapReading
from desktop.services.gap_rows import Seen

_KEEP = "keep the register of gaps"
_PLAYED = (RunState.ENDED, RunState.SCORED, RunState.CLOSED)
_Result = TypeVar("_Result")


class GapRegister(GapReading):
    """Keeps gaps; nobody closes one by saying that it is done."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        super().__init__(store)
        self._clock = clock
        self._bus = bus
        self._record = DrillRecord(store=store, clock=clock, bus=bus)

    def propose_from(self, run_id: int, score: DrillScore, by: Actor | str) -> tuple[Gap, ...]:
        """Propose what a run's score shows, once each however often it is scored; gives the new ones.

        Raises: NotFound.
        """
        run, scenario = self._record.run(run_id), self._record.scenario(run_id)
        wanted = {one.id: one for _, one in scenario.expectations()}
        seen = [
            Seen(
                code=each.code,
                detail=f"{scenario.filled(wanted[each.expectation].text)}: {each.why}.",
                severity=each.severity,
                by=name_of(by),
                at=self._clock.now(),
                team=run.team,
                run_id=run_id,
                expectation=each.expectation,
                evidence=each.evidence,
                places=frozenset(filter(None, (*scenario.tags.product_area, wanted[each.expectation].role))),
                playbook_slug=scenario.playbook.id if scenario.playbook else "",
            )
            for each in proposals(score)
        ]

        def propose(session: Session) -> list[Gap]:
            known = queries.proposed(session, run_id)
            new = {(each.expectation, each.code): each for each in seen}
            ids = [gap_rows.add(session, each) for key, each in new.items() if key not in known]
            return [gap_rows.gap(session, gap_id) for gap_id in ids]

        return tuple(self._change(propose, run_id))

    def add(
        self,
        code: str,
        detail: str,
        by: Actor | str,
        *,
        run_id: int | None = None,
        escalation_id: int | None = None,
        severity: int = 2,
        places: Sequence[str] = (),
        evidence: Sequence[int] = (),
        playbook_slug: str = "",
        playbook_step: str = "",
    ) -> Gap:
        """Propose a gap that a person has seen: in a drill, on an escalation, or otherwise.

        Without places those of the drill or escalation count.

        Raises: DeskError naming the field; NotFound.
        """
        text = required(detail, "detail", "Say what was missing.")
        if severity not in (1, 2, 3):
            raise DeskError("A gap is of severity 1 to 3.", field="severity")
        if run_id is not None and escalation_id is not None:
            raise DeskError("A gap was seen in a drill or on an escalation, not on both.")
        where, team = self._place(run_id, escalation_id)

        def add(session: Session) -> Gap:
            seen = Seen(
                code=code,
                detail=text,
                severity=severity,
                by=name_of(by),
                at=self._clock.now(),
                team=team,
                run_id=run_id,
                escalation_id=escalation_id,
                evidence=tuple(evidence),
                places=frozenset(places) or where,
                playbook_slug=playbook_slug,
                playbook_step=playbook_step,
            )
            return gap_rows.gap(session, gap_rows.add(session, seen))

        return self._change(add, run_id or 0)

    def confirm(self, gap_id: int, by: Actor) -> Gap:
        """A proposed gap is one.

        Raises: DeskError when it was no proposal; NotFound; NotAllowed.
        """
        return self._move(gap_id, GapState.OPEN, by, only=GapState.PROPOSED, confirmed_by=by.name)

    def dismiss(self, gap_id: int, by: Actor, reason: str) -> Gap:
        """A proposed gap is none.

        Raises: DeskError without a reason, or when it was no proposal; NotFound; NotAllowed.
        """
        why = required(reason, "reason", "Say why this is no gap.")
        return self._move(gap_id, GapState.DECLINED, by, only=GapState.PROPOSED, declined_why=why)

    def accept(self, gap_id: int, by: Actor, *, owner_id: int, due: date) -> Gap:
        """Somebody takes care of an open gap by a day.

        Raises: DeskError naming the field; NotFound; NotAllowed.
        """
        gap_rows.check_due(due, self._clock.now())
        return self._move(gap_id, GapState.ACCEPTED, by, owner_id=owner_id, due=due.isoformat())

    def decline(self, gap_id: int, by: Actor, reason: str) -> Gap:
        """Nothing is done about an open gap.

        Raises: DeskError without a reason, or when it is not open; NotFound; NotAllowed.
        """
        why = required(reason, "reason", "Say why nothing is done about it.")
        return self._move(gap_id, GapState.DECLINED, by, declined_why=why)

    def link_action(self, gap_id: int, action_id: int, by: Actor) -> Gap:
        """Let an action stand for what is done about an accepted gap, also in the place of another one.

        Raises: DeskError while it is not accepted; NotFound; NotAllowed.
        """
        may_train(by, _KEEP)

        def link(session: Session) -> Gap:
            gap = gap_rows.gap(session, gap_id)
            gap_rows.action(session, action_id)
            if gap.state is not GapState.ACTION_LINKED:
                must_follow(gap.state, GapState.ACTION_LINKED)
            queries.change(session, gap_id, {"state": GapState.ACTION_LINKED.value, "action_id": action_id})
            return gap_rows.gap(session, gap_id)

        return self._change(link)

    def verify_by(self, run_id: int) -> tuple[Gap, ...]:
        """Let a run verify the gaps found before it whose code it exercised and passed; it closes none.

        A team's gap is verified by a drill of that team. Practice, forks and unfinished runs verify none.
        A run that was judged anew and does not pass any more takes its word back.

        Raises: NotFound.
        """
        run = self._record.run(run_id)
        if run.practice or run.forked_from is not None or run.state not in _PLAYED:
            return ()
        passed = codes_passed(score_log(self._record.scenario(run_id), self._record.log(run_id)))
        begun_us = to_us(run.started_at or run.made_at)

        def verify(session: Session) -> list[Gap]:
            queries.take_back(session, run_id, sorted(passed))
            found = [
                row
                for code in sorted(passed)
                for row in queries.to_verify(session, code, run.team, begun_us, run_id)
            ]
            for row in found:
                must_follow(GapState(row.state), GapState.VERIFIED, run_passed=True)
                queries.change(session, row.id, {"state": GapState.VERIFIED.value, "verified_by_run": run_id})
                _verify_action(session, row.action_id, run_id)
            return [gap_rows.gap(session, row.id) for row in found]

        return tuple(self._change(verify, run_id))

    def waive(self, gap_id: int, by: Actor, text: str) -> Gap:
        """Let a gap count as verified without a drill, on a lead's written word.

        Raises: DeskError without words, or while nobody has accepted it; NotFound; NotAllowed.
        """
        may_waive(by)
        words = required(text, "text", "Write why no drill has to pass this.")

        def waive(session: Session) -> Gap:
            gap = gap_rows.gap(session, gap_id)
            must_follow(gap.state, GapState.VERIFIED, waiver=words)
            queries.change(
                session, gap_id, {"state": GapState.VERIFIED.value, "waiver": words, "waived_by": by.name}
            )
            return gap_rows.gap(session, gap_id)

        return self._change(waive)

    def shown_by(self, gap_id: int, by: Actor, number: str, text: str) -> Gap:
        """Let a later escalation verify a gap: it came to the same point, and there it went well.

        Raises: DeskError for one that is not later, not over, or the gap's own, or without words; NotFound;
            NotAllowed.
        """
        may_train(by, _KEEP)
        words = required(text, "text", "Write what in that escalation shows it.")

        def show(session: Session) -> Gap:
            gap = gap_rows.gap(session, gap_id)
            found = gap_rows.escalation(session, number)
            if found.id == gap.escalation_id or found.opened_at <= gap.found_at:
                raise DeskError(
                    f"{found.number} is not later than the gap.",
                    field="number",
                    hint="Name one opened since.",
                )
            if found.is_open:
                raise DeskError(f"{found.number} is not over yet.", field="number", hint="Wait for its end.")
            told = f"Shown by {found.number}: {words}"
            must_follow(gap.state, GapState.VERIFIED, waiver=told)
            values = {"state": GapState.VERIFIED.value, "waiver": told, "waived_by": by.name}
            queries.change(session, gap_id, values)
            return gap_rows.gap(session, gap_id)

        return self._change(show)

    def close(self, gap_id: int, by: Actor) -> Gap:
        """End a verified gap.

        Raises: DeskError while no later drill has passed it and no lead has waived it; NotFound; NotAllowed.
        """
        closed_us = to_us(self._clock.now())
        return self._move(gap_id, GapState.CLOSED, by, closed_at=closed_us, closed_by=by.name)

    def reopen(self, gap_id: int, by: Actor, reason: str) -> Gap:
        """Let a closed or declined gap be open again; why, and how it was closed, is added to its words.

        Raises: DeskError without a reason, or when it is neither; NotFound; NotAllowed.
        """
        may_train(by, _KEEP)
        why = required(reason, "reason", "Say why it is open again.")

        def reopen(session: Session) -> Gap:
            gap = gap_rows.gap(session, gap_id)
            must_follow(gap.state, GapState.OPEN)
            values = dict.fromkeys(("declined_why", "waiver", "waived_by", "closed_by"), "")
            told = f"{gap.detail}\n{_told(gap, by.name, self._clock.now(), why)}"
            more: dict[str, Any] = {"verified_by_run": None, "closed_at": None, "detail": told}
            queries.change(session, gap_id, {"state": GapState.OPEN.value, **values, **more})
            return gap_rows.gap(session, gap_id)

        return self._change(reopen)

    def _place(self, run_id: int | None, escalation_id: int | None) -> tuple[frozenset[str], str]:
        """Where a gap was seen, and by which team."""
        if run_id is not None:
            return frozenset(self._record.scenario(run_id).tags.product_area), self._record.run(run_id).team
        if escalation_id is None:
            return frozenset(), ""
        with self._store.read() as session:
            found = queries.place_of_escalation(session, escalation_id)
        if found is None:
            raise NotFound("There is no such escalation.")
        return frozenset(filter(None, found[:1])), found[1]

    def _move(
        self, gap_id: int, after: GapState, by: Actor, *, only: GapState | None = None, **values: object
    ) -> Gap:
        may_train(by, _KEEP)

        def move(session: Session) -> Gap:
            gap = gap_rows.gap(session, gap_id)
            if only is not None and gap.state is not only:
                raise DeskError("Somebody has judged this proposal already.", hint="Look at the gap again.")
            must_follow(gap.state, after)
            owner_id = values.get("owner_id")
            if isinstance(owner_id, int):
                gap_rows.check_owner(session, owner_id)
            queries.change(session, gap_id, {"state": after.value, **values})
            return gap_rows.gap(session, gap_id)

        return self._change(move)

    def _change(self, change: Callable[[Session], _Result], run_id: int = 0) -> _Result:
        with self._store.begin() as session:
            result = change(session)
        self._bus.publish(DrillsChanged(run_id))
        return result


def _verify_action(session: Session, action_id: int | None, run_id: int) -> None:
    """What was done about a gap that a run has passed works."""
    row = None if action_id is None else actions.get(session, action_id)
    if row is not None and row.state == "done":
        actions.change(session, row.id, {"state": "verified", "verified_by": f"run {run_id}"})


def _told(gap: Gap, by: str, at: datetime, why: str) -> str:
    """One line about a gap that is open again."""
    if gap.state is GapState.DECLINED:
        before = f"declined: {gap.declined_why}"
    elif gap.verified_by_run is not None:
        before = f"closed by run {gap.verified_by_run}"
    else:
        before = f"closed by waiver: {gap.waiver}"
    return clean(f"Open again {at.date().isoformat()}, {by}: {why} (before: {before})")
