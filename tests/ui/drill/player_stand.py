"""A drill as its players see it, without a desk or an engine: views made by hand, commands noted."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop.domain.drill_record import RunMode, Seat
from desktop.domain.drill_view import Dashboard, DecisionLine, PlayerView, Received
from desktop.ui.drill.live import LiveDrill
from desktop.ui.tasks import TaskRunner
from tests.fixtures_screens import AtOnce
from tests.ui.drill.console_stand import BothViews, MemoryDirector

START = datetime(2026, 3, 2, 16, 15, tzinfo=UTC)
SEATS = (
    Seat("triage", "Support triage", "Cora Lind"),
    Seat("lead", "Escalation lead", "Leo Marsh"),
    Seat("comms", "Customer liaison", "Mira Sol"),
)
DECISION = DecisionLine(
    id="D1",
    inject="I04",
    question="Turn it off for everybody?",
    role="lead",
    role_title="Escalation lead",
    options=(("off", "Off now"), ("wait", "Wait for finance")),
    default="wait",
    ends_ms=1_440_000,
    is_open=True,
)


def received(number: int, **changes: Any) -> Received:
    """One thing that came in the minute of its number."""
    got = Received(
        number=number,
        inject=f"I{number:02}",
        sim_ms=number * 60_000,
        story_at=START + timedelta(minutes=number),
        channel="ticket",
        source="Kiosk Marie",
        to=("Support triage",),
        roles=("triage",),
        subject=f"Charged twice, part {number}",
        body="We paid once and were charged twice.",
    )
    return replace(got, **changes)


def view(*inbox: Received, **changes: Any) -> PlayerView:
    """How a drill stands after twenty minutes with these in its inbox."""
    made = PlayerView(
        run_id=7,
        title="Charged again and again",
        summary="Cards are charged several times.",
        mode=RunMode.TABLE,
        state="RUNNING",
        sim_ms=1_205_000,
        story_at=START + timedelta(minutes=20),
        duration_ms=5_400_000,
        banner="DRILL",
        stop_phrase="No duff",
        seats=SEATS,
        acting="triage",
        inbox=inbox,
    )
    return replace(made, **changes)


def dashboard(age_s: int, **changes: Any) -> Dashboard:
    """A figure that last heard anything so long ago."""
    at = START + timedelta(minutes=20) - timedelta(seconds=age_s)
    return replace(Dashboard("checkout", "Checkout", "OK", at, age_s), **changes)


@dataclass
class HandMade:
    """Says the same view until it is given another, and notes what is commanded."""

    shown: PlayerView = field(default_factory=view)
    run_id: int = 7
    commands: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._trainer = MemoryDirector().pulse().trainer

    def tick(self) -> None:
        """No time passes here."""

    def pulse(self) -> BothViews:
        return BothViews(replace(self._trainer, state=self.shown.state), self.shown)

    def stop_for_real(self, *values: Any, **named: Any) -> None:
        self.commands.append(("stop_for_real", values, named))


def live_of(director: HandMade) -> LiveDrill:
    """The drill as screens get it; whatever is asked is answered with the next events."""
    return LiveDrill(director, TaskRunner(AtOnce()))


def beat(live: LiveDrill, director: HandMade, shown: PlayerView) -> None:
    """Let the drill stand like this, and everybody see it."""
    director.shown = shown
    live.beat()
    for _ in range(3):
        QApplication.sendPostedEvents()


def texts(rows: Sequence[Received]) -> list[str]:
    """What they are about."""
    return [row.subject for row in rows]
