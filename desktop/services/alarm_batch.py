"""Collects what is decided about many alarms, and writes it in one go."""

from collections.abc import Sequence

from db.queries import alarm as alarms
from db.queries import outbox as rows
from db.queries import timeline
from db.queries.alarm import NewAlarm, Outcome
from db.queries.outbox import NewRow
from db.queries.timeline import NewEvent
from db.unit_of_work import Session
from desktop.domain import alarm_text as text
from desktop.domain.alarm import THRESHOLDS, Concern, Told, late_s
from desktop.domain.flood import oldest_first
from desktop.domain.ladder import Reach, next_act, targets_of
from desktop.domain.policy_alarm import Occasion, Urgency
from desktop.domain.timeline import EventKind
from desktop.services.alarm_facts import Facts
from desktop.services.outbox import DESKTOP, WINDOW
from desktop.services.undelivered import ACTOR

GROUP, FLOOD = "group", "flood"
_URGENCIES = (Urgency.NONE, Urgency.LOW, Urgency.NORMAL, Urgency.CRITICAL)


class Batch:
    """What becomes of the alarms of one transaction."""

    def __init__(self, session: Session, facts: Facts) -> None:
        self._facts = facts
        self._session = session
        self._outcomes: list[Outcome] = []
        self._ends: list[tuple[str, int, str, int, int]] = []
        self._milder: list[tuple[int, int, str, str, str]] = []
        self._breaches: list[tuple[int, int, int]] = []
        self._events: list[NewEvent] = []
        self._rows: list[NewRow] = []
        self._held: list[tuple[NewRow, int]] = []
        self._steps: list[NewAlarm] = []
        self.changed: dict[int, None] = {}

    @property
    def row_count(self) -> int:
        """How many notifications it puts into the outbox."""
        return len(self._rows)

    def reach(self, concern: Concern) -> Reach:
        """The people an alarm is for."""
        facts = self._facts
        targets = targets_of(concern, facts.announcement(concern), facts.steps(concern))
        return facts.reach(targets, concern.owner_id)

    def reaches_anybody(self, concern: Concern) -> bool:
        """Whether the alarm's step names somebody whom the desk can tell."""
        facts, people = self._facts, self.reach(concern).people
        if facts.pager is None:
            return bool(people)
        return any(person.id == facts.operator_id or facts.pager.can_reach(person) for person in people)

    def page(self, concern: Concern, repeat: int = 0) -> frozenset[int]:
        """Page those whom the desk itself does not reach; gives who is."""
        if self._facts.pager is None:
            return frozenset()
        from desktop.services.alarm_page import page_alone  # a desk that pages nobody does without it

        rows, paged = page_alone(self._facts, concern, self.reach(concern), repeat, self.event, self._hold)
        self._rows += rows
        return paged

    def page_together(
        self, replaces: str, reason: str, title: str, body: str, concerns: Sequence[Concern]
    ) -> None:
        """Page whom these alarms are for, once each."""
        if self._facts.pager is None:
            return
        from desktop.services.alarm_page import others_of, page_together

        pairs = [(concern, others_of(self._facts, concern, self.reach(concern))) for concern in concerns]
        self._rows += page_together(self._facts, replaces, reason, (title, body), pairs, self._hold)

    def withdraw(self, concern: Concern, why: str) -> None:
        """It no longer stands."""
        self._ends.append(("withdrawn", self._facts.now_us, why, self._session.revision(), concern.alarm_id))
        self.event(EventKind.ALARM_SUPPRESSED, concern, why=why)
        self.changed[concern.escalation_id] = None

    def raised(self, concern: Concern, told: str, why: str = "") -> None:
        """On the timeline: the alarm was raised, for whom, and how it is told. Milder ones end with it."""
        if concern.threshold == Occasion.BREACHED and not concern.step and concern.is_first_breach:
            self._breaches.append((concern.due_us, self._session.revision(), concern.commitment_id))
            self._add_event(
                EventKind.COMMITMENT_BREACHED,
                concern,
                {"kind": concern.kind, "due_at": concern.due_us},
            )
        reached = self.reach(concern)
        details = {"why": why} if why else {}
        self.event(
            EventKind.ALARM_RAISED,
            concern,
            due=concern.due_us,
            late_s=concern.late_s,
            to=[person.name for person in reached.people],
            told=told,
            **details,
        )
        self._tell_of_nobody(concern, reached)
        if concern.threshold in THRESHOLDS[1:] and not concern.step:
            milder = THRESHOLDS[: THRESHOLDS.index(Occasion(concern.threshold))]
            self._milder.append(
                (self._facts.now_us, self._session.revision(), concern.subject, milder[0], milder[-1])
            )

    def settle(
        self, concern: Concern, told: Told, climb_us: int | None = None, *, repeats: int | None = None
    ) -> None:
        """How it is told or held, and when to look again, None for never."""
        self._outcomes.append(
            Outcome(
                told=int(told),
                repeats=concern.repeats if repeats is None else repeats,
                climb_us=climb_us,
                raised_us=concern.raised_us,
                late_s=concern.late_s,
                revision=self._session.revision(),
                alarm_id=concern.alarm_id,
            )
        )
        self.changed[concern.escalation_id] = None

    def settle_told(self, concern: Concern, told: Told, *, repeats: int | None = None) -> None:
        """It was told; its next repeat or step comes in its time."""
        self.settle(concern, told, self.next_us(concern, told), repeats=repeats)

    def next_us(self, concern: Concern, told: Told) -> int | None:
        """When it is told again or climbs; None when it is left to the board."""
        facts = self._facts
        act = next_act(concern, told, facts.announcement(concern), facts.rungs(concern), facts.now_us)
        return act.at_us if act is not None else None

    def climb(self, concern: Concern, at_us: int) -> None:
        """The next step of the ladder is raised as an alarm of its own; this one rests."""
        facts = self._facts
        self._steps.append(
            NewAlarm(
                escalation_id=concern.escalation_id,
                commitment_id=concern.commitment_id or None,
                subject=concern.subject,
                threshold=concern.threshold,
                step=concern.step + 1,
                due_us=at_us,
                raised_us=facts.now_us,
                late_s=late_s(at_us, facts.last_look_us, facts.now_us),
                told=Told.UNDECIDED,
                state="raised",
                ended_us=None,
                ended_by=None,
                climb_us=facts.now_us,
                revision=self._session.revision(),
            )
        )

    def notify(self, concern: Concern, *, repeat: int = 0, sound: bool = True) -> None:
        """One notification about one alarm."""
        facts = self._facts
        announcement = facts.announcement(concern)
        paged = self.page(concern, repeat)
        others = [
            person for person in self.reach(concern).others(facts.operator_id) if person.id not in paged
        ]
        call = [p.name for p in others if concern.step or p.id != concern.owner_id]
        if others and not repeat and facts.pager is None:
            names = [person.name for person in others]
            self.event(EventKind.ALARM_FAILED, concern, to=names, why="no channel on this desk")
        channel = WINDOW if announcement.urgency is Urgency.NONE else DESKTOP
        operator = facts.operator_id
        self._rows.append(
            NewRow(
                key=f"escalation:{concern.escalation_id}|{concern.alarm_id}.{concern.raised_us}.{repeat}"
                f"|{concern.step}|{operator}|{channel}",
                escalation_id=concern.escalation_id,
                alarm_id=concern.alarm_id,
                reason=concern.occasion.value,
                step=concern.step,
                person_id=operator or None,
                channel=channel,
                urgency=announcement.urgency.value,
                title=text.title(concern),
                body=text.body(
                    concern, facts.now_us, facts.owner_name(concern), call=call, act=announcement.act
                ),
                sound=announcement.sound if sound else 0,
                created_us=facts.now_us,
            )
        )

    def notify_together(self, reason: str, concerns: Sequence[Concern], *, sound: bool = True) -> None:
        """One notification about many alarms, of one customer or of a flood; the oldest leads."""
        facts = self._facts
        ordered = oldest_first(concerns)
        first = ordered[0]
        replaces = f"{GROUP}:{first.customer_id}" if reason == GROUP else reason
        tellings = [facts.announcement(concern) for concern in ordered]
        title = text.group_title(len(ordered), first.customer if reason == GROUP else "")
        body = text.group_body(ordered, facts.now_us)
        self.put(
            replaces=replaces,
            reason=reason,
            alarm_id=first.alarm_id,
            urgency=max((telling.urgency for telling in tellings), key=_URGENCIES.index),
            title=title,
            body=body,
            sound=max(telling.sound for telling in tellings) if sound else 0,
        )
        self.page_together(replaces, reason, title, body, ordered)

    def put(
        self,
        *,
        replaces: str,
        reason: str,
        alarm_id: int,
        urgency: Urgency,
        title: str,
        body: str,
        sound: int,
    ) -> None:
        """A notification that is not about one escalation."""
        facts = self._facts
        self._rows.append(
            NewRow(
                key=f"{replaces}|{facts.now_us}|0|{facts.operator_id}|{DESKTOP}",
                escalation_id=None,
                alarm_id=alarm_id,
                reason=reason,
                step=0,
                person_id=facts.operator_id or None,
                channel=DESKTOP,
                urgency=urgency.value,
                title=title,
                body=body,
                sound=sound,
                created_us=facts.now_us,
            )
        )

    def event(self, kind: EventKind, concern: Concern, **details: object) -> None:
        """A line on the escalation's timeline."""
        body = {"alarm": concern.alarm_id, "threshold": concern.threshold, "step": concern.step, **details}
        if concern.commitment_id:
            body["kind"] = concern.kind
        self._add_event(kind, concern, body)

    def write(self) -> None:
        """Keep all of it, in the transaction it was made for."""
        alarms.note_breaches(self._session, self._breaches)
        alarms.end(self._session, self._ends)
        alarms.end_milder(self._session, self._milder)
        alarms.record(self._session, self._outcomes)
        alarms.add(self._session, self._steps)
        rows.put(self._session, self._rows)
        for row, until_us in self._held:
            rows.hold(self._session, row, until_us)
        if self._events:
            timeline.append_many(self._session, self._events)

    def _hold(self, row: NewRow, until_us: int) -> None:
        self._held.append((row, until_us))

    def _tell_of_nobody(self, concern: Concern, reached: Reach) -> None:
        roles = [target for target in reached.empty if target != "owner"]
        if roles or not reached.people:
            self.event(EventKind.ONCALL_NOBODY, concern, targets=list(reached.empty))

    def _add_event(self, kind: EventKind, concern: Concern, body: dict[str, object]) -> None:
        self._events.append(NewEvent(kind, self._facts.now_us, ACTOR, concern.escalation_id, body))
