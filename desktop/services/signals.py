"""Signals: read from the messages that were kept, decided about, listed, and released by a person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from db.queries import message as messages
from db.queries import signal as queries
from db.queries import storm as storms
from db.queries import timeline
from db.queries.message import Waiting
from db.queries.signal import SignalFilter
from desktop.domain.disposition import Disposition
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.events import SourcesChanged
from desktop.domain.person import Actor
from desktop.domain.rights import Action, allowed
from desktop.domain.signal import Link, links
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.source import Message
from desktop.domain.timeline import EventKind
from desktop.services.case import Cases, Work
from desktop.services.escalation import OpenedHook
from desktop.services.judging import Judge
from desktop.services.releasing import Release as Release
from desktop.services.releasing import Releasing
from desktop.services.signal_after import Aftermath
from desktop.services.signal_deeds import Deeds
from desktop.services.signal_reader import signals_of
from desktop.services.signal_release import Released, SignalRelease, slices

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
        self._releases = SignalRelease(cases=cases, hooks=hooks, triage=TRIAGE)

    @property
    def releases(self) -> SignalRelease:
        """Decides about what was held, slice by slice."""
        return self._releases

    def process(self, limit: int = _BATCH) -> Processed:
        """Read the messages that wait, the oldest first, at most `limit` of them."""
        after = Aftermath()
        with self._cases.work(TRIAGE) as work:
            waiting = messages.waiting(work.session, limit)
            if waiting:
                self._process(work, waiting, after)
                revision = work.session.revision()
        if not waiting:
            return Processed()
        after.publish(self._cases, revision)
        return _processed(after.counts, len(waiting), remaining=len(waiting) == limit)

    def _process(self, work: Work, waiting: Sequence[Waiting], after: Aftermath) -> None:
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
                after.note(work, judge, heard, deeds.carry_out(heard))
        messages.note_read(work.session, [message.id for message in waiting], work.at_us)
        after.end(work, judge, deeds)

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

        The rules decide in the order in which the signals came, as if they came now. All of it is kept slice
        by slice; `releases` does one at a time and tells more of it.

        Raises: Conflict when none is held any more; DeskError when there is nothing to join, or the rules
            may not decide because automation is stopped; NotAllowed.
        """
        total, releasing = Released(), Releasing(Release(how), into_id, reason)
        for some in slices(signal_ids, releasing.how):
            total += self._releases.release(some, by, releasing)
        if total.refused and not total.number:
            raise Conflict(total.refused[0].why)
        return _processed(total.counts, 0, remaining=False)

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
