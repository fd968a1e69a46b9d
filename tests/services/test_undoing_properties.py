"""Two hundred random commands on one desk, all of them taken back: everything stands as before."""

import random
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.instant import to_us
from desktop.domain.intake import NewEvidence
from tests.fixtures_desk import CommandDesk, open_desk

ACTIONS = 200
# What time and the timeline itself change, undo or not.
_PASSING = {"revision", "last_event_at", "forget_at", "breached_at"}


def snapshot(desk: CommandDesk, ids: list[int]) -> dict[str, list[dict[str, Any]]]:
    """All that stands of these escalations, settled as of now, without what was called off or undone."""
    with desk.store.begin() as session:
        for id_ in ids:
            desk.commands.clocks.settle(session, id_, to_us(desk.clock.now()))
    questions = {
        "escalation": "SELECT * FROM escalation WHERE id <= :last",
        "commitment": "SELECT * FROM commitment WHERE escalation_id <= :last"
        " AND outcome IS NOT 'cancelled' ORDER BY id",
        "pause": "SELECT p.* FROM pause p JOIN commitment c ON c.id = p.commitment_id"
        " WHERE c.escalation_id <= :last AND p.ended_at IS NOT p.started_at ORDER BY p.id",
        "snooze": "SELECT * FROM snooze WHERE ended_at IS NULL ORDER BY id",
        "evidence": "SELECT * FROM evidence WHERE removed_at IS NULL ORDER BY id",
        "search": "SELECT rowid, * FROM escalation_search WHERE rowid <= :last ORDER BY rowid",
    }
    found: dict[str, list[dict[str, Any]]] = {}
    with desk.store.read() as session:
        for name, question in questions.items():
            cursor = session.sql(question, {"last": max(ids)})
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            found[name] = [{key: row[key] for key in names if key not in _PASSING} for row in rows]
    return found


def a_copy(path: Path) -> Path:
    """The database as it stands now, its write-ahead log included."""
    copy = path.with_name("untouched.sqlite3")
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    return copy


class Chaos:
    """Does something to some escalation, as somebody who may, if it is possible at all."""

    def __init__(self, desk: CommandDesk, ids: list[int], seed: int) -> None:
        self.desk = desk
        self.ids = ids
        self.random = random.Random(seed)

    def act(self) -> Done | None:
        self.desk.clock.forward(minutes=self.random.choice((0, 0, 1, 7, 40, 300)))
        deed = self.random.choice(self.deeds())
        try:
            return deed(self.random.choice(self.ids))
        except DeskError:
            return None

    def deeds(self) -> list[Callable[[int], Done]]:
        desk, pick, one = self.desk, self.random.choice, self.desk.commands
        coordinator, senior = desk.coordinator, desk.senior
        people = [desk.on_call.person_id, senior.person_id, desk.lead.person_id, None]
        soon = desk.clock.now() + timedelta(minutes=self.random.randint(1, 90))
        return [
            lambda id_: one.classification.classify(id_, coordinator, severity=pick((1, 2, 3, 4))),
            lambda id_: one.classification.classify(id_, coordinator, business_impact=pick((0, 3, 5, None))),
            lambda id_: one.classification.set_severity(id_, pick((1, 2, 3, 4)), "Seen.", coordinator),
            lambda id_: one.classification.override(id_, coordinator, "So.", priority=pick(("P1", "P4"))),
            lambda id_: one.classification.override(id_, coordinator, "So.", score=pick((10, 60, 90))),
            lambda id_: one.classification.clear_override(id_, coordinator, "No more."),
            lambda id_: one.transition.acknowledge(id_, coordinator, "For them."),
            lambda id_: one.transition.work(id_, coordinator),
            lambda id_: one.transition.contain(id_, senior),
            lambda id_: one.transition.resolve(id_, senior),
            lambda id_: one.transition.close(id_, coordinator),
            lambda id_: one.transition.reopen(id_, coordinator, "Back."),
            lambda id_: one.transition.to_standard(id_, coordinator, "A question."),
            lambda id_: one.ownership.assign(id_, pick(people), coordinator),
            lambda id_: one.ownership.own(id_, pick((coordinator, senior))),
            lambda id_: one.ownership.watch(id_, pick((coordinator, senior))),
            lambda id_: one.ownership.unwatch(id_, pick((coordinator, senior))),
            lambda id_: one.pausing.pause(id_, pick(("waiting_on_customer", "change_window")), coordinator),
            lambda id_: one.pausing.resume(id_, coordinator),
            lambda id_: one.snooze.snooze(id_, soon, "Later.", coordinator, "Other"),
            lambda id_: one.snooze.end_snooze(id_, coordinator),
            lambda id_: one.merging.merge(id_, pick(self.ids), coordinator),
            lambda id_: one.merging.split(id_, self.evidence(id_), "Another", coordinator),
            lambda id_: one.attaching.attach(id_, NewEvidence("a.txt", b"a"), coordinator),
            lambda id_: one.attaching.remove(pick(self.evidence(id_) or [0]), coordinator),
            lambda id_: one.escalation.note(id_, "Seen.", coordinator),
            lambda id_: one.escalation.edit(id_, {"title": f"Title {pick('abcdef')}"}, coordinator),
            lambda id_: one.escalation.record_update(id_, "News.", coordinator),
            lambda id_: one.escalation.customer_answered(id_, coordinator),
            lambda id_: one.escalation.set_forget_after(id_, timedelta(minutes=pick((5, 60))), coordinator),
        ]

    def evidence(self, escalation_id: int) -> list[int]:
        details = self.desk.commands.details.details(escalation_id, self.desk.coordinator)
        return [piece.id for piece in details.evidence][:1]


@pytest.mark.parametrize("seed", range(5))
def test_undoing_everything_leaves_everything_as_it_was(commands: CommandDesk, staffed_path: Path, seed: int):
    ids = [commands.open(classified=bool(n)).id for n in range(4)]
    untouched_path = a_copy(staffed_path)
    chaos = Chaos(commands, ids, seed)
    done = [act for act in (chaos.act() for _ in range(ACTIONS)) if act is not None]
    events = commands.commands.audit.verify().events
    for act in reversed(done):
        if act.undo:
            commands.commands.undoing.undo(act.seqs, commands.lead)
    untouched = open_desk(untouched_path, commands.clock.now())
    assert snapshot(commands, ids) == snapshot(untouched, ids)
    untouched.store.close()
    report = commands.commands.audit.verify()
    assert report.ok
    assert report.events > events > 60


@pytest.mark.parametrize("seed", range(5))
def test_redoing_everything_leaves_everything_as_it_was_done(commands: CommandDesk, seed: int):
    ids = [commands.open(classified=bool(n)).id for n in range(3)]
    chaos = Chaos(commands, ids, seed)
    done = [act for act in (chaos.act() for _ in range(ACTIONS // 4)) if act is not None and act.undo]
    before = snapshot(commands, ids)
    undone = [commands.commands.undoing.undo(act.seqs, commands.lead) for act in reversed(done)]
    for act in reversed(undone):
        commands.commands.undoing.undo(act.seqs, commands.lead)
    assert snapshot(commands, ids) == before
