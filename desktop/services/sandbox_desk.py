"""A second desk on a database of its own, as the first one stood when certain signals came."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from db.migrate import prepare
from db.queries import rule as kept_rules
from db.queries import sandbox as rows
from db.queries import timeline
from db.queries.sandbox import KeptMessage, Row
from db.unit_of_work import Session, Store
from desktop.domain.clock import ManualClock
from desktop.domain.disposition import Cause
from desktop.domain.instant import US_PER_DAY, US_PER_SECOND, from_us, to_us
from desktop.domain.rule import Rule
from desktop.domain.rule_value import Conditions
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.source import NewMessage
from desktop.domain.timeline import TimelineEvent
from desktop.services.bus import Bus
from desktop.services.escalations import Escalations
from desktop.services.judging import rule_of
from desktop.services.policy import PolicyService
from desktop.services.receiving import ReceivingService
from desktop.services.rule_rows import document_of
from desktop.services.signals import SignalService

#: Who there is and who was on call, parents before children.
_PEOPLE = (
    "person", "person_role", "team", "time_off", "schedule", "schedule_version", "swap", "shift_override",
)  # fmt: skip
_MOST_PAST = 200_000
_BASELINE_US, _REPEATED_US = 14 * US_PER_DAY, 30 * US_PER_DAY
#: What a signal is joined for that something was open for already.
_OLD = (Cause.REPEAT, Cause.ANSWER)
#: Stands for the bytes of messages of which only the fact that they came matters.
_NOTHING = b""


@dataclass(frozen=True)
class Scene:
    """All that a second desk begins with; read from the first one, which is not touched.

    `ends` are the instants at which people ended escalations, with their ids, in order.
    """

    messages: list[KeptMessage]
    tables: dict[str, list[Row]]
    ends: list[tuple[int, int]]
    first_us: int


def scene_of(
    session: Session, signals: Sequence[KeptSignal], rules: Sequence[Rule] | None, now_us: int
) -> Scene:
    """How the desk stood before the first of these signals, with the rules of now or those of a draft."""
    first_us = min(to_us(signal.received_at) for signal in signals)
    messages = rows.kept_messages(session, (signal.message_id for signal in signals))
    escalations = _standing(session, signals, first_us)
    tables = {name: rows.all_rows(session, name) for name in (*_PEOPLE, "customer")}
    tables["policy"] = _policies(session, now_us)
    tables["source"] = [row | {"enabled": 1, "removed_at": None} for row in rows.all_rows(session, "source")]
    tables |= _rules(session, rules, now_us)
    tables["maintenance"] = _windows(session)
    tables["escalation"] = escalations
    tables["alert"] = _alerts(session, signals, {row["id"] for row in escalations}, first_us)
    in_force = rules if rules is not None else [rule_of(row) for row in kept_rules.all_rules(session)]
    tables |= _past(session, in_force, tables, first_us)
    concerned = {row["id"] for row in escalations} | {one.escalation_id or 0 for one in signals}
    return Scene(messages, tables, rows.ended(session, concerned), first_us)


def as_of(row: Row, events: Sequence[TimelineEvent], at_us: int) -> Row:
    """An escalation's row as it stood after an instant: what its timeline tells of since is taken back."""
    found = dict(row)
    for event in reversed(events):
        if to_us(event.at) <= at_us:
            break
        for entry in event.body.get("changes", ()):
            if entry["table"] == "escalation" and entry["id"] == row["id"]:
                found |= {name: pair[0] for name, pair in entry["columns"].items() if name in found}
    return found


class SandboxDesk:
    """The second desk: hears one message after the other, each at the instant it came."""

    def __init__(self, store: Store, scene: Scene) -> None:
        self.store = store
        self._ends = list(scene.ends)
        #: Which of its escalations stands for which of the first desk.
        self.stands_for = {row["id"]: row["id"] for row in scene.tables["escalation"]}
        self._clock = ManualClock(from_us(scene.first_us))
        with store.begin() as session:
            for table, found in scene.tables.items():
                rows.put(session, table, found)
        bus = Bus()
        policy = PolicyService(store=store, clock=self._clock, bus=bus)
        desk = Escalations.build(store=store, clock=self._clock, bus=bus, policy=policy)
        self._receiving = ReceivingService(store=store, bus=bus)
        self._signals = SignalService(cases=desk.cases, hooks=desk.escalation.on_opened)
        #: Rules that fired so often that they would have dropped to proposing.
        self.tripped: dict[int, None] = {}

    def hear(self, message: KeptMessage) -> int:
        """Keep a message and decide about its signals; gives the message's id here."""
        self._clock.set(max(from_us(message.received_us), self._clock.now()))
        self._end(to_us(self._clock.now()))
        new = NewMessage(
            message.source_id,
            message.body,
            self._clock.now(),
            message.media_type,
            message.sender,
            message.reference,
        )
        (message_id,) = self._receiving.keep([new])
        self._signals.process(1)
        with self.store.begin() as session:
            self.tripped.update(dict.fromkeys(rows.untrip(session)))
        return message_id

    def _end(self, until_us: int) -> None:
        """What people had ended by then is ended here too."""
        here = {real: own for own, real in self.stands_for.items()}
        due = [(at_us, here[id_]) for at_us, id_ in self._ends if at_us <= until_us and id_ in here]
        if due:
            self._ends = [(at_us, id_) for at_us, id_ in self._ends if at_us > until_us or id_ not in here]
            with self.store.begin() as session:
                for at_us, own_id in due:
                    rows.end(session, own_id, at_us)


@contextmanager
def sandbox(scene: Scene) -> Iterator[SandboxDesk]:
    """A second desk in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="desk-sandbox-", ignore_cleanup_errors=True) as name:
        clock = ManualClock(from_us(scene.first_us))
        store = prepare(Path(name) / "sandbox.sqlite3", Path(name) / "backups", clock)
        try:
            store.forgo_durability()
            yield SandboxDesk(store, scene)
        finally:
            store.close()


def _standing(session: Session, signals: Sequence[KeptSignal], first_us: int) -> list[Row]:
    """The escalations that were there, and those ended ones that the signals joined, as they stood then."""
    joined = {one.escalation_id for one in signals if one.escalation_id is not None}
    ids = sorted({*rows.standing_at(session, first_us), *joined})
    found = [row for row in rows.rows_by(session, "escalation", "id", ids) if row["created_at"] < first_us]
    there = {row["id"] for row in found}
    then = [as_of(row, timeline.since(session, row["id"], 0), first_us - 1) for row in found]
    for row in then:
        for name in ("merged_into_id", "parent_id"):
            row[name] = row[name] if row[name] in there else None
    return then


def _policies(session: Session, now_us: int) -> list[Row]:
    """All versions; the one in force now is in force throughout."""
    found = sorted(rows.all_rows(session, "policy"), key=lambda row: (row["active_at"], row["version"]))
    return [
        row | {"active_at": place if row["active_at"] <= now_us else row["active_at"]}
        for place, row in enumerate(found)
    ]


def _rules(session: Session, rules: Sequence[Rule] | None, now_us: int) -> dict[str, list[Row]]:
    if rules is None:
        return {name: rows.all_rows(session, name) for name in ("rule", "rule_version")}
    made, versions = [], []
    free = 1 + max((rule.id for rule in rules), default=0)
    for place, rule in enumerate(rules, start=1):
        if not rule.id:
            free += 1
        id_, version = rule.id or free, max(rule.version, 1)
        made.append({"id": id_, "name": rule.name, "position": rule.order or place, "version": version})
        document = kept_rules.did_text(document_of(rule))
        versions.append(
            {"rule_id": id_, "version": version, "document": document, "made_at": now_us, "made_by": ""}
        )
    return {"rule": made, "rule_version": versions}


def _windows(session: Session) -> list[Row]:
    """The windows as they were in force, none of them closed yet."""
    found = []
    for row in rows.all_rows(session, "maintenance"):
        ended_us = min(row["ends_at"], row["cancelled_at"] or row["ends_at"])
        if ended_us > row["starts_at"]:
            found.append(row | {"ends_at": ended_us, "cancelled_at": None, "closed_at": None})
    return found


def _alerts(session: Session, signals: Sequence[KeptSignal], there: set[int], first_us: int) -> list[Row]:
    """What counted on the escalations that were there: by what is kept, or else by what was joined first."""
    found: dict[tuple[int, str], Row] = {}
    for row in rows.rows_by(session, "alert", "escalation_id", sorted(there)):
        if row["first_at"] < first_us:
            last_us = min(row["last_at"], first_us - 1)
            is_over = row["resolved_at"] is not None and row["resolved_at"] < first_us
            over_us = row["resolved_at"] if is_over else None
            found[row["source_id"], row["dedup_key"]] = row | {"last_at": last_us, "resolved_at": over_us}
    seen: set[tuple[int, str]] = set()
    for one in sorted(signals, key=lambda signal: signal.id):
        key = (one.source_id, one.signal.dedup_key or "")
        if key not in seen | found.keys() and one.escalation_id in there and one.cause in _OLD:
            found[key] = _alert(one, first_us - 1)
        seen.add(key)
    return [{name: value for name, value in row.items() if name != "id"} for row in found.values()]


def _alert(one: KeptSignal, at_us: int) -> Row:
    return {
        "source_id": one.source_id,
        "dedup_key": one.signal.dedup_key or "",
        "escalation_id": one.escalation_id,
        "fingerprint": one.fingerprint,
        "count": 1,
        "first_at": at_us,
        "last_at": at_us,
        "told_at": at_us,
        "resolved_at": None,
    }


def _past(
    session: Session, rules: Iterable[Rule], tables: dict[str, list[Row]], first_us: int
) -> dict[str, list[Row]]:
    """The triggers that came before, as far back as the brakes and what rules ask for count them."""
    asked = {field for rule in rules for field in _fields(rule.conditions)}
    back_us = max((row["storm_window_s"] for row in tables["source"]), default=0) * US_PER_SECOND
    back_us = max(back_us, _BASELINE_US if any(name.startswith("rate.") for name in asked) else 0)
    back_us = max(back_us, _REPEATED_US if any(name.startswith("repeat.") for name in asked) else 0)
    there = {row["id"] for row in tables["escalation"]}
    found = [
        row
        | {"fields": "{}", "rule_id": None, "rule_version": None, "window_id": None}
        | {"escalation_id": row["escalation_id"] if row["escalation_id"] in there else None}
        for row in rows.triggers_between(session, first_us - back_us, first_us, _MOST_PAST)
    ]
    sha256 = hashlib.sha256(_NOTHING).hexdigest()
    senders = {row["message_id"]: row for row in found}
    came = [
        {
            "id": id_,
            "source_id": row["source_id"],
            "sha256": sha256,
            "received_at": row["received_at"],
            "read_at": row["received_at"],
        }
        for id_, row in senders.items()
    ]
    content = [{"sha256": sha256, "size": 0, "data": _NOTHING}] if came else []
    return {"content": content, "message": came, "signal": found}


def _fields(conditions: Conditions) -> Iterator[str]:
    for part in conditions.parts:
        if isinstance(part, Conditions):
            yield from _fields(part)
        else:
            yield part.field
