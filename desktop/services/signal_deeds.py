"""Carries out what was decided about signals, within the transaction that decided it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.queries import alert as alerts
from db.queries import escalation as escalations
from db.queries import evidence, mark, timeline
from db.queries import person as people
from db.queries import rule as rules
from db.queries import signal as signals
from db.queries.timeline import NewEvent
from desktop.domain.customer import Customer
from desktop.domain.disposition import Cause, Disposition
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Opened, State
from desktop.domain.evidence import clean_name
from desktop.domain.failsafe import is_told
from desktop.domain.intake import Intake
from desktop.domain.opening import build
from desktop.domain.person import Person, Role
from desktop.domain.review import Reason, reasons, sentences, why_text
from desktop.domain.rule import Applied, Decision
from desktop.domain.signal import Signal
from desktop.domain.signal_grade import severity_of_hint
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services import opening as openings
from desktop.services.case import Work
from desktop.services.customer_unknown import unknown_customer
from desktop.services.escalation import OpenedHook
from desktop.services.judging import Heard, Judge

_LONGEST_DETAILS = 20_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done about a signal: its escalation, none for 0, and rules that fired."""

    escalation_id: int = 0
    fired: tuple[Applied, ...] = ()


class Deeds:
    """Opens, joins and notes; every row of it in the work's one transaction."""

    def __init__(self, work: Work, judge: Judge, hooks: list[OpenedHook]) -> None:
        self._work = work
        self._session = work.session
        self._judge = judge
        self._hooks = hooks

    def carry_out(self, heard: Heard) -> Outcome:
        """Do what was decided and write the signal down with it; gives what became of it."""
        outcome = self.do(heard)
        signal_id = self._note(heard, outcome)
        note_rules(self._work, heard.verdict.decision, outcome, signal_id)
        return outcome

    def do(self, heard: Heard) -> Outcome:
        """Do what was decided; what cannot be opened as rules want is held for a person, with the reason."""
        try:
            return self._do(heard)
        except DeskError as error:
            heard.verdict = replace(
                heard.verdict, disposition=Disposition.HELD, cause=Cause.FAULT, why=str(error)
            )
            return Outcome()

    def _do(self, heard: Heard) -> Outcome:
        verdict = heard.verdict
        if verdict.disposition is Disposition.OPENED:
            return self.open(heard)
        if verdict.disposition is Disposition.JOINED and verdict.joins is not None:
            if verdict.cause is Cause.ANSWER:
                return self._answer(heard, verdict.joins.id)
            return self.join(heard, verdict.joins.id)
        return Outcome()

    def open(self, heard: Heard) -> Outcome:
        """Open an escalation for a signal, or join the one that its reference names already."""
        same = self._same_reference(heard)
        if same is not None:
            heard.verdict = replace(
                heard.verdict,
                disposition=Disposition.JOINED,
                cause=Cause.REPEAT,
                why=f"{same[1]} stands for it.",
            )
            return self.join(heard, same[0])
        decision = heard.verdict.decision
        customer, is_known = self._customer(heard, decision)
        intake, missing = self._intake(heard, decision, customer)
        policy = self._work.policies.active(self._session)
        opening = build(intake, customer, policy, self._work.at, self._work.by)
        why = reasons(decision, near_edge=opening.score.near_edge and intake.classified)
        opening.columns["needs_review"] = int(bool(why) or not is_known)
        opening.columns["review_why"] = why_text(why)
        opening.columns["review_at"] = self._work.at_us if opening.columns["needs_review"] else None
        opened = openings.store(self._session, opening, self._work.by, signal=heard.message_id)
        said = [*sentences(decision, why), *missing]
        if not is_known:
            said.append("The signal names no customer the desk knows.")
        self._after_opening(heard, opened, said)
        return Outcome(opened.id, decision.applied if decision is not None else ())

    def join(self, heard: Heard, escalation_id: int) -> Outcome:
        """Count a signal on an escalation; the timeline tells of it now and then, not of every repeat."""
        escalation_id = escalations.survivor(self._session, escalation_id)
        alert = (
            heard.alert if heard.alert is not None and heard.alert.escalation_id == escalation_id else None
        )
        if alert is None:
            alerts.put(
                self._session, heard.source.id, heard.key, escalation_id, heard.fingerprint, self._work.at_us
            )
            times, told = 1, True
        else:
            times = alert.times + 1
            told = is_told(times, alert.told_us, self._work.at_us)
            alerts.count_repeat(self._session, alert.id, times, self._work.at_us, told=told)
        fired: tuple[Applied, ...] = ()
        if told:
            fired = self._tell_of_repeat(heard, escalation_id, times)
        heard.alert = alerts.get(self._session, heard.source.id, heard.key)
        return Outcome(escalation_id, fired)

    def _tell_of_repeat(self, heard: Heard, escalation_id: int, times: int) -> tuple[Applied, ...]:
        case = self._work.case(escalation_id)
        came_back = not case.escalation.is_open
        if came_back and case.escalation.state is not State.STANDARD:
            case.set(needs_review=1, review_why=why_text([Reason.CAME_BACK]), review_at=self._work.at_us)
        applied: tuple[Applied, ...] = ()
        if case.escalation.is_open and heard.verdict.cause is not Cause.PERSON:
            decision = self._judge.decide(heard.facts, rules.locked_fields(self._session, escalation_id))
            applied = decision.acting
        case.tell(
            EventKind.SIGNAL_JOINED,
            "Signal",
            counts=case.escalation.is_open,
            source=heard.source.name,
            title=heard.signal.title,
            times=times,
            came_back=came_back or None,
        )
        return applied

    def _answer(self, heard: Heard, escalation_id: int) -> Outcome:
        """The source says that it is being seen to, or that it is over; a person confirms that."""
        escalation_id = escalations.survivor(self._session, escalation_id)
        case = self._work.case(escalation_id)
        facts: dict[str, Any] = {"source": heard.source.name, "title": heard.signal.title}
        if not heard.verdict.proposes_containment:
            case.tell(EventKind.SIGNAL_ACKNOWLEDGED, "Signal", **facts)
            return Outcome(escalation_id)
        if heard.alert is not None:
            alerts.end(self._session, heard.alert.id, self._work.at_us)
        firing = alerts.still_firing(self._session, escalation_id)
        is_waiting = case.escalation.is_open and case.escalation.state is not State.CONTAINED
        if not firing and is_waiting and case.escalation.containment_proposed_at is None:
            case.set(
                containment_proposed_at=self._work.at_us, containment_proposed_by=heard.source.name[:200]
            )
        case.tell(EventKind.SIGNAL_RESOLVED, "Signal", firing=firing or None, **facts)
        return Outcome(escalation_id)

    def _note(self, heard: Heard, outcome: Outcome) -> int:
        decided = signals.Decided(
            message_id=heard.message_id,
            place=heard.place,
            source_id=heard.source.id,
            received_us=heard.received_us,
            signal=heard.signal,
            key=heard.key,
            fingerprint=heard.fingerprint,
            verdict=heard.verdict,
            escalation_id=outcome.escalation_id or None,
            decided_us=self._work.at_us,
            by=self._work.by.name,
        )
        return signals.insert(self._session, decided)

    def _after_opening(self, heard: Heard, opened: Opened, said: list[str]) -> None:
        self._judge.note_opened(heard.source, self._work.at_us)
        alerts.put(self._session, heard.source.id, heard.key, opened.id, heard.fingerprint, self._work.at_us)
        evidence.attach(
            self._session,
            escalation_id=opened.id,
            name=clean_name(f"{heard.source.key}-{heard.message_id}{_ending(heard.source.kind.value)}"),
            media_type="application/json" if _ending(heard.source.kind.value) == ".json" else "text/plain",
            sha256=heard.sha256,
            at_us=self._work.at_us,
            by=heard.source.name,
        )
        decision = heard.verdict.decision
        for action, rule in decision.additions if decision is not None else ():
            kind = "tag" if action.kind == "add_tag" else "playbook"
            text = one_line(str(action.value))
            mark.put(self._session, opened.id, kind, text, self._work.at_us, rule.name)
        if said:
            body = {"reasons": said}
            event = NewEvent(EventKind.REVIEW_WANTED, self._work.at_us, self._work.by.name, opened.id, body)
            timeline.append_many(self._session, [event])
        for hook in self._hooks:
            hook(self._session, opened)
        self._work.ids[opened.id] = None

    def _intake(
        self, heard: Heard, decision: Decision | None, customer: Customer
    ) -> tuple[Intake, tuple[str, ...]]:
        signal, source = heard.signal, heard.source
        values = {} if decision is None else {name: value for name, (value, _) in decision.values.items()}
        owner, missing = self._owner(values)
        issue_type = str(values.get("issue_type", ""))
        reference = signal.understood("reference")
        is_classified = decision is not None and decision.is_classified
        severity = values.get("severity")
        if severity is None and not issue_type:
            severity = severity_of_hint(signal.severity_hint or signal.understood("priority"))
        intake = Intake(
            customer_id=customer.id,
            title=signal.title or "A signal without a title",
            description=described(signal),
            area="" if issue_type else str(values.get("area", source.area)),
            issue_type=issue_type,
            severity=severity,
            business_impact=values.get("business_impact"),
            reputational_risk=values.get("reputational_risk"),
            reporter=signal.understood("reporter"),
            source=source.name,
            external_source=source.key if reference else None,
            external_ref=reference or None,
            team=str(values.get("team", "")),
            owner_id=None if owner is None else owner.id,
            opened_at=signal.occurred_at if _is_past(signal, self._work) else None,
            classified=is_classified,
        )
        return intake, missing

    def _owner(self, values: Mapping[str, Any]) -> tuple[Person | None, tuple[str, ...]]:
        """Who shall own it by the rules, and what to say where nobody can."""
        known = {person.id: person for person in people.all_people(self._session) if person.active}
        if (wanted := values.get("owner")) is not None:
            found = known.get(wanted) or next((p for p in known.values() if p.name == wanted), None)
            return found, () if found else (f"A rule assigns it to {wanted}, whom the desk does not know.",)
        team = values.get("owner_on_call")
        if team is None:
            return None, ()
        on_call = [p for p in known.values() if Role.ON_CALL in p.roles and (not team or p.team == team)]
        if on_call:
            return min(on_call, key=lambda person: person.id), ()
        return None, (f"Nobody is on call for {team}.",)

    def _customer(self, heard: Heard, decision: Decision | None) -> tuple[Customer, bool]:
        """Whose problem it is: by rule, by the signal, by its source, or the customer for what names none."""
        wanted = decision.values.get("customer") if decision is not None else None
        if wanted is not None:
            found = self._judge.customer(wanted[0])
            if found is not None:
                return found, True
        if heard.customer is not None:
            return heard.customer, True
        return unknown_customer(self._session, self._work.by.name), False

    def _same_reference(self, heard: Heard) -> tuple[int, str] | None:
        reference = heard.signal.understood("reference")
        if not reference:
            return None
        return escalations.by_reference(self._session, heard.source.key, one_line(reference))


def note_rules(work: Work, decision: Decision | None, outcome: Outcome, signal_id: int) -> None:
    """Write down each rule that acted on a signal or proposes something for its escalation."""
    if decision is None:
        return
    acting = outcome.fired if outcome.fired else decision.acting
    wanted = [rule for rule in acting if rule.actions] if outcome.escalation_id or decision.decided_by else []
    events = []
    for rule in {id(rule): rule for rule in (*wanted, *decision.proposals)}.values():
        is_proposal = rule in decision.proposals
        did = {
            "words": list(rule.words),
            "because": list(rule.because),
            "actions": [[action.kind, action.value] for action in rule.actions],
        }
        rules.note_firing(
            work.session,
            rule_id=rule.rule_id,
            version=rule.version,
            signal_id=signal_id,
            escalation_id=outcome.escalation_id or None,
            state="proposed" if is_proposal else "done",
            did=did,
            at_us=work.at_us,
        )
        if outcome.escalation_id and not is_proposal:
            body = {
                "rule": rule.name,
                "version": rule.version,
                "did": did["words"],
                "because": did["because"],
            }
            events.append(
                NewEvent(EventKind.RULE_APPLIED, work.at_us, work.by.name, outcome.escalation_id, body)
            )
    timeline.append_many(work.session, events)


def described(signal: Signal) -> str:
    """What a signal says beyond its title, as the description of an escalation."""
    lines = [signal.understood("details")[:_LONGEST_DETAILS]]
    labels = signal.fields.get("labels")
    if isinstance(labels, Mapping):
        lines.append("\n".join(f"{name}: {value}" for name, value in labels.items()))
    return "\n\n".join(line for line in lines if line)


def _ending(kind: str) -> str:
    return {"mail": ".eml", "folder": ".txt"}.get(kind, ".json")


def _is_past(signal: Signal, work: Work) -> bool:
    return signal.occurred_at is not None and signal.occurred_at <= work.at
