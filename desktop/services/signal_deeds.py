"""Carries out what was decided about signals, within the transaction that decided it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.queries import alert as alerts
from db.queries import escalation as escalations
from db.queries import evidence, mark, timeline
from db.queries import signal as signals
from db.queries.timeline import NewEvent
from desktop.domain.disposition import Cause, Disposition
from desktop.domain.errors import DeskError, StoreError
from desktop.domain.escalation import Opened, State
from desktop.domain.evidence import clean_name
from desktop.domain.failsafe import is_told
from desktop.domain.opening import build
from desktop.domain.review import Reason, reasons, sentences, why_text
from desktop.domain.rule import Applied, Decision
from desktop.domain.signal import SignalAction
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services import mail_deeds, overruling, review_mark
from desktop.services import opening as openings
from desktop.services.case import Work
from desktop.services.escalation import OpenedHook
from desktop.services.judging import Heard, Judge
from desktop.services.nobody import tell_of_nobody
from desktop.services.rule_deeds import Fired, carry_out, note_fired, told, words_of
from desktop.services.signal_intake import intake_of, whose

#: A rule may name these otherwise than they are kept.
_NAMED = ("customer", "owner", "team")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done about a signal: its escalation, none for 0, rules that did something, and proposals."""

    escalation_id: int = 0
    fired: tuple[Fired, ...] = ()
    proposed: tuple[Applied, ...] = ()


class Deeds:
    """Opens, joins and notes; every row of it in the work's one transaction.

    `noticed`: the desk was told of something by a notification.
    """

    def __init__(self, work: Work, judge: Judge, hooks: list[OpenedHook]) -> None:
        self._work = work
        self._session = work.session
        self._judge = judge
        self._hooks = hooks
        self.noticed = False

    def carry_out(self, heard: Heard) -> Outcome:
        """Do what was decided and write the signal down with it; gives what became of it."""
        outcome = self.do(heard)
        signal_id = self._note(heard, outcome)
        note_fired(self._work, outcome.fired, outcome.proposed, outcome.escalation_id, signal_id)
        return outcome

    def do(self, heard: Heard) -> Outcome:
        """Do what was decided; what cannot be opened as rules want is held for a person, with the reason."""
        try:
            outcome = self._do(heard)
            if outcome.escalation_id:
                mail_deeds.bring(self._work, heard, outcome.escalation_id)
            return outcome
        except StoreError:
            raise  # nothing of this transaction is kept
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
        if verdict.cause is Cause.RULE and verdict.disposition is Disposition.SUPPRESSED:
            return Outcome(fired=_deciding(verdict.decision))
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
        customer, is_known = whose(self._work, heard, decision)
        intake, missing = intake_of(self._work, heard, decision, customer)
        policy = self._work.policies.active(self._session)
        opening = build(intake, customer, policy, self._work.at, self._work.by)
        why = reasons(
            decision,
            near_edge=opening.score.near_edge and intake.classified,
            no_customer=not is_known,
            no_owner=bool(missing),
        )
        opening.columns["needs_review"] = int(bool(why))
        opening.columns["review_why"] = why_text(why)
        opening.columns["review_at"] = self._work.at_us if why else None
        opened = openings.store(self._session, opening, self._work.by, signal=heard.message_id)
        fired = _fired(decision, opening.columns, is_known=is_known)
        self._after_opening(heard, opened, [*sentences(decision, why), *missing], fired)
        return Outcome(opened.id, fired, decision.proposals if decision is not None else ())

    def join(self, heard: Heard, escalation_id: int) -> Outcome:
        """Count a signal on an escalation; the timeline tells of it now and then, not of every repeat."""
        alert = heard.alert
        if alert is None or alert.escalation_id != escalation_id or not alert.is_open:
            escalation_id = escalations.survivor(self._session, escalation_id)
            alert = alert if alert is not None and alert.escalation_id == escalation_id else None
        if alert is None:
            alerts.put(
                self._session, heard.source.id, heard.key, escalation_id, heard.fingerprint, self._work.at_us
            )
            times, told = 1, True
        else:
            times = alert.times + 1
            told = is_told(times, alert.told_us, self._work.at_us) or alert.resolved_us is not None
            alerts.count_repeat(self._session, alert.id, times, self._work.at_us, told=told)
        deciding = _deciding(heard.verdict.decision) if heard.verdict.cause is Cause.RULE else ()
        outcome = Outcome(escalation_id, deciding)
        if told:
            self._tell_of_repeat(heard, escalation_id, times)
            outcome = self._apply_rules(heard, outcome)
        return outcome

    def _apply_rules(self, heard: Heard, outcome: Outcome) -> Outcome:
        """Let rules set what they say of an open escalation, as far as no person has said otherwise."""
        escalation = escalations.get(self._session, outcome.escalation_id)
        if not escalation.is_open or heard.verdict.cause is Cause.PERSON:
            return outcome
        locked = overruling.locked_fields(self._session, escalation)
        decision = self._judge.decide(heard.facts, locked)
        fired, left = carry_out(self._work, escalation.id, decision, locked)
        self.noticed |= tell_of_nobody(self._work, escalation.id, decision)
        of_rules = {one.rule.rule_id for one in fired}
        deciding = (one for one in outcome.fired if one.rule.rule_id not in of_rules)
        return replace(outcome, fired=(*deciding, *fired), proposed=tuple(left))

    def _tell_of_repeat(self, heard: Heard, escalation_id: int, times: int) -> None:
        case = self._work.case(escalation_id)
        came_back = not case.escalation.is_open
        if came_back and case.escalation.state is not State.STANDARD:
            review_mark.want(case, Reason.CAME_BACK)
        if heard.signal.action is SignalAction.TRIGGER:
            # Whatever its source said before, it is not over.
            case.set(containment_proposed_at=None, containment_proposed_by="")
        case.tell(
            EventKind.SIGNAL_JOINED,
            "Signal",
            counts=case.escalation.is_open,
            source=heard.source.name,
            title=heard.signal.title,
            times=times,
            came_back=came_back or None,
        )

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

    def _after_opening(self, heard: Heard, opened: Opened, said: list[str], fired: tuple[Fired, ...]) -> None:
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
        at_us, by = self._work.at_us, self._work.by.name
        events = [NewEvent(EventKind.RULE_APPLIED, at_us, by, opened.id, told(one)) for one in fired]
        if said:
            events.append(NewEvent(EventKind.REVIEW_WANTED, at_us, by, opened.id, {"reasons": said}))
        timeline.append_many(self._session, events)
        if decision is not None:
            self.noticed |= tell_of_nobody(self._work, opened.id, decision)
        for hook in self._hooks:
            hook(self._session, opened)
        self._work.ids[opened.id] = None

    def _same_reference(self, heard: Heard) -> tuple[int, str] | None:
        reference = heard.signal.understood("reference")
        if not reference:
            return None
        return escalations.by_reference(self._session, heard.source.key, one_line(reference))


def _deciding(decision: Decision | None) -> tuple[Fired, ...]:
    """The rule that decided what becomes of a signal."""
    rule = decision.decided_by if decision is not None else None
    return () if rule is None else (Fired(rule, {}, words_of(rule, {}, ("attach", "suppress"))),)


def _fired(decision: Decision | None, columns: Mapping[str, Any], *, is_known: bool) -> tuple[Fired, ...]:
    """What each rule has done to an escalation opened with these columns, for a customer that is known."""
    if decision is None:
        return ()
    done = []
    for rule in decision.acting:
        keys = {key: value for key, (value, by) in decision.values.items() if by is rule}
        fields = {"owner" if key == "owner_on_call" else key: value for key, value in keys.items()}
        kept = {name: columns[overruling.column_of(name)] for name in fields}
        took = {name for name in fields if name in _NAMED or kept[name] == fields[name]}
        took -= set() if is_known else {"customer"}
        values = {name: kept[name] for name in sorted(took) if kept[name] is not None}
        words = words_of(rule, values, ("open", "review", "attach", "add_tag", "link_playbook"))
        if words:
            done.append(Fired(rule, values, words))
    return tuple(done)


def _ending(kind: str) -> str:
    return {"mail": ".eml", "folder": ".txt"}.get(kind, ".json")
