"""A desk that sweeps minute by minute until it is killed, and says what it showed; see test_alarm_crash."""

import sys
from datetime import timedelta
from pathlib import Path

from db.engine import open_store
from desktop.domain.clock import ManualClock
from tests.factories import MONDAY
from tests.services.alarm_desk import AlarmDesk


def main(path: Path, first: int, last: int, name: str) -> None:
    clock = ManualClock(MONDAY + timedelta(minutes=first))
    desk = AlarmDesk(open_store(path), clock, name)
    for minute in range(first, last + 1):
        clock.set(MONDAY + timedelta(minutes=minute))
        desk.alarm.sweep()
        for item in desk.outbox.claim(("desktop", "window"), limit=100):
            say(f"shown {item.id}")
            desk.outbox.delivered(item.id)
        say(f"minute {minute}")
    desk.store.close()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
