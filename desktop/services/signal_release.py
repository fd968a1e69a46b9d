"""Releases what was held, slice by slice: each is one transaction, and what cannot be done refuses alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.queries import held
from db.queries import signal as queries
from db.queries.held import Standing
from desktop.domain.disposition import Disposition
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.person import Actor
from desktop.domain.rights import Action, allowed
from desktop.domain.timeline import EventKind
from desktop.services.case import Cases, Work
from desktop.services.customer_work import tell_desk
from desktop.services.escalation import OpenedHook
from desktop.services.judging import Judge
from desktop.services.releasing import Release, Releasing, hear_again
from desktop.services.rule_deeds import note_fired
from desktop.services.signal_after import Aftermath
from desktop.services.signal_deeds import Deeds

#: How many are decided in one transaction: those that may open something, and those that open nothing.
_OPENING, _ENDING = 50, 200


@dataclass(frozen=True, slots=True)
class Refused:
    """A signal that was not released, and why."""

    signal_id: int
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Released:
    """What was made of signals that were held; `seqs` take it back, but not what rules decided."""

    counts: Counter[Disposition] = field(default_factory=Counter)
    refused: tuple[Refused, ...] = ()
    seqs: tuple[int, ...] = ()

    def __add__(self, other: "Released") -> "Released":
        """Both, as one."""
        refused = (*self.refused, *other.refused)
        return Released(self.counts + other.counts, refused, (*self.seqs, *other.seqs))

    @property
    def number(self) -> int:
        """How many were decided about."""
        return self.counts.total()

    @property
    def label(self) -> str:
        """Its name in an undo menu."""
        return f"Release of {self.number:,} {'signal' if self.number == 1 else 'signals'}"

    @property
    def undo(self) -> bool:
        """Whether it can be taken back."""
        return bool(self.seqs)


def slices(signal_ids: Sequence[int], how: Release) -> Iterator[tuple[int, ...]]:
    """The signals in such portions as are released at once; rules decide in the order in which they came."""
    ids = list(dict.fromkeys(signal_ids))
    if how is Release.DECIDE:
        ids.sort()
    size = _OPENING if how in (Release.OPEN, Release.DECIDE) else _ENDING
    for first in range(0, len(ids), size):
        yield tuple(ids[first : first + size])


class SignalRelease:
    """Carries out what a person wants of signals that were held."""

    def __init__(self, *, cases: Cases, hooks: list[OpenedHook], triage: Actor) -> None:
        self._cases = cases
        self._hooks = hooks
        self._triage = triage

    def release(self, signal_ids: Sequence[int], by: Actor, releasing: Releasing) -> Released:
        """Release one slice in one transaction; a signal that is not held any more is refused.

        Raises: DeskError when there is nothing to join, or the rules may not decide because automation is
            stopped; NotAllowed.
        """
        if not allowed(by, Action.OPEN):
            raise NotAllowed("Only a coordinator or a lead may release what was held.")
        if releasing.how is Release.JOIN and releasing.into_id is None:
            raise DeskError("Say which escalation they belong to.", field="into_id")
        after = Aftermath()
        with self._cases.work(self._triage if releasing.how is Release.DECIDE else by) as work:
            released = self._release(work, signal_ids, by, releasing, after)
            revision = work.session.revision()
        if released.number:
            after.publish(self._cases, revision)
        return released

    def _release(
        self, work: Work, signal_ids: Sequence[int], by: Actor, releasing: Releasing, after: Aftermath
    ) -> Released:
        judge = Judge(work.session, work.policies.active(work.session), work.at_us)
        deeds = Deeds(work, judge, self._hooks)
        if releasing.how is Release.DECIDE and judge.is_stopped:
            raise DeskError("Automation is stopped: no rule decides.", hint="Resume it first.")
        if releasing.into_id is not None:
            work.case(releasing.into_id)  # which is refused here when there is none
        was = held.standings(work.session, signal_ids)
        refused = self._refused(work, signal_ids, was)
        waiting = {id_ for standing, ids in was.items() if standing.disposition == "held" for id_ in ids}
        ids = [id_ for id_ in signal_ids if id_ in waiting]
        for signal_id in ids:
            self._release_one(work, judge, deeds, signal_id, by, releasing, after)
        after.end(work, judge, deeds)
        seqs = self._tell(work, ids, was, by, releasing) if ids else ()
        return Released(after.counts, refused, seqs)

    @staticmethod
    def _refused(
        work: Work, signal_ids: Sequence[int], was: dict[Standing, list[int]]
    ) -> tuple[Refused, ...]:
        found = {id_: standing.disposition for standing, ids in was.items() for id_ in ids}
        titles = held.titles(work.session, [id_ for id_ in signal_ids if found.get(id_) != "held"])
        gone = "There is no such signal."
        return tuple(
            Refused(
                id_,
                titles.get(id_, ""),
                f"“{titles[id_]}” is {found[id_]} by now." if id_ in found else gone,
            )
            for id_ in signal_ids
            if found.get(id_) != "held"
        )

    @staticmethod
    def _release_one(
        work: Work,
        judge: Judge,
        deeds: Deeds,
        signal_id: int,
        by: Actor,
        releasing: Releasing,
        after: Aftermath,
    ) -> None:
        heard = hear_again(work, judge, queries.get(work.session, signal_id), releasing)
        outcome = deeds.do(heard)
        queries.decide_again(
            work.session,
            signal_id,
            heard.verdict,
            escalation_id=outcome.escalation_id or None,
            at_us=work.at_us,
            by=by.name,
        )
        note_fired(work, outcome.fired, outcome.proposed, outcome.escalation_id, signal_id)
        after.note(work, judge, heard, outcome)

    @staticmethod
    def _tell(
        work: Work, ids: Sequence[int], was: dict[Standing, list[int]], by: Actor, releasing: Releasing
    ) -> tuple[int, ...]:
        """Write down who released them; gives the events that take it back."""
        body: dict[str, Any] = {
            "how": releasing.how.value,
            "signals": list(ids),
            "reason": releasing.reason,
        }
        seqs: list[int] = []
        if releasing.how is not Release.DECIDE:
            became, chosen = held.standings(work.session, ids), frozenset(ids)
            body["was"] = [[*one, found] for one, some in was.items() if (found := _among(some, chosen))]
            body["became"] = [[*one, some] for one, some in became.items()]
            opened = [one.escalation_id for one in became if one.disposition == "opened"]
            seqs = held.opening_seqs(work.session, [id_ for id_ in opened if id_ is not None])
        seqs.append(tell_desk(work, EventKind.SIGNAL_RELEASED, body, by))
        return tuple(seqs) if "was" in body else ()


def _among(ids: Sequence[int], chosen: frozenset[int]) -> list[int]:
    return [id_ for id_ in ids if id_ in chosen]
