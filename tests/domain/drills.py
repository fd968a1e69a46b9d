"""A drill of the size of a real one, in memory, and the run that its scoring rules print."""

from pathlib import Path
from typing import Any

from desktop.domain.drill_scenario import Scenario
from desktop.services.drill_file import read_text

FILE = Path(__file__).parent / "charged_twice.drill.yaml"


def charged_twice() -> Scenario:
    """The drill whose worked run is known to the point."""
    reading = read_text(FILE.read_text(encoding="utf-8"))
    assert reading.scenario is not None
    assert not reading.faults
    return reading.scenario


def line(minute: float, kind: str, **body: Any) -> dict[str, Any]:
    return {"sim_s": int(minute * 60), "kind": kind, **body}


def fired(minute: float, inject: str) -> dict[str, Any]:
    return line(minute, "inject.fired", inject=inject)


def observed(minute: float, expectation: str, **said: Any) -> dict[str, Any]:
    return line(minute, "expectation.observed", expectation=expectation, **said)


def worked_run() -> list[dict[str, Any]]:
    """What happened in the run that comes to 723."""
    return [
        fired(0, "I01"),
        line(4, "escalation.acknowledged"),
        fired(6, "I02"),
        fired(10, "I03"),
        line(13, "escalation.classified"),
        observed(13, "E02", ok=["tier", "area"]),
        fired(14, "I04"),
        line(17, "oncall.paged"),
        fired(22, "I06"),
        line(23, "escalation.linked"),
        line(25, "decision.recorded", decision="D1", option="stop", approver="Lead", rationale="runs dry"),
        observed(25, "E06", ok=["approver", "rationale"]),
        fired(25, "I05A"),
        fired(30, "I07"),
        line(33, "escalation.contained"),
        line(36, "update.sent", stage="initial"),
        observed(36, "E08", ok=["impact", "next", "owner"]),
        observed(37, "E09", rating="S"),
        fired(45, "I09"),
        line(46, "hint.shown", expectation="E11"),
        line(56, "handoff.accepted"),
        observed(56, "E11", ok=["five", "dec"]),
        fired(58, "I08"),
        fired(59, "I10"),
        fired(62, "I11"),
        line(63, "update.sent", stage="periodic"),
        observed(65, "N01", violated=True),
        line(66, "decision.recorded", decision="D2", option="staged"),
        fired(72, "I12"),
        line(80, "debrief.scheduled"),
        line(90, "run.ended"),
    ]
