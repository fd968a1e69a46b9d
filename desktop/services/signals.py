"""Signals: read from the messages that were kept, decided about, listed, and released by a person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.queries import message as messages
from db.queries import signal as queries
from db.queries import storm as storms
from db.queries import timeline
from db.queries.message import Waiting
from db.queries.signal import SignalFilter
from desktop.domain.disposition import Cause, Disposition
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.events import OutboxFilled, RulesChanged, SignalsDecided, SourcesChanged
from desktop.domain.person import Actor
from desktop.domain.rights import Action, allowed
from desktop.domain.signal import Link, links
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.source import Message
from desktop.domain.timeline import EventKind
from desktop.services.braking import begin_storm, trip_when_abnormal
from desktop.services.case import Cases, Work
from desktop.services.escalation import OpenedHook
from desktop.services.judging import Heard, Judge
from desktop.services.releasing import Release as Release
from desktop.services.releasing import Releasing, hear_again
from desktop.services.rule_deeds import note_fired
from desktop.services.signal_deeds import Deeds, Outcome
from desktop.services.signal_reader import signals_of

#: Who opens and joins by itself.
TRIAGE = Actor.system("Triage")
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Processed:
    """What became of the messages that waited; `remaining` says whether more do."""

    messages: int = 0
    opened: int = 0
    joined: int = 0
    suppressed: int = 0
    held: int = 0
    rejected: int = 0
    remaining: bool = False


@dataclass(frozen=True, slots=True)
class SignalDetails:
    """A signal with the message it came in, byte for byte, and the links it names."""

    signal: KeptSignal
    message: Message
    body: bytes
    links: tuple[Link, ...]


class SignalService:
    """Gives every signal its one disposition.

    Each batch is one transaction: the signals, what they opened or joined, the rules' trail and the
    timeline are kept together or not at all, and a message is read exactly once.
    """

    def __init__(self, *, cases: Cases, hooks: list[OpenedHook]) -> None:
        self._cases = cases
        self._hooks = hooks

    def process(self, limit: int = _BATCH) -> Processed:
        """Read the messages that wait, the oldest first, at most `limit` of them."""
        counts: Counter[Disposition] = Counter()
        changed = _Changed()
        with self._cases.work(TRIAGE) as work:
            waiting = messages.waiting(work.session, limit)
            if waiting:
                self._process(work, waiting, counts, changed)
                revision = work.session.revision()
        if not waiting:
            return Processed()
        self._publish(counts, changed, revision)
        return _processed(counts, len(waiting), remaining=len(waiting) == limit)

    def _process(
        self, work: Work, waiting: Sequence[Waiting], counts: Counter[Disposition], changed: "_Changed"
    ) -> None:
        judge = Judge(work.session, work.policies.active(work.session), work.at_us)
        deeds = Deeds(work, judge, self._hooks)
        for message in waiting:
            source = judge.source(message.source_id)
            found, fault = signals_of(message, source)
            for place, signal in enumerate(found):
                heard = judge.hear(
                    signal,
                    source,
                    message_id=message.id,
                    place=place,
                    received_us=message.received_us,
                    sha256=message.sha256,
                    fault=fault,
                )
                outcome = deeds.carry_out(heard)
                counts[heard.verdict.disposition] += 1
                self._look_after(work, judge, heard, outcome, changed)
        messages.note_read(work.session, [message.id for message in waiting], work.at_us)
        self._look_after_rules(work, judge, changed)
        changed.notices |= deeds.noticed

    def _look_after(
        self, work: Work, judge: Judge, heard: Heard, outcome: Outcome, changed: "_Changed"
    ) -> None:
        """What follows for the fail-safes from one signal."""
        changed.fired.update(one.rule.rule_id for one in outcome.fired)
        if heard.verdict.cause is Cause.STORM and not judge.is_braked(heard.source):
            begin_storm(work, heard.source)
            judge.note_braked(heard.source)
            changed.sources = changed.notices = True

    @staticmethod
    def _look_after_rules(work: Work, judge: Judge, changed: "_Changed") -> None:
        for rule_id in sorted(changed.fired):
            if trip_when_abnormal(work, rule_id):
                judge.trip(rule_id)
                changed.rules = changed.notices = True

    def _publish(self, counts: Counter[Disposition], changed: "_Changed", revision: int) -> None:
        numbers = {disposition.value: counts[disposition] for disposition in Disposition}
        self._cases.publish(SignalsDecided(revision=revision, **numbers))
        if changed.sources:
            self._cases.publish(SourcesChanged(revision))
        if changed.rules:
            self._cases.publish(RulesChanged(revision))
        if changed.notices:
            self._cases.publish(OutboxFilled(1))

    def recent(
        self, wanted: SignalFilter | None = None, *, limit: int = 200, before_id: int = 0
    ) -> tuple[KeptSignal, ...]:
        """The newest signals that are wanted, newest first; `before_id` goes on where a page ended."""
        with self._cases.store.read() as session:
            return queries.recent(session, wanted or SignalFilter(), limit=limit, before_id=before_id)

    def held(self, source_id: int | None = None) -> tuple[KeptSignal, ...]:
        """The signals that wait for a person, oldest first."""
        with self._cases.store.read() as session:
            return queries.held(session, source_id)

    def details(self, signal_id: int) -> SignalDetails:
        """A signal with everything it came with.

        Raises: NotFound.
        """
        with self._cases.store.read() as session:
            kept = queries.get(session, signal_id)
            message = messages.get(session, kept.message_id)
            return SignalDetails(
                kept, message, messages.body(session, kept.message_id), tuple(links(kept.signal))
            )

    def release(
        self,
        signal_ids: Sequence[int],
        by: Actor,
        how: Release,
        *,
        into_id: int | None = None,
        reason: str = "",
    ) -> Processed:
        """Decide about signals that were held: open, join one escalation, dismiss, or let the rules decide.

        The rules decide in the order in which the signals came, as if they came now. That is kept batch by
        batch, anything else in one.

        Raises: Conflict for one that is no longer held; DeskError when there is nothing to join, or the rules
            may not decide because automation is stopped; NotAllowed.
        """
        if not allowed(by, Action.OPEN):
            raise NotAllowed("Only a coordinator or a lead may release what was held.")
        how = Release(how)
        if how is Release.JOIN and into_id is None:
            raise DeskError("Say which escalation they belong to.", field="into_id")
        total: Counter[Disposition] = Counter()
        ids, is_by_rules = list(dict.fromkeys(signal_ids)), how is Release.DECIDE
        size = _BATCH if is_by_rules else len(ids)
        for first in range(0, len(ids), size or 1):
            batch = sorted(ids)[first : first + size] if is_by_rules else ids
            counts: Counter[Disposition] = Counter()
            changed = _Changed()
            with self._cases.work(TRIAGE if is_by_rules else by) as work:
                self._release(work, batch, by, Releasing(how, into_id, reason), counts, changed)
                revision = work.session.revision()
            self._publish(counts, changed, revision)
            total += counts
        return _processed(total, 0, remaining=False)

    def _release(
        self,
        work: Work,
        signal_ids: Sequence[int],
        by: Actor,
        releasing: Releasing,
        counts: Counter[Disposition],
        changed: "_Changed",
    ) -> None:
        judge = Judge(work.session, work.policies.active(work.session), work.at_us)
        deeds = Deeds(work, judge, self._hooks)
        if releasing.how is Release.DECIDE and judge.is_stopped:
            raise DeskError("Automation is stopped: no rule decides.", hint="Resume it first.")
        if releasing.into_id is not None:
            work.case(releasing.into_id)  # which is refused here when there is none
        for signal_id in signal_ids:
            kept = queries.get(work.session, signal_id)
            if kept.disposition is not Disposition.HELD:
                raise Conflict(f"“{kept.signal.title}” is {kept.disposition.value} by now.")
            heard = hear_again(work, judge, kept, releasing)
            outcome = deeds.do(heard)
            self._write_again(work, kept, heard, outcome, by)
            counts[heard.verdict.disposition] += 1
            self._look_after(work, judge, heard, outcome, changed)
        self._look_after_rules(work, judge, changed)
        changed.notices |= deeds.noticed
        timeline.append(
            work.session,
            kind=EventKind.SIGNAL_RELEASED,
            at_us=work.at_us,
            actor=by.name,
            escalation_id=None,
            body={"how": releasing.how.value, "signals": list(signal_ids), "reason": releasing.reason},
        )

    def end_storm(self, source_id: int, by: Actor) -> None:
        """Let a source open escalations again; what is held stays so until it is released.

        Raises: DeskError when no storm rages over it; NotAllowed.
        """
        if not allowed(by, Action.OPEN):
            raise NotAllowed("Only a coordinator or a lead may release a source.")
        with self._cases.work(by) as work:
            storm = storms.of_source(work.session, source_id)
            if storm is None:
                raise DeskError("The source is not braked.")
            storms.end(work.session, storm.id, work.at_us, by.name)
            body = {"source_id": source_id, "began_at": storm.began_us}
            timeline.append(
                work.session,
                kind=EventKind.STORM_ENDED,
                at_us=work.at_us,
                actor=by.name,
                escalation_id=None,
                body=body,
            )
            revision = work.session.revision()
        self._cases.publish(SourcesChanged(revision))

    @staticmethod
    def _write_again(work: Work, kept: KeptSignal, heard: Heard, outcome: Outcome, by: Actor) -> None:
        queries.decide_again(
            work.session,
            kept.id,
            heard.verdict,
            escalation_id=outcome.escalation_id or None,
            at_us=work.at_us,
            by=by.name,
        )
        note_fired(work, outcome.fired, outcome.proposed, outcome.escalation_id, kept.id)


@dataclass
class _Changed:
    """What besides signals and escalations a batch has changed."""

    sources: bool = False
    rules: bool = False
    notices: bool = False
    fired: set[int] = field(default_factory=set)


def _processed(counts: Counter[Disposition], count: int, *, remaining: bool) -> Processed:
    return Processed(
        count,
        counts[Disposition.OPENED],
        counts[Disposition.JOINED],
        counts[Disposition.SUPPRESSED],
        counts[Disposition.HELD],
        counts[Disposition.REJECTED],
        remaining,
    )
