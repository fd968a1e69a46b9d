"""Whole desks that write without a pause until they are killed, and say what was confirmed; see test_kill.

    python -m tests.faults.busy_desk DATABASE

starts one for every line it reads, as a process of its own. A desk says one line for each thing that was
kept for good: a word, and the number of the event or of the row. The process number comes first.
"""

import os
import random
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.domain.clock import ManualClock
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Person, Role
from desktop.services.desk import Desk

EVERYBODY = frozenset(Role) - {Role.OWNER}
BY = Actor("Ada Quist", None, EVERYBODY)
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def furnished(path: Path) -> Desk:
    """A desk with somebody at it and one customer, made where there is none yet."""
    desk = Desk.open(path, path.parent / "backups", ManualClock(START))
    if not desk.customer.all():
        ada = desk.person.create(Person(0, "Ada Quist", "AQ", roles=EVERYBODY), BY)
        desk.person.set_operator(ada.id)
        desk.customer.create("Northwind", BY, tier="enterprise", revenue=2_000_000)
    return desk


def work(path: Path, seed: int) -> None:
    """Open, acknowledge, move, sweep and tell, for ever, time passing with each."""
    chance = random.Random(seed)
    clock = ManualClock(START + timedelta(hours=2 * seed))
    desk = Desk.open(path, path.parent / "backups", clock)
    say("open", 0)
    while True:
        clock.forward(minutes=chance.randrange(1, 40))
        _open(desk, chance)
        _answer(desk, chance)
        say("swept", desk.alarm.sweep().raised)
        for item in desk.outbox.claim(("desktop", "window")):
            say("claimed", item.id)
            desk.outbox.delivered(item.id, "desktop")
            say("delivered", item.id)


def _open(desk: Desk, chance: random.Random) -> None:
    intake = Intake(
        customer_id=1,
        title="Orders stop at payment",
        description="Every order above 500 stops. " * 20,
        severity=chance.randrange(1, 5),
        business_impact=chance.randrange(6),
        reputational_risk=chance.randrange(6),
    )
    say("opened", desk.escalations.escalation.open(intake, BY).seq)


def _answer(desk: Desk, chance: random.Random) -> None:
    rows = [row for row in desk.board.rows() if row.state in OPEN_STATES]
    row = chance.choice(rows)
    if row.unacknowledged:
        say("acknowledged", desk.escalations.transition.acknowledge(row.id, BY).seq)
    else:
        say("resolved", desk.escalations.transition.move(row.id, State.RESOLVED, BY, reason="fixed").seq)


def say(word: str, number: int) -> None:
    """One line, out of the process at once."""
    os.write(1, f"{word} {number}\n".encode())


def serve(path: Path) -> None:
    """Start a desk for each line read; wait until somebody has killed it."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for seed, _ in enumerate(sys.stdin, 1):
        child = os.fork()
        if not child:
            say("process", os.getpid())
            work(path, seed)
        os.waitpid(child, 0)
        say("ended", child)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
