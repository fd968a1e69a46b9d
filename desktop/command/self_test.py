"""`--self-test`: does this program work here? It tries itself on a throw-away desk."""

import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from desktop.command.outcome import Outcome, counted
from desktop.domain.clock import Clock, ManualClock
from desktop.domain.errors import DeskError
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Role
from desktop.services.audit import AuditService
from desktop.services.backup import BackupService
from desktop.services.desk import Desk
from desktop.services.policy_holidays import lay_out_holidays

_TESTER = Actor("Self-test", None, frozenset(Role))
_LATE = timedelta(days=30)


def run(clock: Clock) -> Outcome:
    """Make a desk, open an escalation, let its promises break, look for alarms, verify and back it up.

    Raises: DeskError when a step does not do what it should, or a part of the program is missing.
    """
    began_s = clock.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="escalation-desk-self-test-") as folder:
            data = _try(Path(folder), clock)
    except (ImportError, OSError) as error:
        raise DeskError(
            f"The self-test failed: {error}.",
            hint="Install the program again, and see that its disk has room.",
        ) from error
    took_s = clock.monotonic() - began_s
    done = (
        f"a desk made, {counted(data['alarms'], 'alarm')} raised, {counted(data['events'], 'event')} verified"
    )
    return Outcome(
        (f"The self-test passed: {done} in {took_s:.1f} s.",), data | {"seconds": round(took_s, 2)}
    )


def _try(folder: Path, clock: Clock) -> dict[str, int]:
    database, backups = folder / "desk.sqlite3", folder / "backups"
    moved = ManualClock(clock.now())
    with closing(Desk.open(database, backups, moved)) as desk:
        customer = desk.customer.create("Self-test", _TESTER, tier="enterprise")
        intake = Intake(
            customer.id, "Does the desk work?", severity=1, business_impact=5, reputational_risk=5
        )
        desk.escalations.escalation.open(intake, _TESTER)
        lay_out_holidays({"calendars": {"work": {"holidays_of": "DE-BY"}}}, moved.now())
        moved.forward(_LATE)
        swept = desk.alarm.sweep()
        _expect(swept.raised > 0, "no alarm was raised for a promise broken long ago")
        report = AuditService(store=desk.store).verify()
        _expect(report.ok, report.sentence)
    BackupService(database=database, folder=backups, clock=moved).make("hand")
    return {"alarms": swept.raised, "events": report.events}


def _expect(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise DeskError(f"The self-test failed: {otherwise}.", hint="Install the program again.")
