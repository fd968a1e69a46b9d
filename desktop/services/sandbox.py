"""What rules would make of signals that were kept: decided once more at a second desk, and compared.

The second desk begins as the first one stood when the first of the signals came, with the rules of now or
those of a draft, and nothing held up. What people did meanwhile is not done again there, but for what they
ended: a repeat joins what was open then, not what was over. Nothing is written at the first desk.
"""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.queries import escalation as escalations
from db.queries import person as people
from db.queries import rule as kept_rules
from db.queries import sandbox as rows
from db.queries import signal as signals
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.disposition import Cause, Disposition
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.instant import to_us
from desktop.domain.policy_score import Severity
from desktop.domain.rule import Rule
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.timeline import TimelineEvent
from desktop.services.sandbox_desk import SandboxDesk, as_of, sandbox, scene_of

#: More are not replayed at once.
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a signal.

    `number` is that of its escalation at the real desk, empty for none or for one that is in the sandbox
    alone. Title, severity and owner are those the escalation had right afterwards; severity 0 and empty texts
    for none. `rule` is the one that decided, with its version.
    """

    disposition: Disposition
    cause: Cause
    why: str
    number: str
    title: str
    severity: int
    owner: str
    rule: str


@dataclass(frozen=True, slots=True)
class ReplayedSignal:
    """A signal with what became of it then and now; `now` None where its message is read otherwise now.

    `changes` are sentences, none where all is the same.
    """

    signal: KeptSignal
    then: Fate
    now: Fate | None
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplayDifference:
    """The signals in the order they came, and totals by disposition.

    `tripped` names rules that fire so often that they would have dropped to proposing; the replay goes on
    as if they had not.
    """

    rows: tuple[ReplayedSignal, ...]
    then: Mapping[Disposition, int]
    now: Mapping[Disposition, int]
    changed: int
    tripped: tuple[str, ...]


class ReplayProgress:
    """How far a replay has come, and the wish to stop it: for the thread that waits for it."""

    def __init__(self) -> None:
        self.total = 0
        self.done = 0
        self._wish = threading.Event()

    def stop(self) -> None:
        """Let it end before the next message."""
        self._wish.set()

    @property
    def is_stopped(self) -> bool:
        """Whether somebody wants it to end."""
        return self._wish.is_set()

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.done / self.total if self.total else 0.0


class ReplayStopped(DeskError):
    """Somebody did not want to wait any longer."""


class Sandbox:
    """Replays signals of one desk beside it."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def replay(
        self,
        signal_ids: Sequence[int],
        rules: Sequence[Rule] | None = None,
        progress: ReplayProgress | None = None,
    ) -> ReplayDifference:
        """What would become of these signals, by the rules of now or by those of a draft alone.

        Other signals of their messages are decided along with them.

        Raises: NotFound; ReplayStopped; DeskError for none or more than 5,000.
        """
        progress = progress or ReplayProgress()
        ids = sorted(set(signal_ids))
        _check_count(len(ids))
        with self._store.read() as session:
            kept = [signals.get(session, signal_id) for signal_id in ids]
            scene = scene_of(session, kept, rules, to_us(self._clock.now()))
            then = _Then(session)
            before = {one.id: then.fate(one) for one in kept}
        numbers = {row["id"]: str(row["number"]) for row in scene.tables["escalation"]}
        numbers |= {one.escalation_id: one.number for one in kept if one.escalation_id is not None}
        with sandbox(scene) as desk:
            after = _play(desk, scene.messages, kept, numbers, progress)
            tripped = _names(desk)
        found = [_compared(one, before[one.id], after.get(one.id)) for one in kept]
        return ReplayDifference(
            tuple(found),
            Counter(row.then.disposition for row in found),
            Counter(row.now.disposition for row in found if row.now is not None),
            sum(bool(row.changes) for row in found),
            tripped,
        )

    def replay_period(
        self,
        source_id: int,
        since: datetime,
        until: datetime,
        rules: Sequence[Rule] | None = None,
        progress: ReplayProgress | None = None,
    ) -> ReplayDifference:
        """The same for all that a source sent from one instant to before another.

        Raises: ReplayStopped; DeskError for none or more than 5,000.
        """
        with self._store.read() as session:
            ids = rows.of_source(session, source_id, to_us(since), to_us(until), MOST + 1)
        return self.replay(ids, rules, progress)


def _check_count(count: int) -> None:
    if not count:
        raise DeskError("There is no signal to replay.", hint="Choose a longer time or another source.")
    if count > MOST:
        raise DeskError(
            f"More than {MOST:,} signals are not replayed at once.", hint="Choose a shorter time."
        )


class _Then:
    """What became of signals at the real desk, right after each was decided about."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._people = {person.id: person.name for person in people.all_people(session)}
        self._known: dict[int, tuple[rows.Row, list[TimelineEvent]]] = {}

    def fate(self, kept: KeptSignal) -> Fate:
        if kept.escalation_id is None:
            return _fate(self._session, kept, "", "", 0, "")
        row = as_of(*self._escalation(kept.escalation_id), to_us(kept.decided_at))
        owner = self._people.get(row["owner_id"] or 0, "")
        return _fate(self._session, kept, kept.number, row["title"], row["severity"], owner)

    def _escalation(self, escalation_id: int) -> tuple[rows.Row, list[TimelineEvent]]:
        if escalation_id not in self._known:
            (row,) = rows.rows_by(self._session, "escalation", "id", [escalation_id])
            self._known[escalation_id] = (row, timeline.since(self._session, escalation_id, 0))
        return self._known[escalation_id]


def _play(
    desk: SandboxDesk,
    messages: Sequence[rows.KeptMessage],
    kept: Sequence[KeptSignal],
    numbers: Mapping[int, str],
    progress: ReplayProgress,
) -> dict[int, Fate]:
    """What becomes of each signal at the second desk, by the signal's id at the real one.

    `numbers` are those of the real desk's escalations.
    """
    wanted: dict[int, dict[int, KeptSignal]] = {}
    for one in kept:
        wanted.setdefault(one.message_id, {})[one.place] = one
    found: dict[int, Fate] = {}
    progress.total = len(messages)
    for place, message in enumerate(messages):
        if progress.is_stopped:
            raise ReplayStopped("The replay was stopped.", hint="Nothing of the desk was changed by it.")
        progress.done = place
        message_id = desk.hear(message)
        with desk.store.read() as session:
            names = {person.id: person.name for person in people.all_people(session)}
            for here in signals.of_message(session, message_id):
                then = wanted[message.id].get(here.place)
                if then is None:
                    continue
                _pair(desk, here, then)
                found[then.id] = _now(session, here, numbers, desk.stands_for, names)
    return found


def _pair(desk: SandboxDesk, here: KeptSignal, then: KeptSignal) -> None:
    """What the same signal opened at both desks stands for one another."""
    both = (here.disposition, then.disposition)
    if both == (Disposition.OPENED, Disposition.OPENED) and here.escalation_id and then.escalation_id:
        desk.stands_for[here.escalation_id] = then.escalation_id


def _now(
    session: Session,
    here: KeptSignal,
    numbers: Mapping[int, str],
    stands_for: Mapping[int, int],
    names: Mapping[int, str],
) -> Fate:
    if here.escalation_id is None:
        return _fate(session, here, "", "", 0, "")
    escalation = escalations.get(session, here.escalation_id)
    number = numbers.get(stands_for.get(escalation.id, 0), "")
    owner = names.get(escalation.owner_id or 0, "")
    return _fate(session, here, number, escalation.title, escalation.severity, owner)


def _fate(session: Session, kept: KeptSignal, number: str, title: str, severity: int, owner: str) -> Fate:
    # The numbers of the sandbox mean nothing outside of it.
    why = kept.why.replace(kept.number, number or "one that is opened here") if kept.number else kept.why
    return Fate(kept.disposition, kept.cause, why, number, title, severity, owner, _rule(session, kept))


def _rule(session: Session, kept: KeptSignal) -> str:
    if kept.rule_id is None:
        return ""
    try:
        name = kept_rules.get(session, kept.rule_id).name
    except NotFound:
        return ""
    return f"{name}, version {kept.rule_version}"


def _names(desk: SandboxDesk) -> tuple[str, ...]:
    with desk.store.read() as session:
        return tuple(kept_rules.get(session, rule_id).name for rule_id in desk.tripped)


def _compared(kept: KeptSignal, then: Fate, now: Fate | None) -> ReplayedSignal:
    if now is None:
        return ReplayedSignal(kept, then, None, ("Its message is read otherwise now: it is not in it.",))
    lines = []
    if now.disposition is not then.disposition:
        lines.append(f"{now.disposition.word} instead of {then.disposition.value}")
    elif now.disposition is Disposition.JOINED and now.number != then.number:
        lines.append(f"Joins {now.number or 'one that is opened here'} instead of {then.number}")
    if now.disposition is then.disposition is Disposition.OPENED:
        lines += _otherwise(then, now)
    if now.rule != then.rule:
        lines.append(f"Rule: {then.rule or 'none'} → {now.rule or 'none'}")
    return ReplayedSignal(kept, then, now, tuple(lines))


def _otherwise(then: Fate, now: Fate) -> list[str]:
    """What an escalation would be opened with otherwise."""
    pairs = (
        ("Title", then.title, now.title),
        ("Severity", Severity(then.severity).name, Severity(now.severity).name),
        ("Owner", then.owner or "nobody", now.owner or "nobody"),
    )
    return [f"{name}: {before} → {after}" for name, before, after in pairs if before != after]
