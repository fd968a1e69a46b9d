"""Two desks, kills at any instant, clocks that jump: no alarm is told twice and none is lost."""

import random
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from db.engine import open_store
from db.queries import timeline
from desktop.domain.audit import verify
from desktop.domain.clock import ManualClock
from tests.factories import MONDAY
from tests.services.alarm_desk import P1, P2, P3, AlarmDesk

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 70
KILLS = 25


@pytest.fixture
def desk(store, clock):
    made = AlarmDesk(store, clock)
    for i in range(12):
        made.open(f"Customer {i % 5}", **(P1, P2, P3)[i % 3])
    return made


def a_program(path, first, name="program"):
    command = [
        sys.executable,
        "-m",
        "tests.services.alarm_program",
        str(path),
        str(first),
        str(MINUTES),
        name,
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def lines_until_killed(path, first, lines):
    """What a program said before it was killed after that many lines, or had gone through all minutes."""
    with a_program(path, first) as program:
        said = [line for _ in range(lines) if (line := program.stdout.readline())]
        program.kill()
        said += program.stdout.read().splitlines(keepends=True)
    return [line.split() for line in said if line.endswith("\n")]


def untold(desk):
    """Thresholds that had come by the last minute and that no alarm was raised for."""
    end_us = int((MONDAY + timedelta(minutes=MINUTES)).timestamp() * 1e6)
    return desk.rows(
        "SELECT c.id, t.name FROM commitment c JOIN"
        " (SELECT 'at_risk' name UNION SELECT 'breaching_soon' UNION SELECT 'breached') t"
        " WHERE CASE t.name WHEN 'at_risk' THEN c.at_risk_at WHEN 'breaching_soon' THEN c.soon_at"
        " ELSE c.due_at END <= ? AND NOT EXISTS (SELECT 1 FROM alarm a WHERE a.commitment_id = c.id"
        " AND a.threshold = t.name)",
        end_us,
    )


def is_chain_whole(desk):
    with desk.store.read() as session:
        return verify(timeline.links(session), *timeline.head(session)) is None


def raised_on_timeline(desk):
    """How often each alarm was said to be raised."""
    return Counter(
        desk.rows(
            "SELECT json_extract(body, '$.alarm'), json_extract(body, '$.step') FROM timeline"
            " WHERE kind = 'alarm.raised' AND json_extract(body, '$.alarm') IS NOT NULL"
        )
    )


def test_killed_again_and_again_it_tells_everything_once(desk, database_path):
    instants = random.Random(20261123)
    minute, shown = 0, []
    for _ in range(KILLS):
        said = lines_until_killed(database_path, minute, instants.randrange(1, 9))
        shown += [number for word, number in said if word == "shown"]
        minute = max([minute, *(int(number) for word, number in said if word == "minute")])
    while minute < MINUTES:
        said = lines_until_killed(database_path, minute, 1000)
        shown += [number for word, number in said if word == "shown"]
        minute = max(int(number) for word, number in said if word == "minute")
    assert [number for number, times in Counter(shown).items() if times > 1] == []
    assert untold(desk) == []
    assert set(raised_on_timeline(desk).values()) == {1}
    assert is_chain_whole(desk)


def test_two_desks_at_once_tell_everything_once(desk, database_path, clock):
    other = AlarmDesk(open_store(database_path), ManualClock(MONDAY), "other")

    def watch(one):
        shown = []
        for minute in range(MINUTES + 1):
            one.clock.set(MONDAY + timedelta(minutes=minute))
            one.alarm.sweep()
            shown += [item.id for item in one.deliver()]
        return shown

    with ThreadPoolExecutor(2) as both:
        shown = [number for numbers in both.map(watch, (desk, other)) for number in numbers]
    other.store.close()
    assert len(shown) == len(set(shown)) > 10
    assert untold(desk) == []
    assert set(raised_on_timeline(desk).values()) == {1}
    assert is_chain_whole(desk)


@pytest.mark.parametrize(
    "jumps", [(-30, 10, -5, 40), (120, -120, 60), (-600, 600)], ids=["to and fro", "far", "back"]
)
def test_a_jumping_clock_neither_loses_nor_repeats_an_alarm(desk, clock, jumps):
    for minutes in jumps:
        for _ in range(10):
            clock.forward(minutes=1)
            desk.sweep()
        clock.jump(minutes=minutes)
        desk.sweep()
    clock.set(MONDAY + timedelta(minutes=max(MINUTES, (clock.now() - MONDAY) // timedelta(minutes=1))))
    desk.sweep()
    assert untold(desk) == []
    assert set(raised_on_timeline(desk).values()) == {1}


def test_a_crash_between_raising_and_telling_loses_nothing(desk, clock):
    clock.forward(minutes=5)
    desk.calm()
    desk.alarm.claim_due()
    desk.sweep()
    assert "breached" in desk.told()
    assert desk.rows("SELECT 1 FROM alarm WHERE announced = -1 AND state = 'raised'") == []
